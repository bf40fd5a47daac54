/** What the relay takes of people whose place in the network is over, from whom, and what it gives them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { type ListName, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { Pins } from '../../sync-server/protocol/statement.ts'
import { cardProof } from '../../sync-server/protocol/statement-proof.ts'
import { TestList } from '../support/entries.ts'
import { audienceKeyOf, deviceOf, type TestDevice } from '../support/keys.ts'
import { appendName, appendStatement, type TestNetwork } from '../support/network.ts'
import { type Quarter, startQuarter, testMonth } from '../support/quarter.ts'

const board = 'board' as RoomName
const later = '2026-12' as RoomName
const december = Date.UTC(2026, 11, 3)

let quarter: Quarter
let network: TestNetwork
let founder: TestDevice
let member: TestDevice
/** the member's entries for the board, under the first key of `members` */
let notes: TestList

beforeEach(async () => {
  quarter = await startQuarter()
  ;({ network, founder, member } = quarter)
  notes = new TestList(network.id, board, member)
})
afterEach(async () => {
  await quarter.relay.stop()
  expect(quarter.relay.errors).toEqual([])
})

const write = (list: TestList, key: Bytes = network.keys.members) =>
  list.append({ key, plaintext: new Uint8Array(8) })
const bring = (list: TestList, device: TestDevice) => quarter.bring(list.room, list.update(), device)
const keptOf = async ({ room, name }: TestList): Promise<number> => {
  const { lists } = await quarter.relay.store.lengths(network.id, room)
  return lists.find(({ list }) => list === name)?.length ?? 0
}
const removeMember = async (pins: Pins = new Map(), newestMonth: RoomName | null = null) => {
  const lists: [ListName, number][] = [[quarter.memberRoster.name, quarter.memberRoster.length]]
  const keys = { all: await audienceKeyOf('after'), members: await audienceKeyOf('after, members') }
  const removal = { type: 'remove', after: lists, devices: [member.id], pins, newestMonth, keys } as const
  await appendStatement(network.roster, removal)
  await bring(network.roster, founder)
}
const pinned = (list: TestList, length: number): Pins =>
  new Map([[list.room, new Map([[list.name, { length, head: list.heads[length - 1] as Bytes }]])]])

describe('a removed device', () => {
  it('[R5] reads the roster, in which its end stands, and no other room', async () => {
    await write(notes)
    await bring(notes, member)
    await removeMember()
    const answer = await quarter.ask({ rooms: [{ room: board }, { room: testMonth }] })
    expect(answer.refusal).toBeNull()
    expect(answer.framesOf(rosterRoom).length).toBeGreaterThan(0)
    expect([...answer.framesOf(board), ...answer.framesOf(testMonth)]).toEqual([])
  })

  it('[R5] writes nothing any more, in no room, and not into the roster either', async () => {
    await removeMember()
    const before = await quarter.held()
    await write(notes)
    await quarter.list.append()
    await appendName(network, quarter.memberRoster, 'ما زلتُ هنا')
    for (const list of [notes, quarter.list, quarter.memberRoster])
      expect((await bring(list, member)).results.get(list.room)?.refused).toMatchObject([
        { reason: 'notAllowed' },
      ])
    const fresh = new TestList(network.id, rosterRoom, member, 7)
    await appendName(network, fresh, 'من جديد')
    await bring(fresh, member)
    expect(await quarter.held()).toEqual(before)
  })

  it('[R5] does not come in again by the same keys on a card', async () => {
    await removeMember()
    const keys = { signKey: member.signing.raw, receiveKey: member.receiving.raw }
    const card = { ...keys, proof: await member.signing.sign(cardProof(keys)) }
    await appendStatement(network.roster, {
      type: 'admit',
      after: [],
      device: member.id,
      role: 'member',
      card,
    })
    await bring(network.roster, founder)
    expect((await quarter.ask({ rooms: [{ room: board }] })).framesOf(board)).toEqual([])
  })

  it('that leaves hears that this is known, as often as it asks', async () => {
    await appendStatement(quarter.memberRoster, { type: 'leave', after: [] })
    for (let i = 0; i < 2; i++) {
      const answer = await bring(quarter.memberRoster, member)
      expect(answer.results.get(rosterRoom)).toMatchObject({
        durable: [{ length: quarter.memberRoster.length }],
        refused: [],
      })
    }
  })
})

