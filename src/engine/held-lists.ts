/** What this phone holds of every list: length and head, in memory for the rooms in use and in `lists` on disk. */

import { noHead } from '../../sync-server/protocol/entry.ts'
import type { ListName, RoomName } from '../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { ListRow } from '../storage/schema.ts'

export class HeldLists {
  readonly #database: NetworkDatabase
  readonly #byRoom = new Map<RoomName, Map<ListName, ListRow>>()

  constructor(database: NetworkDatabase) {
    this.#database = database
  }

  /** Lists of a room by name; the map is live: {@link keep} changes it. */
  async ofRoom(room: RoomName): Promise<Map<ListName, ListRow>> {
    const known = this.#byRoom.get(room)
    if (known) return known
    const rows = await this.#database.lists.where({ room }).toArray()
    const lists = new Map(rows.map((row) => [row.list, row] as const))
    this.#byRoom.set(room, lists)
    return lists
  }

  async get(room: RoomName, list: ListName): Promise<ListRow> {
    return (await this.ofRoom(room)).get(list) ?? { room, list, length: 0, head: noHead() }
  }

  /** Once the rows are on disk. */
  keep(rows: readonly ListRow[]): void {
    for (const row of rows) this.#byRoom.get(row.room)?.set(row.list, row)
  }
}
