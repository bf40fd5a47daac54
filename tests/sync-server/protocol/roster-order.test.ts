/** The same statements give the same roster, in whatever order and however often they come. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DeviceId,
  type ListName,
  listNameOf,
  parseListName,
  type RoomName,
  rosterRoom,
} from '../../../sync-server/protocol/ids.ts'
import { cutId, type Roster } from '../../../sync-server/protocol/roster.ts'
import type { RosterEntry } from '../../../sync-server/protocol/roster-order.ts'
import { reduceRoster } from '../../../sync-server/protocol/roster-reducer.ts'
import type { After, Role, Statement } from '../../../sync-server/protocol/statement.ts'
import { fillBytes, fillId } from '../../support/mutations.ts'

const seed = 2026

/** One step of a network's life; numbers choose among what there is at that moment. */
const step = fc.record({
  what: fc.constantFrom(
    'invite',
    'invite',
    'ask',
    'ask',
    'cancel',
    'name',
    'carried',
    'wraps',
    'meet',
    'meet',
    'admit',
    'role',
    'role',
    'remove',
    'remove',
    'rotate',
    'pin',
    'device',
    'retire',
    'leave',
    'settings',
    'fork',
  ),
  who: fc.nat(1000),
  other: fc.nat(1000),
  role: fc.constantFrom<Role>('coordinator', 'coordinator', 'member', 'follower'),
  uses: fc.nat(3),
  expiresS: fc.nat(100),
  approval: fc.constantFrom(false, false, true),
  salt: fc.nat(),
})
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** A phone of the history: its list, and how much of every list it knew when. */
interface Phone {
  list: ListName
  length: number
  known: Map<ListName, number>
  told: Map<ListName, number>
}

const keysOf = (number: number) => ({ signKey: fillBytes(65, number), receiveKey: fillBytes(65, number + 1) })
const cardOf = (number: number) => ({ ...keysOf(number), proof: fillBytes(64, 0) })
const month = '2026-11' as RoomName

/** What coordinators and others say about somebody who is there, or about nobody. */
const aboutOther = (
  { what, role, salt, approval, uses }: Step,
  after: After,
  other: Phone,
): Statement | null => {
  const [device] = [parseListName(other.list)?.device as DeviceId]
  const pins = new Map([[month, new Map([[other.list, { length: uses, head: fillBytes(32, salt) }]])]])
  switch (what) {
    case 'admit':
      return { type: 'admit', after, device, role, card: null }
    case 'role':
      return { type: 'role', after, device, role }
    case 'remove':
      return {
        type: 'remove',
        after,
        devices: [device],
        pins,
        newestMonth: approval ? month : null,
        keys: { all: fillBytes(32, salt), members: fillBytes(32, salt + 1) },
      }
    case 'rotate':
      return {
        type: 'rotate',
        after,
        keys: { coordinators: fillBytes(32, salt), all: fillBytes(32, salt + 1) },
      }
    case 'pin':
      return { type: 'pin', after, devices: [device], pins }
    case 'retire':
      return { type: 'retire', after, device }
    case 'leave':
      return { type: 'leave', after }
    case 'settings':
      return { type: 'settings', after, membersMayInvite: approval }
    case 'fork':
      return {
        type: 'fork',
        after,
        room: rosterRoom,
        list: other.list,
        index: other.length,
        previous: fillBytes(32, salt),
        signKey: fillBytes(65, salt),
        entries: [fillBytes(90, salt), fillBytes(90, salt + 1)],
      }
    default:
      return null
  }
}

/** Statements as phones that meet now and then would write them; every cause is in the set. */
const historyOf = (steps: readonly Step[]): RosterEntry[] => {
  const entries: RosterEntry[] = []
  const phones: Phone[] = []
  const inviteKeys: number[] = [9_999]
  const join = (number: number): Phone => {
    const device = fillId(number) as DeviceId
    const phone = {
      list: listNameOf({ device, generation: 0 }),
      length: 0,
      known: new Map(),
      told: new Map(),
    }
    phones.push(phone)
    return phone
  }
  const write = (phone: Phone, statement: Statement | null, salt: number): void => {
    const head = fillBytes(32, salt + entries.length * 7)
    entries.push({ list: phone.list, index: phone.length++, head, statement })
    phone.known.set(phone.list, phone.length)
  }
  const afterOf = (phone: Phone): After => {
    const grown = [...phone.known].filter(
      ([list, length]) => list !== phone.list && phone.told.get(list) !== length,
    )
    for (const [list, length] of grown) phone.told.set(list, length)
    return grown
  }
  const firstKeys = { all: fillBytes(32, 1), members: fillBytes(32, 2), coordinators: fillBytes(32, 3) }
  write(join(0), { type: 'genesis', ...keysOf(0), nonce: fillBytes(16, 4), keys: firstKeys, atS: 0 }, 0)
  for (const said of steps) {
    const { what, who, other, role, uses, expiresS, approval, salt } = said
    const phone = phones[who % phones.length] as Phone
    const key = fillBytes(65, inviteKeys[other % inviteKeys.length] as number)
    if (what === 'meet') {
      const met = phones[other % phones.length] as Phone
      for (const [list, length] of met.known)
        phone.known.set(list, Math.max(length, phone.known.get(list) ?? 0))
    } else if (what === 'ask') {
      const number = phones.length
      const ask = { ...keysOf(number * 10), inviteKey: key, proof: fillBytes(64, 0), atS: expiresS }
      write(join(number), { type: 'ask', ...ask }, salt)
    } else if (what === 'invite') {
      const number = 10_000 + inviteKeys.length
      inviteKeys.push(number)
      const after = afterOf(phone)
      write(
        phone,
        { type: 'invite', after, key: fillBytes(65, number), role, uses, expiresS, approval },
        salt,
      )
    } else if (what === 'cancel') write(phone, { type: 'cancel', after: afterOf(phone), key }, salt)
    else if (what === 'wraps') write(phone, null, salt)
    else if (what === 'name' || what === 'carried') write(phone, { type: what, after: afterOf(phone) }, salt)
    else if (what === 'device') {
      const number = phones.length
      const card = cardOf(number * 10)
      const after = afterOf(phone)
      write(phone, { type: 'device', after, device: fillId(number) as DeviceId, card }, salt)
      join(number)
    } else {
      // a third of the time without having seen anything since its own last words
      const after = salt % 3 === 0 ? [] : afterOf(phone)
      write(phone, aboutOther(said, after, phones[other % phones.length] as Phone), salt)
    }
  }
  return entries
}

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
