/** A relay that lost what it had is filled again by whoever comes, other people's lists included [R14] [R16]. */

import { beforeEach, expect, test } from 'vitest'
import { createRelay, type Relay, type RelayOptions } from '../../sync-server/relay.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { lineTo, noLine, Phone, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let store: MemoryStore
let zeinab: Phone
let ahmad: Phone

const relayOn = (held: MemoryStore, options: Partial<RelayOptions> = {}): Relay =>
  createRelay({ store: held, now: () => time.ms, ...options })
const lengthsIn = async (held: MemoryStore): Promise<Map<string, number>> => {
  const all = new Map<string, number>()
  for (const { room } of await held.rooms(zeinab.local.network))
    for (const { list, length } of (await held.lengths(zeinab.local.network, room)).lists)
      all.set(`${room} ${list}`, length)
  return all
}

beforeEach(async () => {
  time = { ms: testStartMs }
  store = openMemoryStore()
  const relay = relayOn(store)
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
  ahmad = await Phone.start('أحمد', time, lineTo(relay))
  await ahmad.join(await zeinab.invite())
  for (let i = 0; i < 6; i++) await ahmad.addNeed(`حاجة ${i}`)
  await zeinab.addNeed('بطانية')
  for (const phone of [ahmad, zeinab, ahmad]) await phone.exchange()
})

test('[R14] one phone brings everything back, also what others wrote, months after the invites', async () => {
  const before = await lengthsIn(store)
  const empty = openMemoryStore()
  time.ms += 20 * 24 * 3600 * 1000
  ahmad.line = noLine
  zeinab.line = lineTo(relayOn(empty))
  await zeinab.exchange()
  expect(await lengthsIn(empty)).toEqual(before)
  expect(await zeinab.exchange()).toMatchObject({ roundTrips: 1 })
})

test('[R14] a joiner alone brings everything back too', async () => {
  const before = await lengthsIn(store)
  const empty = openMemoryStore()
  time.ms += 20 * 24 * 3600 * 1000
  ahmad.line = lineTo(relayOn(empty))
  await ahmad.exchange()
  expect(await lengthsIn(empty)).toEqual(before)
})

test('[R16] an older copy gets what it lacks', async () => {
  const copy = store.copy()
  for (const phone of [ahmad, zeinab]) {
    await phone.addNeed('حليب')
    await phone.exchange()
  }
  await zeinab.exchange()
  const before = await lengthsIn(store)
  ahmad.line = noLine
  zeinab.line = lineTo(relayOn(copy))
  await zeinab.exchange()
  expect(await lengthsIn(copy)).toEqual(before)
})

test('[R4] what a relay takes slowly is not taken for settled', async () => {
  const before = await lengthsIn(store)
  const empty = openMemoryStore()
  const slow = relayOn(empty, { verifyBurst: 9, verifiesPerSecond: 1 })
  zeinab.line = lineTo(slow)
  for (let i = 0; i < 12; i++) {
    await zeinab.exchange()
    time.ms += 10_000
  }
  expect(await lengthsIn(empty)).toEqual(before)
})
