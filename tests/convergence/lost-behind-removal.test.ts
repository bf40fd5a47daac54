/** What came by packet from somebody who is out, and was lost from the log since: nobody brings it again, and it counts nowhere. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loseRows, roomDatabases } from '../support/disk-image.ts'
import { removeOn, titlesOn } from '../support/neighbourhood.ts'
import type { Phone } from '../support/phone.ts'
import { Chance } from './chance.ts'
import { insistKept } from './invariants.ts'
import { untilQuiet } from './quiet.ts'
import { join } from './schedule.ts'
import { truthOf } from './truth.ts'
import { Village } from './village.ts'

const month = '2026-11'

let village: Village
let zeinab: Phone
let ahmad: Phone
let soran: Phone

const handOver = async (from: Phone, to: Phone): Promise<void> => {
  const { packet } = await from.run({ type: 'packet.make', whole: true })
  if (packet) await to.run({ type: 'packet.take', packet })
}

const loseEnd = (phone: Phone): Promise<void> =>
  phone.kill((prefix) => {
    for (const name of roomDatabases(prefix)) if (name.endsWith(month)) loseRows(name, 1)
  })

/** Entries of one phone's month: how many of them the log of another one holds, and of how many operations. */
const heldOn = async (phone: Phone, author: Phone): Promise<{ length: number; operations: number }> => {
  const { lists, operations } = phone.local.database
  const isTheirs = ({ list }: { list: string }) => list.startsWith(author.place.deviceId)
  const [row] = await lists.where({ room: month }).filter(isTheirs).toArray()
  return { length: row?.length ?? 0, operations: await operations.filter(isTheirs).count() }
}

beforeEach(async () => {
  village = new Village(new Chance(1), null)
  village.usesBothRelays = false
  const founder = await village.addPhone(village.relays[0])
  await founder.phone.found()
  for (let i = 0; i < 2; i++) await join(village, founder)
  const [first, second, third] = village.residents.map(({ phone }) => phone)
  zeinab = first as Phone
  // looked at before him whose outbox is not empty yet
  soran = second as Phone
  ahmad = third as Phone
  await untilQuiet(village)
  await ahmad.addNeed('في الوقت')
  await untilQuiet(village)
  await ahmad.addNeed('بالحزمة فقط')
  await handOver(ahmad, soran)
})
afterEach(() => village.end())

describe('[R35] what came by packet and was lost from the log', () => {
  test('of somebody who was removed before any relay had it: all promises are kept without it', async () => {
    await removeOn(zeinab, ahmad.name)
    await zeinab.exchange()
    await soran.exchange()
    await loseEnd(soran)
    await untilQuiet(village)
    expect(await heldOn(soran, ahmad)).toEqual({ length: 1, operations: 2 })
    expect(await titlesOn(soran)).toEqual(['في الوقت'])
    await insistKept(village, await truthOf(village))
  })

  test('of a neighbour: it counts behind a hole until he brings it again', async () => {
    await loseEnd(soran)
    await soran.exchange()
    expect(await heldOn(soran, ahmad)).toEqual({ length: 1, operations: 2 })
    await expect(insistKept(village, await truthOf(village))).rejects.toThrow('a hole before it counts')
    await untilQuiet(village)
    expect(await heldOn(soran, ahmad)).toEqual({ length: 2, operations: 2 })
    await insistKept(village, await truthOf(village))
  })
})
