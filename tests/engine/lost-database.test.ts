/** The browser has lost its database, or the end of it: what stands beside it and at the relay brings back all. */

import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Command } from '../../src/engine/api.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { copyDatabases, dropDatabases } from '../support/disk-image.ts'
import { MemorySpare } from '../support/memory-spare.ts'
import { lineTo, noLine, Phone, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let relay: Relay
let zeinab: Phone
let ahmad: Phone
let copies = 0

const start = async (name: string): Promise<Phone> => {
  const phone = new Phone(name, time)
  phone.spare = new MemorySpare()
  phone.line = lineTo(relay)
  await phone.restart()
  return phone
}
const titles = async (phone: Phone) => (await phone.rows('needs')).map(({ title }) => title).sort()
const isKept = (phone: Phone) =>
  vi.waitFor(() => expect(phone.spare?.places.get(phone.local.network)?.keys).not.toHaveLength(0))

beforeEach(async () => {
  time = { ms: testStartMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab = await start('زينب')
  await zeinab.found()
  ahmad = await start('أحمد')
  await ahmad.join(await zeinab.invite())
  await zeinab.addNeed('خبز')
  for (const phone of [zeinab, ahmad]) await phone.exchange()
})

const phone = '0770 000 0001'
const needWithPhone = (title: string): Command =>
  ({
    type: 'need.add',
    category: 'food',
    title,
    contact: { phone, address: 'الزقاق ٧', reach: 'approved' },
  }) as Command

describe('a database that is gone', () => {
  test.each(['founder', 'member'])(
    'comes back for a %s: keys, what was saved only here, and the rest',
    async (who) => {
      const [phone, other] = who === 'founder' ? [zeinab, ahmad] : [ahmad, zeinab]
      await phone.run(needWithPhone('دواء'))
      await phone.exchange()
      phone.line = noLine
      await phone.addNeed('ماء')
      await isKept(phone)
      await vi.waitFor(() =>
        expect(phone.spare?.places.get(phone.local.network)?.contentKeys).not.toHaveLength(0),
      )
      const { place } = phone
      await phone.kill((prefix) => dropDatabases(prefix))
      expect(phone.engine.status.regained).toBe(true)
      expect(phone.place).toEqual(place)
      await phone.addNeed('بعد الضياع')
      phone.line = lineTo(relay)
      for (const each of [phone, other, phone]) await each.exchange()
      expect(await titles(phone)).toEqual(['خبز', 'دواء', 'ماء', 'بعد الضياع'].sort())
      expect(await titles(other)).toEqual(await titles(phone))
      expect(await phone.rows('contacts')).toMatchObject([{ address: 'الزقاق ٧' }])
      expect(await phone.unsent()).toBe(0)
      await phone.restart()
      expect(phone.engine.status.regained).toBe(false)
    },
  )

  test('of the network alone, while the list of networks stands, comes back as well', async () => {
    await isKept(zeinab)
    await zeinab.kill((prefix) => dropDatabases(`${prefix}tadamun-`))
    expect(zeinab.engine.status.regained).toBe(true)
    await zeinab.exchange()
    expect(await titles(zeinab)).toEqual(['خبز'])
  })

  test('and was of an ask that came to nothing stays gone', async () => {
    const link = await zeinab.invite(1)
    const salma = await start('سلمى')
    const late = await start('هيوا')
    await late.join(link)
    await salma.engine.run({ type: 'network.join', link, nickname: 'سلمى', language: 'ar' })
    expect(salma.spare?.places.size).toBe(0)
  })
})

describe('a database that was set back under a mirror that was not', () => {
  test.each([true, false])(
    'forgets nothing that was saved since, delivered %s, and makes no fork',
    async (isDelivered) => {
      copies++
      const copy = `behind${copies}-`
      copyDatabases(ahmad.prefix, copy)
      if (!isDelivered) ahmad.line = noLine
      await ahmad.addNeed('ماء')
      await ahmad.addNeed('دواء')
      await ahmad.exchange()
      await ahmad.kill((prefix) => {
        dropDatabases(prefix)
        copyDatabases(copy, prefix)
      })
      expect(ahmad.engine.status.regained).toBe(false)
      expect(await titles(ahmad)).toEqual(['خبز', 'ماء', 'دواء'].sort())
      await ahmad.addNeed('بعد الرجوع')
      ahmad.line = lineTo(relay)
      for (const phone of [ahmad, zeinab, ahmad]) await phone.exchange()
      expect(await titles(zeinab)).toEqual(['خبز', 'ماء', 'دواء', 'بعد الرجوع'].sort())
      expect(await titles(ahmad)).toEqual(await titles(zeinab))
      expect(await zeinab.local.database.meta.toArray()).not.toContainEqual(
        expect.objectContaining({ key: expect.stringMatching(/fork/) }),
      )
    },
  )
})
