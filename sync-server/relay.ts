/** The relay itself, without a network: bytes of a request in, bytes of an answer out, and live lines. */

import { type Answer, type ExchangeDependencies, exchange } from './exchange.ts'
import { createLiveRooms, type LiveRooms } from './live/live-rooms.ts'
import { createRosters } from './network-roster.ts'
import { limits } from './protocol/limits.ts'
import { createRoomStates } from './room-states.ts'
import type { StoreFailure } from './run-intake.ts'
import type { Store } from './storage/store.ts'
import { createTokenBuckets } from './token-buckets.ts'

export interface RelayOptions {
  /** stays the caller's: the relay does not close it */
  readonly store: Store
  /** ms since 1970 */
  readonly now?: () => number
  /** may anybody found a network here? yes unless said otherwise */
  readonly isOpen?: boolean
  /** [R4] [R32]; `limits` of the protocol unless said otherwise */
  readonly networkBytes?: number
  readonly deviceBytes?: number
  readonly verifiesPerSecond?: number
  readonly verifyBurst?: number
  readonly onStoreFailure?: (failure: StoreFailure) => void
  /** a fault of the relay itself that ended a live session */
  readonly onFault?: (cause: unknown) => void
}

export interface Relay {
  readonly relayId: string
  /** The answer to the body of one `POST /v1/sync`; `origins` are those under which phones know this relay. */
  exchange(body: Uint8Array, origins: readonly string[]): Promise<Answer>
  readonly live: LiveRooms
}

export const createRelay = (options: RelayOptions): Relay => {
  const { store, now = Date.now } = options
  const { verifiesPerSecond = limits.verifiesPerSecond, verifyBurst = limits.verifyBurst } = options
  const dependencies: ExchangeDependencies = {
    store,
    now,
    rosters: createRosters(store),
    states: createRoomStates(store),
    isOpen: options.isOpen ?? true,
    networkBytes: options.networkBytes ?? limits.networkBytes,
    deviceBytes: options.deviceBytes ?? limits.deviceBytes,
    verifies: createTokenBuckets(verifiesPerSecond, verifyBurst, now),
    onStoreFailure: options.onStoreFailure ?? (() => undefined),
  }
  const live = createLiveRooms({ ...dependencies, onFault: options.onFault ?? (() => undefined) })
  return { relayId: store.relayId, exchange: (body, origins) => exchange(dependencies, body, origins), live }
}
