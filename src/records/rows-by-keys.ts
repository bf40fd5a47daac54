/** Rows by the values of an index, or all rows that are in it. */

import { Dexie, type Table } from 'dexie'

/** Above this many keys, reading the whole table at once is faster than asking for each. */
const maxKeys = 200

/**
 * Rows that have one of these values in the index; of very many values, all rows that have any. One request for each
 * value in one transaction: Dexie's `anyOf` steps a cursor from value to value and waits for an answer at each step.
 */
export const rowsByKeys = <Row>(
  table: Table<Row, string>,
  index: string,
  keys: readonly string[],
): PromiseLike<Row[]> => {
  if (keys.length === 0) return Dexie.Promise.resolve([])
  if (keys.length > maxKeys) return table.orderBy(index).toArray()
  return table.db.transaction('r', table, () =>
    Dexie.Promise.all(keys.map((key) => table.where(index).equals(key).toArray())).then((found) =>
      found.flat(),
    ),
  )
}
