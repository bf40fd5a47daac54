/** Reads from the outbox which things are still on this phone only. */

import type { NetworkDatabase } from '../storage/database.ts'
import type { OutboxRow } from '../storage/schema.ts'
import { type Unsent, unsentRows } from './unsent.ts'
import { useLiveQuery } from './use-live-query.ts'

const nothing: Unsent = { has: () => false, isNew: () => false }

/** Ids of the records that entries of the outbox create. Entries of one list lie side by side: one read for each list. */
const createdBy = async (db: NetworkDatabase, rows: readonly OutboxRow[]): Promise<Set<string>> => {
  const byList = new Map<string, OutboxRow[]>()
  for (const row of rows) {
    const key = `${row.room} ${row.list}`
    byList.set(key, [...(byList.get(key) ?? []), row])
  }
  const created = new Set<string>()
  for (const entries of byList.values()) {
    const indexes = new Set(entries.map(({ index }) => index))
    const first = entries[0]
    if (!first) continue
    const place = (index: number, position: number) => [first.room, first.list, index, position]
    const operations = await db.operations
      .where('[room+list+index+position]')
      .between(place(Math.min(...indexes), 0), place(Math.max(...indexes), Number.MAX_SAFE_INTEGER))
      .toArray()
    for (const { op, index, recordId } of operations) {
      if (op === 'create' && indexes.has(index)) created.add(recordId)
    }
  }
  return created
}

/** `undefined` until read: nothing is said to be safe before that is known. */
export const useUnsentThings = (): Unsent | undefined =>
  useLiveQuery(async (db): Promise<Unsent> => {
    const rows = await unsentRows(db)
    if (rows.length === 0) return nothing
    const changed = new Set(rows.flatMap((row) => row.recordIds))
    const created = await createdBy(db, rows)
    return { has: (id) => changed.has(id), isNew: (id) => created.has(id) }
  })
