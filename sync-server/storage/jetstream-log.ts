/** Reads a room's log and its lists out of JetStream messages. */

import type { ListName, NetworkId, RoomName } from '../protocol/ids.ts'
import { rowsOf } from './jetstream-message.ts'
import type { MessagePlace } from './jetstream-room.ts'
import type { Shard } from './jetstream-shard.ts'
import type { HeadedEntry, LoggedEntry } from './store.ts'

/** A room of a network in the shard that holds it. */
export interface ShardRoom {
  readonly shard: Shard
  readonly network: NetworkId
  readonly name: RoomName
}

/** Entries of whole messages, in their order. */
const readEntries = async ({ shard, network, name }: ShardRoom, places: readonly MessagePlace[]) => {
  const messages = await shard.messagesAt(network, name, places)
  return messages.flatMap((message, i) =>
    message ? rowsOf((places[i] as MessagePlace).sequence, message) : [],
  )
}

/** The first ones within `maxBytes`, but at least one. */
const firstBytes = (entries: readonly LoggedEntry[], maxBytes: number): LoggedEntry[] => {
  let bytes = 0
  const end = entries.findIndex(({ entry }, i) => {
    bytes += entry.length
    return i > 0 && bytes > maxBytes
  })
  return end < 0 ? [...entries] : entries.slice(0, end)
}

export const readSince = async (
  room: ShardRoom,
  cursor: number,
  maxBytes: number,
): Promise<{ entries: LoggedEntry[]; more: boolean }> => {
  const index = (await room.shard.network(room.network)).room(room.name)
  if (!index) return { entries: [], more: false }
  const end = index.seq
  const read = await readEntries(room, index.placesAfter(cursor, maxBytes))
  const entries = firstBytes(
    read.filter(({ seq }) => seq > cursor),
    maxBytes,
  )
  // none where some should be: the room was dropped meanwhile
  return { entries, more: (entries.at(-1)?.seq ?? end) < end }
}

export const readList = async (
  room: ShardRoom,
  list: ListName,
  fromIndex: number,
  maxBytes: number,
): Promise<{ entries: HeadedEntry[]; more: boolean }> => {
  const index = (await room.shard.network(room.network)).room(room.name)
  const length = index?.lengthOf(list) ?? 0
  const read = await readEntries(room, index?.placesOfList(list, fromIndex, maxBytes) ?? [])
  const own = read.filter((row) => row.list === list && row.index >= fromIndex)
  const entries = firstBytes(own, maxBytes)
  const more = entries.length > 0 && fromIndex + entries.length < length
  return { entries: entries.map(({ entry, head }) => ({ entry, head })), more }
}
