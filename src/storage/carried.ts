/** Packets of other networks that this phone carries closed, in the app's drafts under {@link carriedKey} and their id. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { NetworkId } from '../../sync-server/protocol/ids.ts'

export const carriedKey = 'carried.'

export interface CarriedPacket {
  id: string
  networkId: NetworkId
  /** as it came */
  packet: Bytes
  /** the sender's clock, ms */
  atMs: number
  /** origin of the relay that it is for, as its sender says; '' where he does not */
  relay: string
}
