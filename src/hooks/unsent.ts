/** What is still on this phone only: things with any change that has not left, and things that have not left at all. */

import type { NetworkDatabase } from '../storage/database.ts'
import type { OutboxRow } from '../storage/schema.ts'

export interface Unsent {
  /** something about it has not left this phone */
  has(recordId: string): boolean
  /** nothing of it has: nobody else can know that it is there */
  isNew(recordId: string): boolean
}

/** Own entries that no relay has confirmed yet, oldest first. There are few, and a filter of the database's own steps from one to the next. */
export const unsentRows = (database: NetworkDatabase): PromiseLike<OutboxRow[]> =>
  database.outbox.toArray().then((rows) => rows.filter(({ delivered }) => delivered === 0))
