/** Live work between whole phones and the real relay: what one writes is read by the other without an exchange. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LiveEnd } from '../../src/sync/live/live-rooms.ts'
import { monthRoom } from '../../sync-server/protocol/ids.ts'
import {
  encodeReceipt,
  encodeStep1,
  liveCloseCodes,
  parseLiveMessage,
} from '../../sync-server/protocol/live.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { lineTo, noLine, Phone, testOrigin, testStartMs } from '../support/phone.ts'
import { type RelaySocket, type SocketRoad, straightRoad } from '../support/relay-socket.ts'

let time: { ms: number }
let store: MemoryStore
let relay: Relay
let zeinab: Phone
let ahmad: Phone
let others: Phone[]

/** Turns of the event loop in which a message reaches the other phone's rows; more is a fault. */
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let turns = 0; turns < 20_000; turns++) {
    if (await isSo()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  throw new Error('it never came to be so')
}

const titlesOf = async (phone: Phone): Promise<unknown[]> =>
  (await phone.rows('needs')).map(({ title }) => title)
const sees = (phone: Phone, title: string) => until(async () => (await titlesOf(phone)).includes(title))

/** A road with sockets that the test holds. */
const heldRoad = (changes: Partial<SocketRoad> = {}) => {
  const sockets: RelaySocket[] = []
  const road: SocketRoad = Object.defineProperties(
    straightRoad(() => relay, testOrigin),
    {
      ...Object.getOwnPropertyDescriptors(changes),
      onSocket: { value: (socket: RelaySocket) => sockets.push(socket) },
    },
  )
  return { road, sockets }
}

beforeEach(async () => {
  time = { ms: testStartMs }
  others = []
  store = openMemoryStore()
  relay = createRelay({ store, now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
  ahmad = await Phone.start('أحمد', time, lineTo(relay))
  await ahmad.join(await zeinab.invite())
  await zeinab.exchange()
})

afterEach(async () => {
  for (const phone of [zeinab, ahmad, ...others]) await phone.end()
})

describe('two phones that are live', () => {
  test('read what the other writes without an exchange, and know that it is safe outside', async () => {
    expect(await zeinab.goLive()).toBe(true)
    expect(await ahmad.goLive()).toBe(true)
    await until(async () => ahmad.engine.status.live)
    await zeinab.addNeed('إنسولين')
    await sees(ahmad, 'إنسولين')
    await ahmad.addNeed('بطانيات')
    await sees(zeinab, 'بطانيات')
    for (const phone of [zeinab, ahmad]) await until(async () => (await phone.unsent()) === 0)
    for (const phone of [zeinab, ahmad])
      expect(await phone.exchange()).toMatchObject({ roundTrips: 1, delivered: 0 })
    expect(await zeinab.rows('needs')).toEqual(await ahmad.rows('needs'))
  })

  test('[R20] the cursor moves by receipts: the exchange after live work brings nothing twice', async () => {
    await zeinab.goLive()
    await ahmad.goLive()
    await zeinab.addNeed('دواء الضغط')
    await sees(ahmad, 'دواء الضغط')
    await until(async () => (await ahmad.local.database.inbox.count()) === 0)
    const room = monthRoom(time.ms)
    const { entries } = await store.readSince(ahmad.local.network, room, 0, 1e6)
    const end = entries.at(-1)?.seq ?? 0
    await until(async () => (await ahmad.local.database.cursors.get([testOrigin, room]))?.cursor === end)
    expect((await ahmad.exchange())?.bytesReceived).toBeLessThan(100)
  })

  test('hear of what came to the relay by an exchange', async () => {
    await ahmad.goLive()
    await zeinab.addNeed('كرسي متحرك')
    await zeinab.exchange()
    await sees(ahmad, 'كرسي متحرك')
  })

  test('what others wrote is not sent back', async () => {
    const sent: string[] = []
    const { road } = heldRoad({
      up(message) {
        const parsed = parseLiveMessage(message)
        sent.push(parsed.ok ? parsed.value.type : 'nonsense')
        return 1
      },
    })
    ahmad.line = { ...lineTo(relay), road }
    await zeinab.goLive()
    await ahmad.goLive()
    const before = sent.filter((type) => type !== 'step1' && type !== 'passed').length
    await zeinab.addNeed('حليب أطفال')
    await sees(ahmad, 'حليب أطفال')
    await until(async () => (await zeinab.unsent()) === 0)
    expect(before).toBe(0)
    expect(sent.filter((type) => type === 'update' || type === 'step2')).toEqual([])
  })

  test('somebody who joins meanwhile is met: the roster is live, and asks for an exchange', async () => {
    const link = await zeinab.invite()
    await zeinab.goLive()
    zeinab.isDue = false
    const soran = await Phone.start('Soran', time, lineTo(relay))
    others.push(soran)
    await soran.join(link)
    await until(async () => (await zeinab.rows('members')).some(({ name }) => name === 'Soran'))
    await until(async () => zeinab.isDue)
  })
})

describe('live work that breaks', () => {
  test('what was written on both sides meanwhile arrives when it is up again', async () => {
    const { road, sockets } = heldRoad()
    ahmad.line = { ...lineTo(relay), road }
    await zeinab.goLive()
    const ends: LiveEnd[] = []
    await ahmad.goLive((end) => ends.push(end))
    sockets[1]?.break()
    expect(ends).toEqual([{ code: 1006, reason: '' }])
    expect(sockets.every(({ readyState }) => readyState === 3)).toBe(true)
    await until(async () => !ahmad.engine.status.live)
    await zeinab.addNeed('إسعاف')
    await ahmad.addNeed('ماء')
    expect(await ahmad.goLive()).toBe(true)
    await sees(ahmad, 'إسعاف')
    await sees(zeinab, 'ماء')
    await until(async () => (await ahmad.unsent()) === 0)
  })

  test('[R23] a relay that stops sends away, and is found again', async () => {
    const ends: LiveEnd[] = []
    await ahmad.goLive((end) => ends.push(end))
    relay.live.close()
    await until(async () => ends.length > 0)
    expect(ends).toMatchObject([{ code: liveCloseCodes.restart }])
    relay = createRelay({ store, now: () => time.ms })
    ahmad.line = lineTo(relay)
    expect(await ahmad.goLive()).toBe(true)
  })

  test('with a network that is put away nothing of it goes on', async () => {
    await ahmad.goLive()
    expect(relay.live.sessions).toBe(3)
    await ahmad.engine.close()
    expect(relay.live.sessions).toBe(0)
    await ahmad.restart()
  })

  test('nobody answers: it does not come up', async () => {
    ahmad.line = noLine
    const ends: LiveEnd[] = []
    expect(await ahmad.goLive((end) => ends.push(end))).toBe(false)
    expect(ends).toMatchObject([{ code: 1006 }])
  })

  test('who is not in yet is not live', async () => {
    const soran = await Phone.start('Soran', time, noLine)
    others.push(soran)
    await soran.join(await zeinab.invite())
    soran.line = lineTo(relay)
    expect(await soran.goLive()).toBe(false)
    expect(relay.live.sessions).toBe(0)
  })

  test('[R20] a phone that falls at any write has in its inbox or its rows what its cursor says was read', async () => {
    const room = monthRoom(time.ms)
    await zeinab.goLive()
    let fallsInBetween = 0
    for (let writes = 2; writes < 40; writes += 3) {
      // two at once: what is said of the first arrives together with the second
      const titles = [`سلة ${writes}`, `ماء ${writes}`]
      await ahmad.goLive()
      await ahmad.killDuring(async () => {
        await Promise.all(titles.map((title) => zeinab.addNeed(title)))
        for (const title of titles) await sees(ahmad, title)
      }, writes)
      const { database, network } = ahmad.local
      const cursor = (await database.cursors.get([testOrigin, room]))?.cursor ?? 0
      const { entries } = await store.readSince(network, room, 0, 1e6)
      if (entries.some(({ seq }) => seq > cursor)) fallsInBetween++
      // the start has taken the inbox
      for (const { list, index } of entries.filter(({ seq }) => seq <= cursor))
        expect((await database.lists.get([room, list]))?.length ?? 0).toBeGreaterThan(index)
      await ahmad.exchange()
      for (const title of titles) expect(await titlesOf(ahmad)).toContain(title)
    }
    expect(fallsInBetween).toBeGreaterThan(0)
  })
})

describe('a relay that means harm', () => {
  const nonsense = {
    'an empty message': new Uint8Array(),
    'a number without its end': new Uint8Array([0x80]),
    'an unknown sync message': new Uint8Array([0, 7, 0]),
    'an update that deletes': new Uint8Array([0, 2, 6, 0, 1, 1, 1, 0, 1]),
    'a receipt that ends too soon': new Uint8Array([120, 1, 2, 3]),
    'an update in V2': new Uint8Array([0, 2, 13, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  }
  test.each(Object.entries(nonsense))('%s ends live work and nothing else', async (_name, message) => {
    const { road, sockets } = heldRoad()
    ahmad.line = { ...lineTo(relay), road }
    const ends: LiveEnd[] = []
    await ahmad.goLive((end) => ends.push(end))
    const before = await ahmad.rows('needs')
    for (const socket of sockets) socket.onmessage?.({ data: message.slice().buffer })
    await until(async () => ends.length === 1)
    expect(await ahmad.rows('needs')).toEqual(before)
    expect(await ahmad.exchange()).toMatchObject({ roundTrips: 1 })
  })

  test('a receipt of another relay moves no cursor', async () => {
    const { road, sockets } = heldRoad()
    ahmad.line = { ...lineTo(relay), road }
    const ends: LiveEnd[] = []
    await ahmad.goLive((end) => ends.push(end))
    const before = await ahmad.local.database.cursors.toArray()
    const receipt = encodeReceipt({ relayId: openMemoryStore().relayId, seq: 999, durable: [] })
    sockets[0]?.onmessage?.({ data: receipt.buffer as ArrayBuffer })
    await until(async () => ends.length === 1)
    expect(ends).toEqual([{ code: 'nonsense' }])
    expect(await ahmad.local.database.cursors.toArray()).toEqual(before)
  })

  test('a relay that asks again and again for all that was written here is answered once', async () => {
    const sent: string[] = []
    const { road, sockets } = heldRoad({
      up(message) {
        const parsed = parseLiveMessage(message)
        if (parsed.ok) sent.push(parsed.value.type)
        return 1
      },
      // its own question comes from the test
      down: (message) => (message[0] === 0 && message[1] === 0 ? 0 : 1),
    })
    zeinab.line = { ...lineTo(relay), road }
    await zeinab.goLive()
    const step1 = encodeStep1(new Map())
    for (let i = 0; i < 5; i++) sockets[0]?.onmessage?.({ data: step1.slice().buffer })
    expect(sent.filter((type) => type === 'step2')).toHaveLength(1)
  })

  test('awareness, auth and what later versions add are passed over', async () => {
    const { road, sockets } = heldRoad()
    ahmad.line = { ...lineTo(relay), road }
    await ahmad.goLive()
    for (const number of [1, 2, 3, 99])
      sockets[0]?.onmessage?.({ data: new Uint8Array([number, 1, 255]).buffer })
    await zeinab.goLive()
    await zeinab.addNeed('خبز')
    await sees(ahmad, 'خبز')
    expect(ahmad.engine.status.live).toBe(true)
  })
})
