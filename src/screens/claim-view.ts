/** What a claim of mine on a need means for me now: pure, so that Today and the need's page always agree. */

import type { Unsent } from '../hooks/unsent.ts'
import type { ClaimRow } from '../records/claim/claim.ts'
import {
  type ClaimPlace,
  claimLifetimeMs,
  claimReminderMs,
  isExpired,
  type NeedStatus,
  needStatus,
} from '../records/claim/claim-order.ts'
import type { NeedRow } from '../records/need/need.ts'

/**
 * - `local`: only on this phone, so not won by anybody's knowledge but mine
 * - `mine`: it covers · `reserve`: others came before · `turn`: it was reserve, and who came before is gone
 * - `soon`: 36 hours without progress, asked whether it still holds · `expired`: 48 hours · `done`: I said done
 */
export type MyClaimState = 'local' | 'mine' | 'reserve' | 'turn' | 'soon' | 'expired' | 'done'

export interface MyClaim {
  claim: ClaimRow
  state: MyClaimState
  /** how much of the need it covers */
  covers: number
  /** who stands directly before a reserve */
  before: ClaimRow | undefined
  /** ms until it goes back to the list; negative once it has */
  leftMs: number
}

interface Seen {
  need: NeedRow
  /** all claims on it, released ones too */
  claims: readonly ClaimRow[]
  status: NeedStatus
}

/** When a claim stopped covering, or null while it has not. */
const goneAt = (claim: ClaimRow, nowMs: number): number | null => {
  if (claim.state === 'released') return claim.stateAt
  return isExpired(claim, nowMs) ? claim.stateAt + claimLifetimeMs : null
}

/** Whether a claim that covers now would be reserve if those who left since its last progress were still there. */
export const isMyTurn = (mine: ClaimRow, { need, claims }: Seen, nowMs: number): boolean => {
  let anyoneLeft = false
  const asBefore = claims.map((claim): ClaimRow => {
    const left = goneAt(claim, nowMs)
    if (left === null || claim.creator === mine.creator || left <= mine.stateAt) return claim
    anyoneLeft = true
    return { ...claim, state: 'taken', stateAt: nowMs }
  })
  if (!anyoneLeft) return false
  return needStatus(need, asBefore, nowMs).places.some(
    ({ claim, place }) => claim.id === mine.id && place === 'reserve',
  )
}

const stateOf = (place: ClaimPlace, seen: Seen, isUnsent: boolean, nowMs: number): MyClaimState => {
  const { claim } = place
  if (place.expired) return 'expired'
  if (claim.state === 'done') return 'done'
  if (place.place === 'reserve') return 'reserve'
  if (isUnsent) return 'local'
  if (nowMs - claim.stateAt >= claimReminderMs) return 'soon'
  return isMyTurn(claim, seen, nowMs) ? 'turn' : 'mine'
}

/** The claim of `device` that counts: a live one before one that is done, that before an expired one. */
export const myClaim = (seen: Seen, device: string, unsent: Unsent, nowMs: number): MyClaim | undefined => {
  const { places } = seen.status
  const own = places.filter(({ claim }) => claim.creator === device)
  const place = own.find(({ claim, expired }) => !expired && claim.state !== 'done') ?? own[0]
  if (!place) return undefined
  const state = stateOf(place, seen, unsent.isNew(place.claim.id), nowMs)
  const ahead = places[places.indexOf(place) - 1]
  return {
    claim: place.claim,
    state,
    covers: place.covers,
    before: state === 'reserve' && ahead?.claim.creator !== device ? ahead?.claim : undefined,
    leftMs: place.claim.stateAt + claimLifetimeMs - nowMs,
  }
}
