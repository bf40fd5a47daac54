/**
 * Own operations that not all can open: sealed under a key that was stated for a removal which others made void, or no
 * more than a vote. Such a key is in no chain; what it sealed is written again under the current one.
 */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { OperationRow } from '../storage/schema.ts'
import type { OpeningKeys } from './opening.ts'
import { draftsAgain } from './own-cuts.ts'
import type { EntryDraft } from './writer.ts'

const nameOf = ({ recordId, op, at }: OperationRow): string => `${recordId} ${op} ${at.join()}`

/** The same operations under the same ids and stamps; none once each of them stands under another key as well. */
export const unreadAgain = async (
  database: NetworkDatabase,
  keys: OpeningKeys,
  roster: Roster,
  me: DeviceId,
): Promise<EntryDraft[]> => {
  const lost = keys.keyring.outside(roster)
  if (lost.size === 0) return []
  const own = await database.operations.where('author').equals(me).toArray()
  const readable = new Set(own.filter(({ keyId }) => !lost.has(keyId)).map(nameOf))
  const byList = new Map<string, OperationRow[]>()
  for (const row of own) {
    if (!lost.has(row.keyId) || readable.has(nameOf(row))) continue
    const place = `${row.room} ${row.list}`
    byList.set(place, [...(byList.get(place) ?? []), row])
  }
  return [...byList.values()].flatMap((rows) =>
    rows[0] ? draftsAgain(rows, rows[0].room, keys, roster) : [],
  )
}
