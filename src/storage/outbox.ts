/** When an own entry may leave the outbox: behind the room's barrier and with a relay's receipt, in either order. */

import type { NetworkDatabase } from './database.ts'
import { rowsHeld } from './rows-held.ts'
import type { ListRow, OutboxRow } from './schema.ts'

/** Says of rows that their entries are in the room's log behind a strict barrier. */
export const markLogged = (database: NetworkDatabase, ids: readonly number[]): Promise<void> =>
  database.transaction('rw', database.outbox, async () => {
    for (const row of await database.outbox.bulkGet([...ids])) {
      if (row?.id === undefined) continue
      if (row.delivered === 1) await database.outbox.delete(row.id)
      else await database.outbox.update(row.id, { logged: 1 })
    }
  })

/** A relay holds so much of an own list durably. Gives the number of rows that were news. */
export const markDelivered = (
  database: NetworkDatabase,
  { room, list, length, head }: ListRow,
): Promise<number> =>
  database.transaction('rw', database.outbox, database.lists, async () => {
    let news = 0
    const rows = (await database.outbox.where({ room }).toArray()).filter((row) => row.list === list)
    for (const row of rowsHeld(rows, await database.lists.get([room, list]), { length, head })) {
      if (row.id === undefined) continue
      if (row.delivered === 0) news++
      if (row.logged === 1) await database.outbox.delete(row.id)
      else await database.outbox.put({ ...row, delivered: 1 })
    }
    return news
  })

type Place = Pick<OutboxRow, 'room' | 'list' | 'index'>

/** Own entries from this place on that are on this phone only, as far as it knows. */
export const unsentFrom = async (
  database: NetworkDatabase,
  { room, list, index }: Place,
): Promise<OutboxRow[]> =>
  (await database.outbox.where({ room }).toArray()).filter(
    (row) => row.list === list && row.index >= index && row.delivered === 0,
  )

/** True while this one is among them. */
export const isUnsent = async (database: NetworkDatabase, place: Place): Promise<boolean> =>
  (await unsentFrom(database, place)).some((row) => row.index === place.index)

/** For those that no relay will ever take. */
export const forgetUnsent = async (database: NetworkDatabase, place: Place): Promise<void> => {
  const ids = (await unsentFrom(database, place)).flatMap(({ id }) => (id === undefined ? [] : [id]))
  await database.outbox.bulkDelete(ids)
}
