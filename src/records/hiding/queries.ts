/** Hidings as screens ask for them; for Dexie's liveQuery. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { coordinatorsNow } from './coordinators-now.ts'
import { type HidingRow, hidingType } from './hiding.ts'
import { type HidingView, hidingOf } from './hiding-of.ts'

/** Of everything that any coordinator wanted hidden, by the id of the thing; there are few. */
export const allHidings = async (db: NetworkDatabase): Promise<Map<string, HidingView>> => {
  const byThing = new Map<string, HidingRow[]>()
  for (const row of await db.table<HidingRow, string>(hidingType.table).toArray())
    byThing.set(row.aboutId, [...(byThing.get(row.aboutId) ?? []), row])
  if (byThing.size === 0) return new Map()
  const coordinators = await coordinatorsNow(db)
  return new Map([...byThing].map(([id, rows]) => [id, hidingOf(rows, coordinators)]))
}
