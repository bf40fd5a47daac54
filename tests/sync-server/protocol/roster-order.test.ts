/** The same statements give the same roster, in whatever order and however often they come. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DeviceId,
  type ListName,
  listNameOf,
  parseListName,
  rosterRoom,
} from '../../../sync-server/protocol/ids.ts'
import { cutId, type Roster } from '../../../sync-server/protocol/roster.ts'
import type { RosterEntry } from '../../../sync-server/protocol/roster-order.ts'
import { reduceRoster } from '../../../sync-server/protocol/roster-reducer.ts'
import type { Statement } from '../../../sync-server/protocol/statement.ts'
import { fillBytes, fillId } from '../../support/mutations.ts'
import { historyOf, type Step, step, unprovenCard } from '../../support/roster-history.ts'

const seed = 2026

const history = fc.array(step, { minLength: 1, maxLength: 60 }).map(historyOf)
/** The same entries in another order, some of them more than once. */
const shaken = history.chain((entries) =>
  fc
    .tuple(fc.shuffledSubarray(entries, { minLength: entries.length }), fc.subarray(entries))
    .map(([all, again]) => ({ entries, other: [...again, ...all] })),
)

/** Maps as lists: the order of admission is part of the roster. */
const plain = ({ devices, former, askers, invites, cuts, ...rest }: Roster) => ({
  devices: [...devices],
  former: [...former],
  cuts: [...cuts].sort(),
  askers: [...askers],
  invites: [...invites],
  ...rest,
  lengths: [...rest.lengths].sort(),
})

