/** What a new place begins with: all of a copy, beside its own keys. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkDatabase } from '../../storage/database.ts'

export interface Filling {
  /** before the place is opened: entries into its inbox, pictures and voice notes on its shelf */
  pour(database: NetworkDatabase): Promise<void>
  /** taken once the roster was read: it says which of them are keys of its chains */
  keys: readonly Bytes[]
  contentKeys: readonly Bytes[]
}
