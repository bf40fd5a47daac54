/** Who came in by a link that a removal elsewhere had closed: nobody saw the other, and nobody is lost. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { Neighbourhood, namesOn, removeOn, requestsOn, titlesOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ronahi: Phone
let ahmad: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
  await all.joiner('Soran', zeinab)
  await all.settle(zeinab, ronahi)
  const link = await zeinab.invite()
  zeinab.line = noLine
  await removeOn(zeinab, 'Soran')
  ahmad = await all.phone('أحمد')
  await ahmad.join(link)
  await ahmad.addNeed('حليب أطفال')
  await all.settle(ahmad, ronahi)
  expect(await titlesOn(ronahi)).toEqual(['حليب أطفال'])
  zeinab.line = all.line
  await all.settle(zeinab, ronahi)
})
afterEach(() => all.end())

test('coordinators are asked to let him in again, by the name that he has', async () => {
  expect(await namesOn(zeinab)).not.toContain('أحمد')
  for (const phone of [zeinab, ronahi])
    expect(await requestsOn(phone)).toMatchObject([{ name: 'أحمد', reason: 'cancelled' }])
})

test('let in again he is who he was, and what he wrote is there again on every phone', async () => {
  await zeinab.run({ type: 'member.admit', deviceId: ahmad.place.deviceId, role: 'member' })
  await ahmad.addNeed('كُتب وهو خارجها')
  await all.settle(zeinab, ronahi, ahmad, zeinab, ronahi)
  for (const phone of [zeinab, ronahi, ahmad]) {
    expect(await titlesOn(phone)).toEqual(['حليب أطفال', 'كُتب وهو خارجها'].sort())
    expect(await requestsOn(phone)).toEqual([])
  }
  expect(await ahmad.unsent()).toBe(0)
})

test('until then each entry of his waits once, however often they meet', async () => {
  for (let i = 0; i < 3; i++) {
    await ronahi.addNeed(`من Ronahî ${i}`)
    await all.settle(ronahi, zeinab)
  }
  const rows = await zeinab.local.database.inbox.toArray()
  expect(rows.length).toBeGreaterThan(0)
  const waiting = rows.map(({ room, update }) => `${room} ${toBase64url(update)}`)
  expect(waiting).toEqual([...new Set(waiting)])
})
