/** Where boxes stand in the store: each under a name computed from its code's id, in a room of the month in which it ends. */

import { type Bytes, concatBytes, sha256, toBase64url, utf8 } from './protocol/bytes.ts'
import {
  type DeviceId,
  idBytes,
  idLength,
  listNameOf,
  monthRoom,
  type NetworkId,
  parseListName,
  type RoomName,
} from './protocol/ids.ts'
import { limits } from './protocol/limits.ts'
import { read } from './protocol/reader.ts'
import { ok, type Result } from './protocol/result.ts'
import { Writer } from './protocol/writer.ts'
import type { AppendFailure, Store } from './storage/store.ts'

/** What was laid down, and by whom. */
export interface ShelvedBox {
  network: NetworkId
  device: DeviceId
  inviteKey: Bytes
  box: Bytes
}

export interface CodeShelf {
  /** Durable when it resolves; the first box under an id stays, another one is a `conflict`. */
  put(id: Bytes, shelved: ShelvedBox, expiresS: number): Promise<Result<null, AppendFailure>>
  find(id: Bytes): Promise<ShelvedBox | null>
  drop(id: Bytes): Promise<void>
  /** Drops everything that ended in a month before this one. */
  sweep(nowMs: number): Promise<void>
}

/** A name of a private space: no network's room is called so, for no relay takes entries for such rooms. */
const roomPrefix = `s-${'A'.repeat(22)}-`
const roomOf = (expiresS: number): RoomName => `${roomPrefix}${monthRoom(expiresS * 1000)}` as RoomName
const isShelf = (room: RoomName): boolean => room.startsWith(roomPrefix)

/** Hashed once more: whoever chooses an id cannot choose a network's. */
const placeOf = async (id: Bytes): Promise<NetworkId> =>
  toBase64url((await sha256(concatBytes(utf8('tadamun/shelf/1'), id))).slice(0, idLength)) as NetworkId

const encode = ({ network, inviteKey, box }: ShelvedBox): Bytes =>
  new Writer().raw(idBytes(network)).raw(inviteKey).varBytes(box).bytes()

const decode = (device: DeviceId, entry: Bytes): ShelvedBox | null => {
  const parsed = read(entry, (reader) => ({
    network: toBase64url(reader.take(idLength)) as NetworkId,
    device,
    inviteKey: reader.take(65),
    box: reader.varBytes(limits.codeBoxBytes),
  }))
  return parsed.ok ? parsed.value : null
}

export const createCodeShelf = (store: Store): CodeShelf => {
  const find = async (id: Bytes): Promise<ShelvedBox | null> => {
    const place = await placeOf(id)
    const room = (await store.rooms(place)).map((end) => end.room).find(isShelf)
    if (!room) return null
    const { entries } = await store.readSince(place, room, 0, limits.codeRequestBytes)
    const [first] = entries
    const author = first && parseListName(first.list)
    return author ? decode(author.device, first.entry) : null
  }

  return {
    find,
    async put(id, shelved, expiresS) {
      const place = await placeOf(id)
      const list = listNameOf({ device: shelved.device, generation: 0 })
      const entry = encode(shelved)
      const headed = { entry, head: await sha256(entry) }
      const appended = await store.append(place, roomOf(expiresS), list, 0, [headed])
      return appended.ok ? ok(null) : appended
    },
    async drop(id) {
      const place = await placeOf(id)
      for (const { room } of await store.rooms(place)) if (isShelf(room)) await store.drop(place, room)
    },
    async sweep(nowMs) {
      const over = await store.monthsBefore(monthRoom(nowMs))
      for (const { network, room } of over) if (isShelf(room)) await store.drop(network, room)
    },
  }
}
