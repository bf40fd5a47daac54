/** Packets from phone to phone: two neighbours whom no network connects have the same in the end, and nothing else comes in. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { CommandResult } from '../../../src/engine/api.ts'
import type { PacketView } from '../../../src/engine/packets/packet-api.ts'
import { type Bytes, copyBytes, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { decodePacket, encodePacket, type Packet } from '../../../sync-server/protocol/packet.ts'
import { parseUpdate } from '../../../sync-server/protocol/update.ts'
import { memberOn, Neighbourhood, removeOn, titlesOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ahmad: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ahmad = await all.joiner('أحمد', zeinab)
  await all.settle(zeinab, ahmad)
})
afterEach(() => all.end())

const offline = (...phones: Phone[]): void => {
  for (const phone of phones) phone.line = noLine
}

const made = async (phone: Phone, whole = true): Promise<Bytes> => {
  const { packet } = await phone.run({ type: 'packet.make', whole })
  if (!packet) throw new Error('a packet was made')
  return packet
}

const answered = async (phone: Phone, packet: Bytes): Promise<Bytes> =>
  (await phone.run({ type: 'packet.answer', packet })).packet as Bytes

const viewOn = async (phone: Phone, packet: Bytes): Promise<PacketView> =>
  (await phone.run({ type: 'packet.look', packet })).view as PacketView

const take = async (phone: Phone, packet: Bytes) => (await phone.run({ type: 'packet.take', packet })).brought

const problemOf = (result: CommandResult): string =>
  result.ok ? 'done' : result.error.code === 'packet' ? result.error.problem : result.error.code

/** The packet as its sender would have written it with these changes. */
const remade = async (packet: Bytes, changes: Partial<Packet>, by: Phone): Promise<Bytes> => {
  const read = await decodePacket(packet)
  if (!read.ok) throw new Error(read.error)
  const { signKey } = by.local.keys
  const sign = async (bytes: Bytes) =>
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signKey, bytes))
  return encodePacket({ ...read.value, ...changes }, sign)
}

/** Everything that is stored of the network, but for what every look changes. */
const stateOf = async (phone: Phone) => {
  const { lists, inbox, cursors, operations } = phone.local.database
  const rows = await Promise.all([lists.toArray(), inbox.toArray(), cursors.toArray()])
  return { rows, operations: await operations.count() }
}

