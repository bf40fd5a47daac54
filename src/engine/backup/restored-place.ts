/** A place that came out of a backup: all of it can be read, nothing is written or sent, until this phone is let in anew. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { DeviceId, ListName, RoomName } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'

/** What an own entry says that no relay has confirmed: operations as they were sealed. */
export interface UnsentOperations {
  room: RoomName
  list: ListName
  index: number
  plaintext: Bytes
}

export interface RestoredPlace {
  /** the person whose phone it was */
  member: DeviceId
  /** ms since 1970 */
  madeAt: number
  /** said again once this phone is in, where others do not have it by then */
  unsent: UnsentOperations[]
}

/** In `meta`. */
export const restoredKey = 'restored'

export const readRestored = async (database: NetworkDatabase): Promise<RestoredPlace | null> =>
  ((await database.meta.get(restoredKey))?.value as RestoredPlace | undefined) ?? null
