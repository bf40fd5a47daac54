/** When an own entry may leave the outbox: behind the room's barrier and with a relay's receipt, in either order. */

import type { ListName, RoomName } from '../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from './database.ts'

/** Says of rows that their entries are in the room's log behind a strict barrier. */
export const markLogged = (database: NetworkDatabase, ids: readonly number[]): Promise<void> =>
  database.transaction('rw', database.outbox, async () => {
    for (const row of await database.outbox.bulkGet([...ids])) {
      if (row?.id === undefined) continue
      if (row.delivered === 1) await database.outbox.delete(row.id)
      else await database.outbox.update(row.id, { logged: 1 })
    }
  })

/** A relay holds the first `length` entries of an own list durably. Gives the number of rows that were news. */
export const markDelivered = (
  database: NetworkDatabase,
  room: RoomName,
  list: ListName,
  length: number,
): Promise<number> =>
  database.transaction('rw', database.outbox, async () => {
    let news = 0
    const rows = await database.outbox.where({ room }).toArray()
    for (const row of rows) {
      if (row.id === undefined || row.list !== list || row.index >= length) continue
      if (row.delivered === 0) news++
      if (row.logged === 1) await database.outbox.delete(row.id)
      else await database.outbox.put({ ...row, delivered: 1 })
    }
    return news
  })
