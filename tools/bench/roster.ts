/**
 * What deciding who we are costs: the roster of 200 devices in use reduced from 1,000 statements (40 more people were
 * removed on the way), and the bytes of a removal that changes all three chains, which every phone carries.
 */

import { importSealingKey } from '../../src/crypto/seal.ts'
import type { HeldKey } from '../../src/engine/keyring.ts'
import { wrapDrafts } from '../../src/engine/people/key-wraps.ts'
import { type Bytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import {
  type DeviceId,
  type ListName,
  listNameOf,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import type { RosterEntry } from '../../sync-server/protocol/roster-order.ts'
import { reduceRoster } from '../../sync-server/protocol/roster-reducer.ts'
import type { After, AudienceName, Remove, Statement } from '../../sync-server/protocol/statement.ts'
import { encodeStatement } from '../../sync-server/protocol/statement-codec.ts'
import { TestList } from '../../tests/support/entries.ts'
import { audienceKeyOf, deviceOf, keyPairOf } from '../../tests/support/keys.ts'
import { fillBytes, fillId } from '../../tests/support/mutations.ts'
import { foundNetwork } from '../../tests/support/network.ts'
import type { BenchOptions } from '../bench.ts'

const size = { devices: 200, removed: 40, statements: 1000, runs: 15 }
/** The roles of the devices that a rotation is wrapped for. */
const receivers = { coordinators: 4, members: 166, all: 29 } as const
/** Rooms that a removal pins: the board and two years of months. */
const pinnedRooms = 25

/** A year of a network whose phones meet every day: each statement comes after all that came before. */
class History {
  readonly entries: RosterEntry[] = []
  readonly #lengths = new Map<ListName, number>()
  readonly #told = new Map<ListName, Map<ListName, number>>()

  device(number: number): DeviceId {
    return fillId(number * 1009 + 7) as DeviceId
  }

  say(number: number, make: (after: After) => Statement): void {
    const list = listNameOf({ device: this.device(number), generation: 0 })
    const told = this.#told.get(list) ?? new Map<ListName, number>()
    this.#told.set(list, told)
    const after = [...this.#lengths].filter(([other, length]) => other !== list && told.get(other) !== length)
    for (const [other, length] of after) told.set(other, length)
    const index = this.#lengths.get(list) ?? 0
    this.entries.push({ list, index, head: fillBytes(32, this.entries.length), statement: make(after) })
    this.#lengths.set(list, index + 1)
  }
}

const keysOf = (number: number) => ({ signKey: fillBytes(65, number), receiveKey: fillBytes(65, -number) })

const removal = (history: History, number: number, after: After): Remove => ({
  type: 'remove',
  after,
  devices: [history.device(number)],
  pins: new Map(),
  newestMonth: null,
  keys: { all: fillBytes(32, number), members: fillBytes(32, -number) },
})

const historyOf = (): RosterEntry[] => {
  const history = new History()
  const people = size.devices + size.removed
  const first = { all: fillBytes(32, 1), members: fillBytes(32, 2), coordinators: fillBytes(32, 3) }
  history.say(0, () => ({ type: 'genesis', ...keysOf(0), nonce: fillBytes(16, 4), keys: first, atS: 0 }))
  let gone = 0
  for (let n = 1; n < people; n++) {
    const key = fillBytes(65, 100_000 + n)
    const role = n < receivers.coordinators ? 'coordinator' : n % 7 === 0 ? 'follower' : 'member'
    const terms = { role, expiresS: 9, uses: 1, approval: false } as const
    history.say(n < receivers.coordinators ? 0 : n % 2, (after) => ({ type: 'invite', after, key, ...terms }))
    history.say(n, () => ({ type: 'ask', ...keysOf(n), inviteKey: key, proof: fillBytes(64, 0), atS: 1 }))
    history.say(n, (after) => ({ type: 'name', after }))
    if (n % 6 === 5) history.say(1, (after) => removal(history, 4 + gone++, after))
  }
  while (gone < size.removed) history.say(1, (after) => removal(history, 4 + gone++, after))
  for (let n = 0; history.entries.length < size.statements; n++)
    history.say(people - 1 - (n % (size.devices - receivers.coordinators)), (after) => ({
      type: 'name',
      after,
    }))
  return history.entries
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

const reduceMs = (): number => {
  const entries = historyOf()
  const times = Array.from({ length: size.runs }, () => {
    const startMs = performance.now()
    const { devices, refused, waiting } = reduceRoster(entries)
    if (devices.size !== size.devices || refused + waiting > 0)
      throw new Error(
        `the history is not as meant: ${devices.size} devices, ${refused} refused, ${waiting} waiting`,
      )
    return performance.now() - startMs
  })
  return median(times)
}

const newKey = async (audience: AudienceName): Promise<HeldKey> => {
  const bytes = await audienceKeyOf(`bench/${audience}`)
  return { ...(await importSealingKey(bytes)), audience, bytes }
}

/** A coordinator is removed: the statement with its pins, and the new key of each chain for who holds it. */
const rotationBytes = async (): Promise<number> => {
  const network = await foundNetwork('bench')
  const list = new TestList(network.id, rosterRoom, network.founder, 1)
  const removed = await deviceOf('bench/removed')
  const listName = listNameOf({ device: removed.id, generation: 0 })
  const pin = new Map([[listName, { length: 300, head: fillBytes(32, 1) }]])
  const rooms = Array.from(
    { length: pinnedRooms },
    (_, i) => `20${26 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
  )
  const [all, members, coordinators] = [
    await newKey('all'),
    await newKey('members'),
    await newKey('coordinators'),
  ]
  const hashes = {
    all: await sha256(all.bytes),
    members: await sha256(members.bytes),
    coordinators: await sha256(coordinators.bytes),
  }
  const publicPart = encodeStatement({
    type: 'remove',
    after: [[listName, 12]],
    devices: [removed.id],
    pins: new Map(rooms.map((room) => [room as RoomName, pin])),
    newestMonth: '2026-11' as RoomName,
    keys: hashes,
  })
  const entries = [await list.append({ kind: entryKind.statement, publicPart })]
  const chains = [
    { key: coordinators, previous: coordinators, lower: members },
    { key: members, previous: members, lower: all },
    { key: all, previous: all, lower: null },
  ]
  for (const chain of chains) {
    const keys: Bytes[] = []
    for (let i = 0; i < receivers[chain.key.audience]; i++)
      keys.push((await keyPairOf(`bench/${chain.key.audience}/${i}`)).raw)
    for (const { publicPart, secret } of await wrapDrafts(network.id, chain, keys))
      entries.push(
        await list.append({
          kind: entryKind.wraps,
          publicPart,
          ...(secret ? { key: chain.key.bytes, plaintext: secret.plaintext } : {}),
        }),
      )
  }
  return entries.reduce((sum, { length }) => sum + length, 0)
}

export default async ({ isJson }: BenchOptions): Promise<void> => {
  const devices = receivers.coordinators + receivers.members + receivers.all
  const bytes = await rotationBytes()
  const result = {
    name: 'roster',
    devices: size.devices,
    statements: size.statements,
    reduceMs: Math.round(reduceMs() * 10) / 10,
    rotationBytes: bytes,
    rotationBytesPerDevice: Math.round((bytes / devices) * 10) / 10,
  }
  if (isJson) console.log(JSON.stringify(result))
  else
    console.log(
      `${result.statements} statements of ${result.devices} devices in use: ${result.reduceMs} ms (aim 300)\n` +
        `a removal with new keys for all of them: ${bytes} B, ${result.rotationBytesPerDevice} B a device (aim 80)`,
    )
}