describe('entries of a removed device that others bring', () => {
  it('are taken up to the pin', async () => {
    for (let i = 0; i < 5; i++) await write(notes)
    await removeMember(pinned(notes, 3))
    const answer = await bring(notes, founder)
    expect(answer.results.get(board)?.refused).toMatchObject([{ index: 3, reason: 'notAllowed' }])
    expect(await keptOf(notes)).toBe(3)
  })

  it('are not taken of a list that is missing in a pinned room', async () => {
    await write(notes)
    await removeMember(new Map([[board, new Map()]]))
    await bring(notes, founder)
    expect(await keptOf(notes)).toBe(0)
  })

  it('are taken of a room that nobody pinned while they are under a key from before', async () => {
    await write(notes)
    await write(notes, await audienceKeyOf('after, members'))
    await removeMember()
    await bring(notes, founder)
    expect(await keptOf(notes)).toBe(1)
  })

  it('are not taken of a month after the newest that the remover held', async () => {
    quarter.relay.clock.ms = december
    const late = new TestList(network.id, later, member)
    await write(late)
    await removeMember(new Map(), testMonth)
    const expiresS = december / 1000 + 600
    await quarter.ask({
      device: founder,
      expiresS,
      rooms: [
        { room: rosterRoom, updates: [network.roster.update()] },
        { room: later, updates: [late.update()] },
      ],
    })
    expect(await keptOf(late)).toBe(0)
  })

  it('are taken of the roster, where each phone judges them itself', async () => {
    await removeMember()
    await appendName(network, quarter.memberRoster, 'بعد أن أُخرج')
    await bring(quarter.memberRoster, founder)
    expect(await keptOf(quarter.memberRoster)).toBe(quarter.memberRoster.length)
  })
})

describe('a forked list', () => {
  it('[R6] is taken up to the fork once a proof of it is in the roster', async () => {
    await write(notes)
    const other = new TestList(network.id, board, member)
    await other.appendUnsigned((notes.entries[0] as Bytes).slice(0, -64))
    await write(other)
    await write(notes)
    await appendStatement(network.roster, {
      type: 'fork',
      after: [],
      room: board,
      list: notes.name,
      index: 1,
      previous: notes.heads[0] as Bytes,
      signKey: member.signing.raw,
      entries: [notes.entries[1] as Bytes, other.entries[1] as Bytes],
    })
    await bring(network.roster, founder)
    await bring(notes, member)
    expect(await keptOf(notes)).toBe(1)
  })

  it('[R6] is not cut by two entries that one key did not sign for that place', async () => {
    await write(notes)
    await write(notes)
    const fork = {
      type: 'fork',
      after: [],
      room: board,
      list: notes.name,
      index: 1,
      previous: notes.heads[0] as Bytes,
      signKey: member.signing.raw,
      entries: [notes.entries[1] as Bytes, notes.entries[0] as Bytes],
    } as const
    await appendStatement(network.roster, fork)
    const answer = await bring(network.roster, founder)
    expect(answer.results.get(rosterRoom)?.refused).toMatchObject([{ reason: 'notAllowed' }])
    await bring(notes, member)
    expect(await keptOf(notes)).toBe(2)
  })
})

it('[R5] who is let in face to face opens a list with whatever he has to say', async () => {
  const device = await deviceOf('guest')
  const keys = { signKey: device.signing.raw, receiveKey: device.receiving.raw }
  const list = new TestList(network.id, rosterRoom, device)
  await appendName(network, list, 'ضيف')
  expect((await bring(list, device)).refusal).toBe('notMember')
  const card = { ...keys, proof: await device.signing.sign(cardProof(keys)) }
  const admit = { type: 'admit', after: [], device: device.id, role: 'member', card } as const
  const forged = { ...admit, card: { ...card, proof: new Uint8Array(64) } }
  const length = network.roster.length
  const twin = new TestList(network.id, rosterRoom, founder, 1)
  await appendStatement(twin, forged)
  await bring(twin, founder)
  expect((await bring(list, device)).refusal).toBe('notMember')
  expect(await keptOf(twin)).toBe(0)
  await appendStatement(network.roster, admit)
  await bring(network.roster, founder)
  expect(await keptOf(network.roster)).toBe(length + 1)
  expect((await bring(list, device)).refusal).toBeNull()
  expect(await keptOf(list)).toBe(1)
})
