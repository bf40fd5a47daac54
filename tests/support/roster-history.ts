/** Histories of a network as phones that meet now and then would write them, made from numbers. */
import fc from 'fast-check'
import {
  type DeviceId,
  type ListName,
  listNameOf,
  parseListName,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import type { RosterEntry } from '../../sync-server/protocol/roster-order.ts'
import type { After, Role, Statement } from '../../sync-server/protocol/statement.ts'
import { fillBytes, fillId } from './mutations.ts'

/** One step of a network's life; numbers choose among what there is at that moment. */
export const step = fc.record({
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
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

/** A phone of the history: its list, and how much of every list it knew when. */
interface Phone {
  list: ListName
  length: number
  known: Map<ListName, number>
  told: Map<ListName, number>
}

const keysOf = (number: number) => ({ signKey: fillBytes(65, number), receiveKey: fillBytes(65, number + 1) })
export const unprovenCard = (number: number) => ({ ...keysOf(number), proof: fillBytes(64, 0) })
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
export const historyOf = (steps: readonly Step[]): RosterEntry[] => {
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
      const card = unprovenCard(number * 10)
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
