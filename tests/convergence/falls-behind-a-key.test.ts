/** A key is on the disk, and the battery is out before what waited for it was opened: the next start opens it. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { fillDisk } from '../support/disk-image.ts'
import { Neighbourhood, titlesOn } from '../support/neighbourhood.ts'
import type { Phone } from '../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ahmad: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
})
afterEach(() => all.end())

/** An exchange of which nothing reaches the disk any more once a key stands in `store`. */
const fallBehindKeyIn = async (store: 'keys' | 'contentKeys', phone: Phone): Promise<void> => {
  const before = await phone.local.database.table(store).count()
  let isHere = false
  const end = fillDisk((name) => {
    isHere ||= name === store
    return isHere && name !== store
  })
  await phone.exchange()
  end()
  await phone.kill()
  expect(await phone.local.database.table(store).count()).toBeGreaterThan(before)
}

test('the needs of a network that a follower may read from now on', async () => {
  ahmad = await all.joiner('أحمد', zeinab, 'follower')
  await zeinab.addNeed('إنسولين')
  await all.settle(zeinab, ahmad)
  expect(await titlesOn(ahmad)).toEqual([])
  await zeinab.run({ type: 'member.role', memberId: ahmad.place.deviceId, role: 'member' })
  await zeinab.exchange()
  await fallBehindKeyIn('keys', ahmad)
  await ahmad.exchange()
  expect(await titlesOn(ahmad)).toEqual(['إنسولين'])
  expect(await ahmad.local.database.waiting.count()).toBe(0)
})

test('an address that was given to this phone alone', async () => {
  ahmad = await all.joiner('أحمد', zeinab)
  const contact = { name: 'زينب', address: 'خلف الجامع', phone: '', reach: 'approved' }
  const needId = await zeinab.addNeed('دواء', { contact })
  await all.settle(zeinab, ahmad)
  expect(await ahmad.rows('contacts')).toEqual([])
  const { recordId: claimId } = await ahmad.run({ type: 'claim.take', needId })
  await all.settle(ahmad, zeinab)
  await zeinab.run({ type: 'contact.give', claimId: claimId ?? '' })
  await zeinab.exchange()
  await fallBehindKeyIn('contentKeys', ahmad)
  await ahmad.exchange()
  expect(await ahmad.rows('contacts')).toMatchObject([{ address: 'خلف الجامع' }])
  expect(await ahmad.local.database.waiting.count()).toBe(0)
})

test('an address for others is never counted as something that this phone cannot read', async () => {
  ahmad = await all.joiner('أحمد', zeinab)
  await zeinab.addNeed('دواء', { contact: { name: 'زينب', address: 'خلف', phone: '', reach: 'approved' } })
  await all.settle(zeinab)
  let writes = 0
  const end = fillDisk((name) => name === 'waiting' && ++writes > 1)
  await ahmad.exchange()
  end()
  await ahmad.kill()
  await ahmad.exchange()
  expect(await ahmad.local.database.waiting.count()).toBe(1)
  expect(ahmad.engine.status.waiting).toBe(0)
})
