/**
 * Where boxes stand in the store: those that end on one day are one room, under a name that no network has, each box a list
 * of its own. So a day goes as a whole when it is over, and a million codes leave no more behind than a few.
 */

import { type Bytes, concatBytes, sha256, toBase64url, utf8 } from './protocol/bytes.ts'
import {
  type DeviceId,
  idBytes,
  idLength,
  type ListName,
  listNameOf,
  monthRoom,
  type NetworkId,
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
  /** Also what is over, until its day is. */
  find(id: Bytes, nowMs: number): Promise<ShelvedBox | null>
  /** Drops the days that are over. */
  sweep(nowMs: number): Promise<void>
}

const dayS = 24 * 3600
const dayMs = dayS * 1000
/** Days that a box may lie here, today among them. */
const daysAhead = limits.codeLifetimeS / dayS + 1
/** How long a relay may have been away and still forget what ended meanwhile; older days go as months do [R33]. */
const daysBack = 62

/** Days since 1970. */
type Day = number

/** Network ids are hashes as well, of something else: nobody finds a network with this one. */
const placeOf = async (day: Day): Promise<{ network: NetworkId; room: RoomName }> => {
  const hash = await sha256(concatBytes(utf8('tadamun/shelf/1'), new Writer().varUint(day).bytes()))
  return { network: toBase64url(hash.slice(0, idLength)) as NetworkId, room: monthRoom(day * dayMs) }
}

/** An id is as long as a device's. */
const listOf = (id: Bytes): ListName => listNameOf({ device: toBase64url(id) as DeviceId, generation: 0 })

const encode = ({ network, device, inviteKey, box }: ShelvedBox): Bytes =>
  new Writer().raw(idBytes(network)).raw(idBytes(device)).raw(inviteKey).varBytes(box).bytes()

const decode = (entry: Bytes): ShelvedBox | null => {
  const parsed = read(entry, (reader) => ({
    network: toBase64url(reader.take(idLength)) as NetworkId,
    device: toBase64url(reader.take(idLength)) as DeviceId,
    inviteKey: reader.take(65),
    box: reader.varBytes(limits.codeBoxBytes),
  }))
  return parsed.ok ? parsed.value : null
}

export const createCodeShelf = (store: Store): CodeShelf => ({
  async put(id, shelved, expiresS) {
    const { network, room } = await placeOf(Math.floor(expiresS / dayS))
    const entry = encode(shelved)
    const headed = { entry, head: await sha256(entry) }
    const appended = await store.append(network, room, listOf(id), 0, [headed])
    return appended.ok ? ok(null) : appended
  },

  async find(id, nowMs) {
    const today = Math.floor(nowMs / dayMs)
    for (let day = today; day <= today + daysAhead; day++) {
      const { network, room } = await placeOf(day)
      const { entries } = await store.readList(network, room, listOf(id), 0, limits.codeRequestBytes)
      const [first] = entries
      if (first) return decode(first.entry)
    }
    return null
  },

  async sweep(nowMs) {
    const today = Math.floor(nowMs / dayMs)
    for (let day = today - daysBack; day < today; day++) {
      const { network } = await placeOf(day)
      for (const { room } of await store.rooms(network)) await store.drop(network, room)
    }
  },
})
