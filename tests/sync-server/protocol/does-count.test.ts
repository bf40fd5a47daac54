/** What counts of the lists of those who are out, and of lists that were written twice. */
import { describe, expect, test } from 'vitest'
import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { doesCount } from '../../../sync-server/protocol/does-count.ts'
import { type ListName, type RoomName, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import type { Pins } from '../../../sync-server/protocol/statement.ts'
import { Council, type Seat } from '../../support/council.ts'
import { fillBytes } from '../../support/mutations.ts'

const board = 'board' as RoomName
const [october, november, december] = ['2026-10', '2026-11', '2026-12'] as [RoomName, RoomName, RoomName]
const listOf = ({ id }: Seat, generation = 0) => `${id}.${generation}` as ListName
const after = fillBytes(32, 9)

/** A member who was removed with these pins; the chain `all` went on. */
const removed = async (pins: Pins, newestMonth: RoomName | null = november) => {
  const [council, founder] = await Council.of()
  const member = await council.join('m')
  await council.say(founder, {
    type: 'remove',
    devices: [member.id],
    pins: new Map([...pins].map(([room]) => [room, new Map([[listOf(member), { length: 3, head: after }]])])),
    newestMonth,
    keys: { all: after },
  })
  const roster = council.roster()
  const old = toBase64url(roster.chains.all[0]?.subarray(0, 8) as Uint8Array)
  const fresh = toBase64url(after.subarray(0, 8))
  const counts = (room: RoomName, index: number, keyId: string | null = old, generation = 0) =>
    doesCount(roster, { author: member.id, room, list: listOf(member, generation), index, keyId })
  return { council, founder, member, counts, old, fresh }
}

describe('of somebody who was removed', () => {
  test('what stands before the pin of its list counts, and nothing else of that room', async () => {
    const { counts, fresh } = await removed(new Map([[board, new Map()]]))
    expect([counts(board, 0), counts(board, 2, fresh), counts(board, 3)]).toEqual([true, true, false])
    expect(counts(board, 0, undefined, 1)).toBe(false)
  })

  test('in a room that is not pinned what is under a key from before counts', async () => {
    const { counts, old, fresh } = await removed(new Map())
    expect([counts(october, 99, old), counts(board, 99, old), counts(november, 99, old)]).toEqual([
      true,
      true,
      true,
    ])
    for (const keyId of [fresh, null, 'AAAAAAAAAAA']) expect(counts(october, 0, keyId)).toBe(false)
  })

  test('nothing counts in a month after the newest that the remover held', async () => {
    expect((await removed(new Map())).counts(december, 0)).toBe(false)
    expect((await removed(new Map(), null)).counts(december, 0)).toBe(true)
  })

  test('what it said in the roster is the reducer’s to judge, whatever is pinned', async () => {
    const { counts } = await removed(new Map([[board, new Map()]]))
    expect(counts(rosterRoom, 99, null)).toBe(true)
  })

  test('who left or laid a phone aside is judged alike, without a month to end with', async () => {
    const [council] = await Council.of()
    const member = await council.join('m')
    await council.say(member, { type: 'leave' })
    const roster = council.roster()
    const place = { author: member.id, room: december, list: listOf(member), index: 5 }
    const old = toBase64url(roster.chains.all[0]?.subarray(0, 8) as Uint8Array)
    expect([old, 'AAAAAAAAAAA'].map((keyId) => doesCount(roster, { ...place, keyId }))).toEqual([true, false])
  })
})

describe('of somebody who is in', () => {
  test('everything counts, also of one whom the roster does not know', async () => {
    const [council, founder] = await Council.of()
    const stranger = await council.seat('stranger')
    for (const seat of [founder, stranger]) {
      const place = { author: seat.id, room: board, list: listOf(seat), index: 9, keyId: null }
      expect(doesCount(council.roster(), place)).toBe(true)
    }
  })

  test('a proven fork ends its list in its room, from its index on, whoever says so', async () => {
    const [council] = await Council.of()
    const member = await council.join('m')
    const stranger = await council.seat('stranger')
    const said = { room: board, list: listOf(member), previous: after, signKey: member.device.signing.raw }
    const entries = [fillBytes(90, 1), fillBytes(90, 2)] as const
    await council.say(stranger, { type: 'fork', ...said, index: 7, entries })
    await council.say(member, { type: 'fork', ...said, index: 4, entries })
    const counts = (room: RoomName, index: number, generation = 0) =>
      doesCount(council.roster(), {
        author: member.id,
        room,
        list: listOf(member, generation),
        index,
        keyId: null,
      })
    expect([counts(board, 3), counts(board, 4)]).toEqual([true, false])
    expect([counts(november, 4), counts(board, 4, 1)]).toEqual([true, true])
  })

  test('a fork in the roster voids what stands behind it there, and nothing waits for it', async () => {
    const [council, founder, a] = (await Council.of('a')) as [Council, Seat, Seat]
    const index = a.list.length
    const friend = await council.join('friend', 'member', a)
    await council.say(founder, { type: 'name' })
    const fork = {
      type: 'fork',
      room: rosterRoom,
      list: a.list.name,
      index,
      previous: after,
      signKey: a.device.signing.raw,
      entries: [fillBytes(90, 1), fillBytes(90, 2)],
    } as const
    await council.say(founder, fork)
    const { devices, waiting, cuts } = council.roster()
    expect([devices.has(a.id), devices.has(friend.id), waiting]).toEqual([true, false, 0])
    expect(cuts.get(`roster ${a.list.name}`)).toBe(index)
  })

  test('no second entry in place of genesis ends a network', async () => {
    const [council, founder] = await Council.of()
    const member = await council.join('m')
    await council.say(member, {
      type: 'fork',
      room: rosterRoom,
      list: founder.list.name,
      index: 0,
      previous: fillBytes(32, 0),
      signKey: founder.device.signing.raw,
      entries: [fillBytes(90, 1), fillBytes(90, 2)],
    })
    expect([...council.roster().devices.keys()]).toEqual([founder.id])
  })
})
