/** Makes packets out of the log: all that this phone holds of a network, or what goes beyond what a neighbour has. */

import { type Bytes, equalBytes } from '../../../sync-server/protocol/bytes.ts'
import {
  boardRoom,
  clientOfName,
  type NetworkId,
  type RoomName,
  rosterRoom,
} from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { encodePacket, type HasList, headLength, type Packet } from '../../../sync-server/protocol/packet.ts'
import { buildUpdate, type Run } from '../../../sync-server/protocol/update.ts'
import type { DeviceKeys } from '../../crypto/device-keys.ts'
import { sign } from '../../crypto/sign.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { ListRow } from '../../storage/schema.ts'
import { piecesOf } from '../../sync/room-requests.ts'
import type { Replica } from '../replica.ts'

export interface PacketParts {
  database: NetworkDatabase
  replica: Replica
  network: NetworkId
  keys: DeviceKeys
  /** origin of the network's relay */
  relay: string
  /** corrected clock, ms */
  nowMs: number
}

/** `null`: nothing is asked for; else what somebody has, by room. */
export type Asked = ReadonlyMap<RoomName, readonly HasList[]> | null

/** Of what fits into a packet: how much of every list this phone has stands beside the rooms. */
const maxRoomBytes = limits.packetBytes - 1024 * 1024
const updateBytes = limits.updateBytes / 4

/** Roster, board, newest month, older ones. */
const rank = (room: RoomName): number => (room === rosterRoom ? 0 : room === boardRoom ? 1 : 2)
const byUrgency = (a: RoomName, b: RoomName): number => rank(a) - rank(b) || (a < b ? 1 : -1)

/** Lists that are not empty, by room, the most urgent first. */
export const heldByRoom = async ({ lists }: NetworkDatabase): Promise<Map<RoomName, ListRow[]>> => {
  const rows = (await lists.toArray()).filter(({ length }) => length > 0)
  const rooms = [...new Set(rows.map(({ room }) => room))].sort(byUrgency).slice(0, limits.roomsInRequest)
  return new Map(rooms.map((room) => [room, rows.filter((row) => row.room === room)]))
}

const hasOf = (rows: readonly ListRow[]): HasList[] =>
  rows.map((row) => ({
    client: clientOfName(row.list),
    length: row.length,
    head: row.head.slice(0, headLength),
  }))

/** From which index on somebody who has so much lacks this list: from 0 where his is another history; null for nothing. */
const lackedFrom = async (
  replica: Replica,
  row: ListRow,
  has: HasList | undefined,
): Promise<number | null> => {
  if (!has || has.length === 0) return 0
  // whoever has more gives it; what he has below is his to compare
  if (has.length > row.length) return null
  const isEqual = has.length === row.length
  const head = isEqual ? row.head : await replica.headAfter(row.room, row.list, has.length)
  if (!equalBytes(head.subarray(0, headLength), has.head)) return 0
  return isEqual ? null : has.length
}

/** Runs as updates of a fair size, each list once in each of them. */
const toUpdates = (runs: readonly Run[]): Bytes[] => {
  const groups: Run[][] = []
  let bytes = Number.POSITIVE_INFINITY
  for (const piece of runs.flatMap(piecesOf)) {
    const length = piece.entries.reduce((sum, entry) => sum + entry.length, 0)
    const group = groups.at(-1)
    const isFull = bytes + length > updateBytes || group?.some(({ client }) => client === piece.client)
    if (isFull || !group) {
      groups.push([piece])
      bytes = length
      continue
    }
    group.push(piece)
    bytes += length
  }
  return groups.map(buildUpdate)
}

const lackedRuns = async (
  replica: Replica,
  rows: readonly ListRow[],
  has: readonly HasList[],
): Promise<Run[]> => {
  const byClient = new Map(has.map((list) => [list.client, list]))
  const runs: Run[] = []
  for (const row of rows) {
    const from = await lackedFrom(replica, row, byClient.get(clientOfName(row.list)))
    const run = from === null ? null : await replica.runFrom(row.room, row.list, from)
    if (run) runs.push(run)
  }
  return runs
}

const roomsFor = async (
  replica: Replica,
  held: ReadonlyMap<RoomName, ListRow[]>,
  asked: Asked,
): Promise<Pick<Packet, 'rooms' | 'isPartial'>> => {
  const rooms: Packet['rooms'] = []
  let bytes = 0
  for (const [room, rows] of asked ? held : []) {
    const updates = toUpdates(await lackedRuns(replica, rows, asked?.get(room) ?? []))
    const fitting = updates.filter(({ length }) => {
      bytes += length
      return bytes <= maxRoomBytes
    })
    if (fitting.length > 0) rooms.push({ room, updates: fitting })
    if (fitting.length < updates.length) return { rooms, isPartial: true }
  }
  return { rooms, isPartial: false }
}

export const makePacket = async (parts: PacketParts, asked: Asked): Promise<Bytes> => {
  const { database, replica, network, keys, relay, nowMs } = parts
  const held = await heldByRoom(database)
  const has = [...held].map(([room, rows]) => ({ room, lists: hasOf(rows) }))
  const { rooms, isPartial } = await roomsFor(replica, held, asked)
  const packet = { network, sender: keys.device, atMs: nowMs, relay, rooms, has, isPartial }
  return encodePacket(packet, (claim) => sign(keys.signKey, claim))
}

/** Entries here beyond what somebody has. */
export const countLacked = async (database: NetworkDatabase, has: Packet['has']): Promise<number> => {
  const theirs = new Map(
    has.flatMap(({ room, lists }) =>
      lists.map(({ client, length }) => [`${room} ${client}`, length] as const),
    ),
  )
  let count = 0
  for (const [room, rows] of await heldByRoom(database))
    for (const row of rows)
      count += Math.max(0, row.length - (theirs.get(`${room} ${clientOfName(row.list)}`) ?? 0))
  return count
}