describe('the roster', () => {
  test('is the same for any order and any duplicates of the same statements', () => {
    fc.assert(
      fc.property(shaken, ({ entries, other }) => {
        expect(plain(reduceRoster(other))).toEqual(plain(reduceRoster(entries)))
      }),
      { seed, numRuns: 300 },
    )
  })

  test('is the same for any order when two entries claim one place, as of a fork that both got through', () => {
    const forked = history.chain((entries) =>
      fc
        .subarray(entries, { minLength: 1 })
        .map((some) =>
          some.map((entry) => ({ ...entry, head: fillBytes(32, entry.index + 77), statement: null })),
        )
        .chain((others) => {
          const all = [...entries, ...others]
          return fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))
        }),
    )
    fc.assert(
      fc.property(forked, ([entries, other]) => {
        expect(plain(reduceRoster(other))).toEqual(plain(reduceRoster(entries)))
      }),
      { seed, numRuns: 200 },
    )
  })

  test('holds nobody whom nobody let in, no invite more often than it says, and no person in two roles', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const { devices, former, askers, invites } = reduceRoster(entries)
        const known = new Map([...devices, ...former])
        expect(known.size).toBe(devices.size + former.size)
        const admitted = [...known.values()]
        expect(admitted.filter(({ invitedBy }) => invitedBy === null)).toHaveLength(1)
        for (const { invitedBy, seniority } of admitted)
          if (invitedBy) expect(known.get(invitedBy)?.seniority).toBeLessThan(seniority)
        const places = admitted.map(({ seniority }) => seniority).sort((a, b) => a - b)
        expect(places).toEqual(admitted.map((_, i) => i))
        for (const { used, uses, by } of invites.values()) {
          expect(used).toBeLessThanOrEqual(uses)
          expect(known.has(by)).toBe(true)
        }
        for (const { member } of devices.values()) {
          const phones = [...devices.values()].filter((device) => device.member === member)
          expect(new Set(phones.map(({ role }) => role)).size).toBe(1)
          expect(phones.length).toBeLessThanOrEqual(4)
        }
        for (const id of askers.keys()) expect(known.has(id)).toBe(false)
      }),
      { seed, numRuns: 300 },
    )
  })

  test('says which key to seal under, and that it is stale only where somebody lost the chain', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const { chains, current, stale, former } = reduceRoster(entries)
        for (const audience of ['all', 'members', 'coordinators'] as const) {
          expect(chains[audience][current[audience]]).toBeDefined()
          if (stale.includes(audience)) expect(current[audience]).toBe(chains[audience].length - 1)
        }
        const isRole = entries.some(({ statement }) => statement?.type === 'role')
        if (former.size === 0 && !isRole) expect(stale).toEqual([])
      }),
      { seed, numRuns: 300 },
    )
  })

  /** Statements that no cut voids. */
  const standing = (entries: readonly RosterEntry[], { cuts }: Roster): number =>
    entries.filter(
      ({ statement, list, index }) =>
        statement && index < (cuts.get(cutId(rosterRoom, list)) ?? Number.POSITIVE_INFINITY),
    ).length

  test('leaves nothing waiting when every cause is here', () => {
    fc.assert(
      fc.property(history, (entries) => {
        const roster = reduceRoster(entries)
        expect(roster).toMatchObject({ applied: standing(entries, roster), waiting: 0 })
      }),
      { seed, numRuns: 300 },
    )
  })

  test('counts every statement as applied or waiting when any part of them is missing', () => {
    const parts = history.chain((entries) => fc.subarray(entries))
    fc.assert(
      fc.property(parts, (entries) => {
        const roster = reduceRoster(entries)
        expect(roster.applied + roster.waiting).toBe(standing(entries, roster))
        if (!entries.some(({ statement }) => statement?.type === 'genesis'))
          expect(roster.devices.size).toBe(0)
      }),
      { seed, numRuns: 300 },
    )
  })

  test('grows by what arrives: what was waiting takes its place', () => {
    const prefixes = history.chain((entries) => fc.tuple(fc.constant(entries), fc.nat(entries.length)))
    fc.assert(
      fc.property(prefixes, ([entries, length]) => {
        // entries stand in the order in which they were written, so a beginning has all its causes
        expect(reduceRoster(entries.slice(0, length)).waiting).toBe(0)
      }),
      { seed, numRuns: 300 },
    )
  })

  test('of a thousand asks that each wait for the next is reduced without trouble for the stack', () => {
    const entries: RosterEntry[] = historyOf([])
    const length = 1000
    for (let i = 0; i < length; i++) {
      const list = listNameOf({ device: fillId(50_000 + i) as DeviceId, generation: 0 })
      const key = (number: number) => fillBytes(65, 70_000 + number)
      const keys = { signKey: key(i), receiveKey: key(i), proof: fillBytes(64, 1), atS: 0 }
      const terms = { role: 'member', uses: 1, expiresS: 9, approval: false } as const
      entries.push(
        {
          list,
          index: 0,
          head: fillBytes(32, i),
          statement: { type: 'ask', ...keys, inviteKey: key(i + 1) },
        },
        {
          list,
          index: 1,
          head: fillBytes(32, -i),
          statement: { type: 'invite', after: [], key: key(i), ...terms },
        },
      )
    }
    const { devices, askers, waiting } = reduceRoster(entries)
    expect({ devices: devices.size, askers: askers.size, waiting }).toEqual({
      devices: 1,
      askers: length,
      waiting: 0,
    })
  })

  test('is reduced within two seconds though many wish many gone: who was never named a coordinator is not tried', () => {
    const entries = historyOf([])
    const [first] = entries as [RosterEntry]
    const lists = Array.from({ length: 200 }, (_, i) =>
      listNameOf({ device: fillId(60_000 + i) as DeviceId, generation: 0 }),
    )
    const say = (list: ListName, index: number, statement: Statement) =>
      entries.push({ list, index, head: fillBytes(32, entries.length), statement })
    const deviceOf = (list: ListName) => parseListName(list)?.device as DeviceId
    for (const [i, list] of lists.entries()) {
      const card = unprovenCard(i)
      say(first.list, i + 1, { type: 'admit', after: [], device: deviceOf(list), role: 'member', card })
      for (let n = 0; n < 16; n++) {
        const devices = [deviceOf(first.list), deviceOf(lists[(i + n) % lists.length] as ListName)]
        const keys = { all: fillBytes(32, i * 100 + n) }
        const after = [[first.list, lists.length + 1]] as const
        say(list, n, { type: 'remove', after, devices, pins: new Map(), newestMonth: null, keys })
      }
    }
    const start = process.cpuUsage()
    const { devices, refused, chains, cuts } = reduceRoster(entries)
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(2000)
    expect({ devices: devices.size, refused, keys: chains.all.length, cuts: cuts.size }).toEqual({
      devices: lists.length + 1,
      refused: lists.length * 16,
      keys: 1,
      cuts: 0,
    })
  })

  test('of 300 devices and 1,500 statements is reduced within a second', () => {
    const steps: Step[] = []
    const base = { other: 1, role: 'coordinator', uses: 3, expiresS: 50, approval: false } as const
    for (let i = 0; i < 300; i++) {
      steps.push(
        { ...base, what: 'invite', who: i, salt: i },
        { ...base, what: 'ask', who: 0, other: i + 1, salt: i, expiresS: 1 },
      )
      for (const other of [i, i * 7, i * 13]) steps.push({ ...base, what: 'meet', who: i, other, salt: 0 })
      for (let n = 0; n < 3; n++) steps.push({ ...base, what: 'name', who: i + n, salt: i })
    }
    const entries = historyOf(steps)
    const start = process.cpuUsage()
    const { applied } = reduceRoster(entries)
    expect(applied).toBe(entries.length)
    // of this process, not of a machine on which much else runs
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000)
  })
})