describe('[R35] two phones that no network connects', () => {
  beforeEach(async () => {
    offline(zeinab, ahmad)
    await zeinab.addNeed('ماء للزقاق')
    await ahmad.addNeed('حليب للرضيع')
  })

  test('there and back: both have what each wrote', async () => {
    const packet = await made(zeinab)
    const view = await viewOn(ahmad, packet)
    expect(view).toMatchObject({
      network: 'here',
      from: { memberId: (await memberOn(ahmad, 'زينب')).deviceId, standing: 'in' },
      brings: { needs: 1, offers: 0, people: 0, unjudged: 0, bad: 0 },
      lacks: 1,
    })
    expect(await take(ahmad, packet)).toMatchObject({ entries: view.brings.entries, needs: 1 })
    expect(await titlesOn(ahmad)).toEqual(['حليب للرضيع', 'ماء للزقاق'])
    const answer = await answered(ahmad, packet)
    expect(answer.length).toBeLessThan(packet.length / 2)
    expect(await take(zeinab, answer)).toMatchObject({ entries: 1, needs: 1 })
    expect(await titlesOn(zeinab)).toEqual(['حليب للرضيع', 'ماء للزقاق'])
  })

  test('to look at a packet stores nothing, and to take it twice does nothing more', async () => {
    const packet = await made(zeinab)
    const before = await stateOf(ahmad)
    await viewOn(ahmad, packet)
    expect(await stateOf(ahmad)).toEqual(before)
    await take(ahmad, packet)
    const once = await stateOf(ahmad)
    expect(once.rows[2]).toEqual(before.rows[2])
    expect(await take(ahmad, packet)).toMatchObject({ entries: 0, needs: 0 })
    expect(await stateOf(ahmad)).toEqual(once)
    expect((await viewOn(ahmad, packet)).brings).toMatchObject({ entries: 0, needs: 0, bad: 0 })
  })

  test('the one who says only what he has is given just what he lacks', async () => {
    const said = await made(zeinab, false)
    expect((await viewOn(ahmad, said)).brings.entries).toBe(0)
    const answer = await answered(ahmad, said)
    const read = await decodePacket(answer)
    expect(read.ok && read.value.rooms.map(({ room }) => room)).toEqual(['2026-11'])
    expect(await take(zeinab, answer)).toMatchObject({ entries: 1, needs: 1 })
  })

  test('an answer goes on where the neighbour’s copy of a list ends', async () => {
    await take(zeinab, await made(ahmad))
    await ahmad.addNeed('دفتر مدرسة')
    const read = await decodePacket(await answered(ahmad, await made(zeinab, false)))
    const updates = read.ok ? read.value.rooms.flatMap((room) => room.updates) : []
    const runs = updates.flatMap((update) => {
      const parsed = parseUpdate(update)
      return parsed.ok ? parsed.value : []
    })
    expect(runs.map(({ fromIndex, entries }) => [fromIndex, entries.length])).toEqual([[1, 1]])
  })

  test('what came by packet reaches the relay by whoever comes online', async () => {
    zeinab.line = all.line
    const soran = await all.joiner('Soran', zeinab)
    await all.settle(zeinab, soran)
    offline(zeinab)
    await zeinab.addNeed('من بعيد')
    await take(ahmad, await made(zeinab))
    ahmad.line = all.line
    await all.settle(ahmad, soran)
    expect(await titlesOn(soran)).toEqual(['حليب للرضيع', 'ماء للزقاق', 'من بعيد'])
    // whoever wrote it is told so when he asks a relay himself
    expect(await zeinab.unsent()).toBe(1)
    zeinab.line = all.line
    await zeinab.exchange()
    expect(await zeinab.unsent()).toBe(0)
  })

  test('somebody let in meanwhile is known by the roster that the packet brings', async () => {
    const hiwa = await all.phone('هێوا', noLine)
    const { card } = await hiwa.run({ type: 'network.meet', nickname: 'هێوا', language: 'ar' })
    const { welcome } = await zeinab.run({ type: 'member.admit-card', card: card ?? '', as: 'member' })
    await hiwa.run({ type: 'network.enter', welcome: welcome ?? new Uint8Array() })
    await hiwa.addNeed('دواء للضغط')
    const packet = await made(hiwa)
    const view = await viewOn(ahmad, packet)
    expect(view.from.standing).toBe('unknown')
    expect(view.brings.unjudged).toBeGreaterThan(0)
    await take(ahmad, packet)
    expect(await titlesOn(ahmad)).toContain('دواء للضغط')
    expect((await viewOn(ahmad, packet)).from.standing).toBe('in')
  })
})

