/** Places that the browser has lost with its database: kept once more beside it, and put back before anything is opened. */

import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import { rowFormat } from '../records/row-format.ts'
import { type AppDatabase, type NetworkDatabase, openNetworkDatabase } from '../storage/database.ts'
import { type NetworkRow, restoredKey } from '../storage/schema.ts'
import type { SparePlace, SparePlaces } from '../storage/spare-places.ts'
import { introduceKey, inviteKey } from './joining.ts'
import { inboxRows } from './mirror-ahead.ts'

/** Rows of `meta` that nobody could give this phone again. */
const ownMeta = ['device', 'language', inviteKey, introduceKey, restoredKey]

/** The roster comes in by the inbox, as from anybody. */
const putBack = async (database: NetworkDatabase, place: SparePlace): Promise<void> => {
  const { meta, keys, contentKeys, inbox } = database
  const roster = place.roster.toSorted((a, b) => a.index - b.index)
  await database.transaction('rw', meta, keys, contentKeys, inbox, async () => {
    await meta.bulkPut(place.meta)
    await keys.bulkPut(place.keys)
    await contentKeys.bulkPut(place.contentKeys)
    await inbox.bulkAdd(inboxRows(rosterRoom, roster, 'spare'))
  })
}

/** Gives the number of places that were put back. Where a place is half there, what is there stays. */
export const putBackPlaces = async (
  app: AppDatabase,
  spare: SparePlaces,
  prefix: string,
): Promise<number> => {
  let count = 0
  for (const place of await spare.all()) {
    const row = await app.networks.get(place.networkId)
    // let in anew since then: that place is the one
    if (row && row.deviceId !== place.row.deviceId) continue
    const database = openNetworkDatabase(place.row, rowFormat, prefix)
    try {
      const isHeld = row !== undefined && (await database.meta.get('device')) !== undefined
      if (isHeld) continue
      await putBack(database, place)
      if (!row) await app.networks.put(place.row)
      count++
    } finally {
      database.close()
    }
  }
  return count
}

/** Keeps a place once more where it has changed since `mark`, as an earlier call gave it. */
export const keepSpare = async (
  spare: SparePlaces,
  row: NetworkRow,
  database: NetworkDatabase,
  mark: string,
): Promise<string> => {
  const { usedAt: _, ...lasting } = row
  const meta = (await database.meta.bulkGet(ownMeta)).filter((one) => one !== undefined)
  const tables = [database.keys, database.contentKeys, database.statements]
  const counts = await Promise.all(tables.map((table) => table.count()))
  const now = `${JSON.stringify(lasting)} ${meta.map(({ key }) => key).join()} ${counts.join()}`
  if (now === mark) return mark
  const [keys, contentKeys] = [await database.keys.toArray(), await database.contentKeys.toArray()]
  const roster = await database.statements.toArray()
  await spare.keep({ networkId: row.networkId, row, meta, keys, contentKeys, roster })
  return now
}
