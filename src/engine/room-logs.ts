/** The rooms whose logs are in memory; on opening, a log that lost its end is noticed and asked for again. */

import { headHash, noHead, parseEntry } from '../../sync-server/protocol/entry.ts'
import {
  type DeviceId,
  type ListName,
  type NetworkId,
  parseListName,
  type RoomName,
} from '../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { type ListRow, roomDatabaseName } from '../storage/schema.ts'
import type { HeldLists } from './held-lists.ts'
import { RoomLog } from './room-log.ts'

export interface RoomLogParts {
  database: NetworkDatabase
  network: NetworkId
  device: DeviceId
  prefix: string
  held: HeldLists
  /** called when a room's log holds less than was taken in before: fill it from the mirror, ask relays from 0 */
  onShortened(room: RoomName): Promise<void>
}

export class RoomLogs {
  readonly #parts: RoomLogParts
  readonly #open = new Map<RoomName, RoomLog>()

  constructor(parts: RoomLogParts) {
    this.#parts = parts
  }

  async get(room: RoomName): Promise<RoomLog> {
    const held = this.#open.get(room)
    if (held) return held
    const { network, device, prefix } = this.#parts
    const name = roomDatabaseName(prefix, { networkId: network, deviceId: device }, room)
    const log = await RoomLog.open(name, device)
    this.#open.set(room, log)
    if (await this.#shorten(room, log)) await this.#parts.onShortened(room)
    return log
  }

  /** After a barrier that failed: what is on disk counts, not what is in memory. */
  async reopen(room: RoomName): Promise<void> {
    await this.#open.get(room)?.close()
    this.#open.delete(room)
    await this.get(room)
  }

  async close(): Promise<void> {
    for (const log of this.#open.values()) await log.close()
    this.#open.clear()
  }

  /** Sets lists back to what the log holds; true when any was longer. */
  async #shorten(room: RoomName, log: RoomLog): Promise<boolean> {
    const { database, held } = this.#parts
    const shorter: ListRow[] = []
    for (const row of (await held.ofRoom(room)).values()) {
      const length = log.length(row.list)
      if (length < row.length)
        shorter.push({ ...row, length, head: await this.headAfter(room, log, row.list, length) })
    }
    if (shorter.length === 0) return false
    await database.transaction('rw', database.lists, database.cursors, async () => {
      await database.lists.bulkPut(shorter)
      await database.cursors.where('room').equals(room).delete()
    })
    held.keep(shorter)
    return true
  }

  /** Head hash of the first `length` entries, computed along the list. */
  async headAfter(room: RoomName, log: RoomLog, list: ListName, length: number): Promise<ListRow['head']> {
    const key = parseListName(list)
    let previous = noHead()
    for (const [index, bytes] of log.entriesFrom(list, 0).slice(0, length).entries()) {
      const entry = parseEntry(bytes)
      if (!key || !entry.ok) break
      previous = await headHash(
        { network: this.#parts.network, room, list: key, index, previous },
        entry.value.unsigned,
      )
    }
    return previous
  }
}
