/** What a new place begins with: all of a copy of another one, beside its own keys. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { restoredKey } from '../../storage/schema.ts'
import type { LocalNetwork } from '../local-network.ts'
import { memberOf } from '../membership.ts'
import type { NetworkCopy } from './network-copy.ts'
import { pourCopy, pourUnsent } from './pour-copy.ts'
import { type RestoredPlace, readRestored } from './restored-place.ts'
import { takeCopy } from './take-copy.ts'

export interface Filling {
  /** before the place is opened: entries into its inbox, pictures and voice notes on its shelf */
  pour(database: NetworkDatabase): Promise<void>
  /** taken once the roster was read: it says which of them are keys of its chains */
  keys: readonly Bytes[]
  contentKeys: readonly Bytes[]
}

export const copyOf = async (local: LocalNetwork, relay: string): Promise<NetworkCopy> => {
  const { database, replica, network, keys, row } = local
  const restored = await readRestored(database)
  const member = restored?.member ?? memberOf(replica.book.roster, keys.device)
  const named = { networkName: row.name, nickname: row.nickname }
  return takeCopy({ database, replica, network, member, relay, ...named }, local.now())
}

/** For a place that this phone is let into; with `restored`, for one that it only reads. */
export const fillingOf = (copy: NetworkCopy, restored: RestoredPlace | null = null): Filling => ({
  pour: async (database) => {
    await pourCopy(copy, database)
    if (!restored) return
    await pourUnsent(copy, database)
    await database.meta.put({ key: restoredKey, value: restored })
  },
  keys: copy.keys,
  contentKeys: copy.contentKeys,
})
