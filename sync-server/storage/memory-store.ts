/** A store that lives as long as its process: for tests and simulations. */

import { type Bytes, equalBytes, randomBytes, toBase64url } from '../protocol/bytes.ts'
import {
  clientOfName,
  type ListName,
  monthStartMs,
  type NetworkId,
  parseListName,
  type RoomName,
} from '../protocol/ids.ts'
import { fail, ok } from '../protocol/result.ts'
import { type MemoryBlobs, openMemoryBlobs } from './memory-blobs.ts'
import type { Growth, HeadedEntry, LoggedEntry, RoomListener, Store } from './store.ts'

interface Room {
  seq: number
  log: LoggedEntry[]
  readonly entriesByList: Map<ListName, HeadedEntry[]>
}

type Rooms = Map<NetworkId, Map<RoomName, Room>>

export interface MemoryStore extends Store {
  /** As a backup restored later: the same relay, without what is appended from now on. */
  copy(): MemoryStore
}

const lengthInBytes = (entry: { readonly entry: Bytes }): number => entry.entry.length

/** The first items within `maxBytes`, but at least one. */
const firstBytes = <Item extends { readonly entry: Bytes }>(items: readonly Item[], maxBytes: number) => {
  let bytes = 0
  let count = 0
  for (const item of items) {
    bytes += lengthInBytes(item)
    if (count > 0 && bytes > maxBytes) break
    count++
  }
  return { entries: items.slice(0, count), more: count < items.length }
}

/** Place of the first entry with a greater seq, by halving. */
const placeAfter = (log: readonly LoggedEntry[], cursor: number): number => {
  let low = 0
  let high = log.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((log[middle] as LoggedEntry).seq > cursor) high = middle
    else low = middle + 1
  }
  return low
}

const appendToRoom = (
  room: Room,
  list: ListName,
  fromIndex: number,
  entries: readonly HeadedEntry[],
): Awaited<ReturnType<Store['append']>> => {
  const held = room.entriesByList.get(list) ?? []
  if (fromIndex > held.length) return fail({ code: 'gap', length: held.length })
  for (const [i, { head }] of entries.entries()) {
    const index = fromIndex + i
    const known = held[index]
    if (known && !equalBytes(known.head, head)) return fail({ code: 'conflict', index, length: held.length })
  }
  const added = entries.slice(held.length - fromIndex)
  if (added.length > 0 && held.length === 0) {
    const client = clientOfName(list)
    for (const other of room.entriesByList.keys())
      if (clientOfName(other) === client) return fail({ code: 'clientTaken' })
    room.entriesByList.set(list, held)
  }
  for (const item of added) {
    room.log.push({ seq: ++room.seq, list, index: held.length, ...item })
    held.push(item)
  }
  return ok({ seq: room.seq, length: held.length, added: added.length })
}

const copyRooms = (rooms: Rooms): Rooms =>
  new Map(
    Array.from(rooms, ([network, byName]) => [
      network,
      new Map(
        Array.from(byName, ([name, room]) => [
          name,
          {
            seq: room.seq,
            log: [...room.log],
            entriesByList: new Map(Array.from(room.entriesByList, ([list, entries]) => [list, [...entries]])),
          },
        ]),
      ),
    ]),
  )

const openWith = (relayId: string, rooms: Rooms, blobs: MemoryBlobs): MemoryStore => {
  const listeners = new Set<RoomListener>()
  const roomOf = (network: NetworkId, name: RoomName): Room | undefined => rooms.get(network)?.get(name)
  const makeRoom = (network: NetworkId, name: RoomName): Room => {
    const byName = rooms.get(network) ?? new Map<RoomName, Room>()
    const room = byName.get(name) ?? { seq: 0, log: [], entriesByList: new Map() }
    rooms.set(network, byName.set(name, room))
    return room
  }

  return {
    relayId,
    blobs,
    async append(network, name, list, fromIndex, entries) {
      const room = makeRoom(network, name)
      const afterSeq = room.seq
      const result = appendToRoom(room, list, fromIndex, entries)
      if (!result.ok || result.value.added === 0) return result
      const growth: Growth = { afterSeq, rows: room.log.slice(-result.value.added) }
      for (const listener of listeners) listener(network, name, result.value.seq, growth)
      return result
    },
    async readSince(network, name, cursor, maxBytes) {
      const log = roomOf(network, name)?.log ?? []
      return firstBytes(log.slice(placeAfter(log, cursor)), maxBytes)
    },
    async readList(network, name, list, fromIndex, maxBytes) {
      return firstBytes(roomOf(network, name)?.entriesByList.get(list)?.slice(fromIndex) ?? [], maxBytes)
    },
    async lengths(network, name) {
      const room = roomOf(network, name)
      const lists = Array.from(room?.entriesByList ?? [], ([list, entries]) => ({
        list,
        length: entries.length,
        head: (entries.at(-1) as HeadedEntry).head,
      }))
      return { seq: room?.seq ?? 0, lists }
    },
    async rooms(network) {
      const ends = Array.from(rooms.get(network) ?? [], ([room, { seq, log }]) => ({ room, seq, log }))
      return ends.filter(({ log }) => log.length > 0).map(({ room, seq }) => ({ room, seq }))
    },
    async monthsBefore(month) {
      const all = Array.from(rooms, ([network, byName]) =>
        Array.from(byName, ([room, { log }]) => ({ network, room, isEmpty: log.length === 0 })),
      ).flat()
      const end = monthStartMs(month as RoomName) ?? 0
      const isOlder = (room: RoomName): boolean => (monthStartMs(room) ?? end) < end
      return all
        .filter(({ room, isEmpty }) => !isEmpty && isOlder(room))
        .map(({ network, room }) => ({ network, room }))
    },
    async bytes(network, device) {
      let bytes = 0
      for (const room of rooms.get(network)?.values() ?? [])
        for (const { list, entry } of room.log)
          if (device === undefined || parseListName(list)?.device === device) bytes += entry.length
      return bytes
    },
    async drop(network, name) {
      const room = roomOf(network, name)
      if (!room) return
      room.log = []
      room.entriesByList.clear()
      for (const listener of listeners) listener(network, name, room.seq)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      listeners.clear()
    },
    copy: () => openWith(relayId, copyRooms(rooms), blobs.copy()),
  }
}

export const openMemoryStore = (relayId: string = toBase64url(randomBytes(16))): MemoryStore =>
  openWith(relayId, new Map(), openMemoryBlobs())
