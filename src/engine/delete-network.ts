/** Deletes what this phone holds of one network: its rows, its rooms, and the keys with them. */

import { Dexie } from 'dexie'
import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import { networkDatabaseName } from '../storage/schema.ts'

/** Every connection to them must be closed before. */
export const deleteNetwork = async (prefix: string, network: NetworkId): Promise<void> => {
  const name = networkDatabaseName(prefix, network)
  const all = await Dexie.getDatabaseNames()
  // rooms are named after their network
  for (const other of all.filter((candidate) => candidate.startsWith(`${name}-`))) await Dexie.delete(other)
  await Dexie.delete(name)
}
