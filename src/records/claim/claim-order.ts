/** Who has a need, and who is reserve: a pure function of the claims, so that every phone names the same winner. */

import { compareText } from '../compare-text.ts'
import type { NeedRow } from '../need/need.ts'
import type { ClaimRow } from './claim.ts'

/** Without progress for two days a claim no longer covers. */
export const claimLifetimeMs = 48 * 3600 * 1000
/** From here on its author is asked whether it still holds. */
export const claimReminderMs = 36 * 3600 * 1000

export interface ClaimPlace {
  claim: ClaimRow
  place: 'covering' | 'reserve'
  /** how much of the quantity it covers, 0 for a reserve */
  covers: number
  expired: boolean
}

export interface NeedStatus {
  state: 'open' | 'covered' | 'done' | 'cancelled'
  /** 0 to the need's quantity */
  covered: number
  /** in order: done, live, expired; released claims are not among them */
  places: ClaimPlace[]
}

/** Whether a claim is a promise that still holds: neither done nor released, and progress within 48 hours. */
export const isLive = (claim: ClaimRow, nowMs: number): boolean =>
  (claim.state === 'taken' || claim.state === 'onWay') && !isExpired(claim, nowMs)

/** Derived from clocks when it is read, never written; a done claim does not expire. */
export const isExpired = (claim: ClaimRow, nowMs: number): boolean =>
  (claim.state === 'taken' || claim.state === 'onWay') && nowMs - claim.stateAt >= claimLifetimeMs

/** Firm before provisional; firm by the time they became firm, provisional by claimed time; then by id. */
export const compareClaims = (a: ClaimRow, b: ClaimRow): number => {
  if (a.firmAt !== null && b.firmAt !== null) return a.firmAt - b.firmAt || compareText(a.id, b.id)
  if (a.firmAt !== null) return -1
  if (b.firmAt !== null) return 1
  return a.takenAt - b.takenAt || compareText(a.id, b.id)
}

const isEarlier = (a: ClaimRow, b: ClaimRow): boolean =>
  a.takenAt - b.takenAt < 0 || (a.takenAt === b.takenAt && a.id < b.id)

/** One live claim for each member: the earliest. */
const liveClaims = (claims: readonly ClaimRow[], nowMs: number): ClaimRow[] => {
  const earliestByMember = new Map<string, ClaimRow>()
  for (const claim of claims) {
    if (!isLive(claim, nowMs)) continue
    const held = earliestByMember.get(claim.creator)
    if (!held || isEarlier(claim, held)) earliestByMember.set(claim.creator, claim)
  }
  return [...earliestByMember.values()].sort(compareClaims)
}

/**
 * Done claims cover first, because what has been brought outranks every promise; then live ones in the order
 * of {@link compareClaims}. The rest are reserve in that order. `claims` are those on this need, in any order.
 */
export const needStatus = (
  need: Pick<NeedRow, 'quantity' | 'cancelled'>,
  claims: readonly ClaimRow[],
  nowMs: number,
): NeedStatus => {
  const done = claims.filter(({ state }) => state === 'done').sort(compareClaims)
  const expired = claims.filter((claim) => isExpired(claim, nowMs)).sort(compareClaims)
  const places: ClaimPlace[] = []
  let covered = 0
  let brought = 0
  for (const claim of [...done, ...liveClaims(claims, nowMs)]) {
    const covers = Math.min(claim.amount, need.quantity - covered)
    covered += covers
    if (claim.state === 'done') brought += covers
    places.push({ claim, place: covers > 0 ? 'covering' : 'reserve', covers, expired: false })
  }
  for (const claim of expired) places.push({ claim, place: 'reserve', covers: 0, expired: true })
  return { state: stateOf(need, covered, brought), covered, places }
}

const stateOf = (
  { quantity, cancelled }: Pick<NeedRow, 'quantity' | 'cancelled'>,
  covered: number,
  brought: number,
): NeedStatus['state'] => {
  if (cancelled) return 'cancelled'
  if (brought >= quantity) return 'done'
  return covered >= quantity ? 'covered' : 'open'
}
