/** What a claim of mine on a need means for me now: pure, so that Today and the need's page always agree. */

import type { Unsent } from '../hooks/unsent.ts'
import type { ClaimRow } from '../records/claim/claim.ts'
import { type ClaimPlace, lifetimeOf, type NeedStatus, reminderOf } from '../records/claim/claim-order.ts'

/**
 * - `local`: only on this phone, so not won by anybody's knowledge but mine
 * - `mine`: it covers · `reserve`: others came before · `turn`: it was reserve, and who came before is gone
 * - `soon`: most of its hours without progress, asked whether it still holds · `expired`: all of them
 * - `done`: I said done · `arrived`: and somebody said so · `missed`: and it has not arrived
 */
export type MyClaimState =
  | 'local'
  | 'mine'
  | 'reserve'
  | 'turn'
  | 'soon'
  | 'expired'
  | 'done'
  | 'arrived'
  | 'missed'

export interface MyClaim {
  claim: ClaimRow
  state: MyClaimState
  /** how much of the need it covers */
  covers: number
  /** who stands directly before a reserve */
  before: ClaimRow | undefined
  /** who stands directly behind one that covers: he came later */
  after: ClaimRow | undefined
  /** ms until it goes back to the list; negative once it has */
  leftMs: number
}

const stateOf = ({ claim, place, expired }: ClaimPlace, isUnsent: boolean, nowMs: number): MyClaimState => {
  if (expired) return 'expired'
  if (place === 'missed') return 'missed'
  if (claim.state === 'done') return claim.word ? 'arrived' : 'done'
  if (place === 'reserve') return 'reserve'
  if (place === 'asked') return 'turn'
  if (isUnsent) return 'local'
  return nowMs - claim.stateAt >= reminderOf(claim) ? 'soon' : 'mine'
}

/** One of this phone's person, as it stands among the others. */
const claimAt = (place: ClaimPlace, { places }: NeedStatus, unsent: Unsent, nowMs: number): MyClaim => {
  const { claim, covers } = place
  const state = stateOf(place, unsent.isNew(claim.id), nowMs)
  const index = places.indexOf(place)
  const [ahead, behind] = [places[index - 1], places[index + 1]]
  const isWaiting = behind?.place === 'reserve' && !behind.expired
  return {
    claim,
    state,
    covers,
    before: state === 'reserve' && ahead?.claim.creator !== claim.creator ? ahead?.claim : undefined,
    after: covers > 0 && claim.state !== 'done' && isWaiting ? behind.claim : undefined,
    leftMs: claim.stateAt + lifetimeOf(claim) - nowMs,
  }
}

/** The note of a no to «it is your turn»; after a yes the next turn is asked about again. */
export const noToTurn = ({ id, stateAt }: Pick<ClaimRow, 'id' | 'stateAt'>): string => `no ${id} ${stateAt}`

/** The claim of `device` that counts: a live one before one that is done, that before an expired one. */
export const myClaim = (
  { status }: { status: NeedStatus },
  device: string,
  unsent: Unsent,
  nowMs: number,
): MyClaim | undefined => {
  const own = status.places.filter(({ claim }) => claim.creator === device)
  const place = own.find(({ claim, expired }) => !expired && claim.state !== 'done') ?? own[0]
  return place && claimAt(place, status, unsent, nowMs)
}
