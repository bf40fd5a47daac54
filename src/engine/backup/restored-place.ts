/** A place that came out of a backup: all of it can be read, nothing is written or sent, until this phone is let in anew. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { restoredKey } from '../../storage/schema.ts'

export interface RestoredPlace {
  /** the person whose phone it was */
  member: DeviceId
  /** ms since 1970 */
  madeAt: number
}

export const readRestored = async (database: NetworkDatabase): Promise<RestoredPlace | null> =>
  ((await database.meta.get(restoredKey))?.value as RestoredPlace | undefined) ?? null