describe('[R35] what nobody may bring', () => {
  test('an entry that was changed is refused, and what came before it is taken', async () => {
    offline(zeinab, ahmad)
    await zeinab.addNeed('الأولى')
    const first = await made(zeinab)
    await zeinab.addNeed('الثانية')
    const packet = await made(zeinab)
    const read = await decodePacket(packet)
    if (!read.ok) throw new Error(read.error)
    const rooms = read.value.rooms.map(({ room, updates }) => ({ room, updates: updates.map(copyBytes) }))
    const month = rooms.find(({ room }) => room === '2026-11')
    const update = month?.updates[0] as Bytes
    // the last byte is the end of the update; before it stands the last entry's signature
    update[update.length - 10] = (update.at(-10) as number) ^ 1
    const forged = await remade(packet, { rooms }, zeinab)
    expect((await viewOn(ahmad, forged)).brings).toMatchObject({ needs: 1, bad: 1 })
    await take(ahmad, forged)
    expect(await titlesOn(ahmad)).toEqual(['الأولى'])
    await take(ahmad, first)
    await take(ahmad, packet)
    expect(await titlesOn(ahmad)).toEqual(['الأولى', 'الثانية'].sort())
  })

  test('whoever puts another name under it is not believed to be him', async () => {
    const packet = await made(ahmad)
    const pretended = await remade(packet, { sender: zeinab.local.keys.device }, ahmad)
    expect((await viewOn(ahmad, pretended)).from.standing).toBe('unproven')
  })

  test('what somebody writes after his removal is not shown, whoever brings it', async () => {
    const soran = await all.joiner('Soran', zeinab)
    await all.settle(zeinab, soran, ahmad)
    offline(ahmad)
    await removeOn(zeinab, 'أحمد')
    await all.settle(zeinab, soran)
    await ahmad.addNeed('بعد الإخراج')
    const packet = await made(ahmad)
    expect(await viewOn(soran, packet)).toMatchObject({
      from: { standing: 'out' },
      brings: { needs: 0, entries: 0 },
    })
    await take(soran, packet)
    expect(await titlesOn(soran)).toEqual([])
  })

  test('rooms of people whom nobody let in open no database here', async () => {
    const packet = await made(ahmad)
    const other = await new Neighbourhood().founder('غريب')
    await other.addNeed('من غريب')
    const theirs = await decodePacket(await made(other))
    if (!theirs.ok) throw new Error(theirs.error)
    const rooms = theirs.value.rooms.map((room) =>
      room.room === 'roster' ? room : { ...room, room: '2020-01' as never },
    )
    const mixed = await remade(packet, { rooms }, ahmad)
    await take(zeinab, mixed)
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    expect(names.filter((name) => name.includes('2020-01'))).toEqual([])
    await other.end()
  })

  test('one that was cut anywhere, another thing, and one from a later version are each told apart', async () => {
    const packet = await made(ahmad)
    for (let length = 0; length < packet.length; length++) {
      const cut = await decodePacket(packet.subarray(0, length))
      expect(cut.ok ? 'taken' : cut.error).toMatch(/broken|noPacket/)
    }
    for (let at = 0; at < packet.length; at++) {
      const flipped = copyBytes(packet)
      flipped[at] = (flipped[at] as number) ^ 1
      expect((await decodePacket(flipped)).ok).toBe(false)
    }
    const look = async (bytes: Bytes) =>
      problemOf(await zeinab.engine.run({ type: 'packet.look', packet: bytes }))
    expect(await look(packet.slice(0, -1))).toBe('broken')
    expect(await look(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]))).toBe('noPacket')
    const later = copyBytes(packet)
    later[3] = '2'.charCodeAt(0)
    expect(await look(later)).toBe('newer')
    expect(await look(new Uint8Array(9 * 1024 * 1024))).toBe('tooLarge')
  })
})

describe('[R35] a packet of another network', () => {
  test('is not looked into, is carried as it came, and reads where it belongs', async () => {
    const others = new Neighbourhood()
    const layla = await others.founder('ليلى')
    const omar = await others.joiner('عمر', layla)
    await others.settle(layla, omar)
    offline(layla, omar)
    await layla.addNeed('خيمة')
    const packet = await made(layla)
    expect(await viewOn(zeinab, packet)).toMatchObject({ network: 'foreign', brings: { entries: 0 } })
    expect(problemOf(await zeinab.engine.run({ type: 'packet.take', packet }))).toBe('elsewhere')
    for (let twice = 0; twice < 2; twice++) await zeinab.run({ type: 'packet.carry', packet })
    await zeinab.restart()
    const { openAppDatabase } = await import('../../../src/storage/database.ts')
    const app = openAppDatabase(zeinab.prefix)
    const { carriedPackets } = await import('../../../src/engine/packets/carried-packets.ts')
    const [carried, ...more] = await carriedPackets(app)
    expect(more).toEqual([])
    expect(toBase64url(carried?.packet ?? new Uint8Array())).toBe(toBase64url(packet))
    await take(omar, carried?.packet as Bytes)
    expect(await titlesOn(omar)).toEqual(['خيمة'])
    await zeinab.run({ type: 'packet.forget', id: carried?.id ?? '' })
    expect(await carriedPackets(app)).toEqual([])
    app.close()
    await others.end()
  })

  test('its own network is never carried closed, and no more than eight are', async () => {
    const packet = await made(ahmad)
    expect(problemOf(await zeinab.engine.run({ type: 'packet.carry', packet }))).toBe('own')
    const foreign = (n: number) =>
      remade(packet, { network: toBase64url(new Uint8Array(16).fill(n)) as never }, ahmad)
    for (let n = 0; n < 8; n++) await zeinab.run({ type: 'packet.carry', packet: await foreign(n) })
    expect(problemOf(await zeinab.engine.run({ type: 'packet.carry', packet: await foreign(9) }))).toBe(
      'tooMany',
    )
  })
})
