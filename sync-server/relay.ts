/** The relay itself, without a network: bytes of a request in, bytes of an answer out, and live lines. */

import { type BlobDesk, createBlobDesk } from './blob-desk.ts'
import { type CodeDesk, createCodeDesk } from './code-desk.ts'
import { type Answer, type ExchangeDependencies, exchange } from './exchange.ts'
import { createLiveRooms, type LiveRooms } from './live/live-rooms.ts'
import { createRosters } from './network-roster.ts'
import type { ListRefusal } from './protocol/exchange.ts'
import { limits } from './protocol/limits.ts'
import { createStoreProbe } from './readiness.ts'
import { createRoomStates } from './room-states.ts'
import type { StoreFailure } from './run-intake.ts'
import type { Store } from './storage/store.ts'
import { createTokenBuckets, type TokenBuckets } from './token-buckets.ts'

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
  readonly networkBlobBytes?: number
  readonly deviceBlobBytes?: number
  readonly verifiesPerSecond?: number
  readonly verifyBurst?: number
  /** [R23]; the same */
  readonly messagesPerSecond?: number
  readonly messageBurst?: number
  readonly sessionsOfDevice?: number
  /** [R30] [R33]; the same */
  readonly retentionMonths?: number
  readonly onStoreFailure?: (failure: StoreFailure) => void
  /** for counting: verifications granted, and updates (or parts) that were not taken */
  readonly onVerified?: (count: number) => void
  readonly onRefused?: (reason: ListRefusal) => void
  /** a picture or voice note became whole */
  readonly onBlobKept?: (bytes: number) => void
  /** a fault of the relay itself that ended a live session */
  readonly onFault?: (cause: unknown) => void
}

export interface Relay {
  readonly relayId: string
  /** The answer to the body of one `POST /v1/sync`; `origins` are those under which phones know this relay. */
  exchange(body: Uint8Array, origins: readonly string[]): Promise<Answer>
  /** The answer to the body of one `POST /v1/code` [R34]. */
  readonly codes: CodeDesk
  /** The answer to the body of one `POST /v1/blob` [R31]. */
  readonly blobs: BlobDesk
  readonly live: LiveRooms
  /** Does the store answer, within two seconds? */
  isStoreUp(): Promise<boolean>
}

const ignore = (): void => undefined

/** The same buckets; what they grant is told. */
const toldBuckets = (buckets: TokenBuckets, onTaken: (count: number) => void): TokenBuckets => ({
  ...buckets,
  take(key, amount) {
    const granted = buckets.take(key, amount)
    if (granted > 0) onTaken(granted)
    return granted
  },
})

export const createRelay = (options: RelayOptions): Relay => {
  const { store, now = Date.now } = options
  const { verifiesPerSecond = limits.verifiesPerSecond, verifyBurst = limits.verifyBurst } = options
  const verifies = createTokenBuckets(verifiesPerSecond, verifyBurst, now)
  const dependencies: ExchangeDependencies = {
    store,
    now,
    rosters: createRosters(store),
    states: createRoomStates(store),
    isOpen: options.isOpen ?? true,
    networkBytes: options.networkBytes ?? limits.networkBytes,
    deviceBytes: options.deviceBytes ?? limits.deviceBytes,
    retentionMonths: options.retentionMonths ?? limits.retentionMonths,
    onRefused: options.onRefused ?? ignore,
    verifies: toldBuckets(verifies, options.onVerified ?? ignore),
    onStoreFailure: options.onStoreFailure ?? ignore,
  }
  const live = createLiveRooms({
    ...dependencies,
    messages: createTokenBuckets(
      options.messagesPerSecond ?? limits.liveMessagesPerSecond,
      options.messageBurst ?? limits.liveMessageBurst,
      now,
    ),
    sessionsOfDevice: options.sessionsOfDevice ?? limits.liveSessions,
    onFault: options.onFault ?? ignore,
  })
  return {
    relayId: store.relayId,
    exchange: (body, origins) => exchange(dependencies, body, origins),
    codes: createCodeDesk(dependencies),
    blobs: createBlobDesk({
      ...dependencies,
      networkBlobBytes: options.networkBlobBytes ?? limits.networkBlobBytes,
      deviceBlobBytes: options.deviceBlobBytes ?? limits.deviceBlobBytes,
      onBlobKept: options.onBlobKept ?? ignore,
    }),
    live,
    isStoreUp: createStoreProbe(store),
  }
}
