/** Deletes what tries to join have left that came to nothing: databases of places that this phone does not have. */

import { Dexie } from 'dexie'
import { networkDatabaseName, type Place } from '../storage/schema.ts'

export const clearAbandoned = async (prefix: string, places: readonly Place[]): Promise<void> => {
  const ours = places.map((place) => networkDatabaseName(prefix, place))
  // <22 characters>-<22 characters>, and more for a room
  const ofPlaces = new RegExp(`^${prefix}tadamun-[\\w-]{45}`)
  for (const name of await Dexie.getDatabaseNames()) {
    if (ofPlaces.test(name) && !ours.some((kept) => name.startsWith(kept))) await Dexie.delete(name)
  }
}
