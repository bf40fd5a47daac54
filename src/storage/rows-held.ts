/** What a receipt says of own entries: the engine and the service worker read it alike. */

import { equalBytes } from '../../sync-server/protocol/bytes.ts'
import type { ListRow, OutboxRow } from './schema.ts'

/**
 * Rows of one own list that a relay holds, by its receipt. The head says that what it holds is ours: a phone that lived
 * twice has signed another history of the same length. `held`: the list in our log, where the last row may have gone.
 */
export const rowsHeld = (
  rows: readonly OutboxRow[],
  held: ListRow | undefined,
  { length, head }: Pick<ListRow, 'length' | 'head'>,
): OutboxRow[] => {
  const last = rows.find(({ index }) => index === length - 1) ?? held
  return last && equalBytes(last.head, head) ? rows.filter(({ index }) => index < length) : []
}
