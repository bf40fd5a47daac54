/** Who has a need, and who is reserve: a pure function of the claims, so that every phone names the same winner. */

import { compareText } from '../compare-text.ts'
import type { NeedRow } from '../need/need.ts'
import { type ClaimRow, promiseHours } from './claim.ts'

const hourMs = 3600 * 1000

/** Without progress for so long a claim no longer covers, where the network has said nothing else. */
export const claimLifetimeMs = promiseHours.usual * hourMs

/** The claim itself says it: so every phone, whatever of the network's wishes has reached it, names the same winner. */
export const lifetimeOf = ({ hours }: Pick<ClaimRow, 'hours'>): number => hours * hourMs
/** From here on its author is asked whether it still holds: the last quarter. */
export const reminderOf = (claim: Pick<ClaimRow, 'hours'>): number => lifetimeOf(claim) * 0.75
/** So long a reserve is waited for whose turn it is, half a day at most; then the next one is asked as well. */
const answerOf = (claim: ClaimRow): number => Math.min(12 * hourMs, lifetimeOf(claim) / 4)

export interface ClaimPlace {
  claim: ClaimRow
  /**
   * - `covering` · `reserve`
   * - `asked`: it was reserve, who came before has let go, and it covers once its author says that it still holds:
   *   until then the need is open to everybody, so that nobody sees who says no and nothing waits for him
   * - `missed`: its author says it is done, and what he brought has not arrived
   */
  place: 'covering' | 'asked' | 'reserve' | 'missed'
  /** how much of the quantity it covers, 0 where it does not cover */
  covers: number
  expired: boolean
}

export interface NeedStatus {
  /** `done` waits for the word of who asked or a coordinator; `confirmed`: it has arrived */
  state: 'open' | 'covered' | 'done' | 'confirmed' | 'cancelled'
  /** 0 to the need's quantity */
  covered: number
  /** in order: done, live, missed, expired; released claims are not among them */
  places: ClaimPlace[]
}

/** What the order asks of a need. */
type Asked = Pick<NeedRow, 'quantity' | 'cancelled' | 'creator'>

/** Whether nothing more is to be done about a need: met, or cancelled. */
export const isOver = ({ state }: Pick<NeedStatus, 'state'>): boolean =>
  state !== 'open' && state !== 'covered'

const isPromise = ({ state }: ClaimRow): boolean => state === 'taken' || state === 'onWay'

/** Whether a claim is a promise that still holds: neither done nor released, and progress within its hours. */
export const isLive = (claim: ClaimRow, nowMs: number): boolean =>
  isPromise(claim) && !isExpired(claim, nowMs)

/** Derived from clocks when it is read, never written; a done claim does not expire. */
export const isExpired = (claim: ClaimRow, nowMs: number): boolean =>
  isPromise(claim) && nowMs - claim.stateAt >= lifetimeOf(claim)

const isMissed = ({ state, word }: ClaimRow): boolean => state === 'done' && word?.received === false
const isBrought = (claim: ClaimRow): boolean => claim.state === 'done' && !isMissed(claim)

/** Who wrote a need down and brought it himself has said all with that. */
const hasArrived = (claim: ClaimRow, need: Asked): boolean =>
  isBrought(claim) && (claim.word !== null || claim.creator === need.creator)

/** Firm before provisional; firm by the time they became firm, provisional by claimed time; then by id. */
export const compareClaims = (a: ClaimRow, b: ClaimRow): number => {
  if (a.firmAt !== null && b.firmAt !== null) return a.firmAt - b.firmAt || compareText(a.id, b.id)
  if (a.firmAt !== null) return -1
  if (b.firmAt !== null) return 1
  return a.takenAt - b.takenAt || compareText(a.id, b.id)
}

/** In order, one for each member: two phones of one person may both have taken it. */
const liveClaims = (claims: readonly ClaimRow[], nowMs: number): ClaimRow[] => {
  const firstByMember = new Map<string, ClaimRow>()
  for (const claim of claims.filter((one) => isLive(one, nowMs)).sort(compareClaims)) {
    if (!firstByMember.has(claim.creator)) firstByMember.set(claim.creator, claim)
  }
  return [...firstByMember.values()]
}

/** What each covers of the quantity; 0 for a reserve. */
const coverage = (quantity: number, inOrder: readonly ClaimRow[]): Map<ClaimRow, number> => {
  let left = quantity
  const byClaim = new Map<ClaimRow, number>()
  for (const claim of inOrder) {
    const covers = Math.min(claim.amount, left)
    byClaim.set(claim, covers)
    left -= covers
  }
  return byClaim
}

/** When a claim stopped covering, or null while it has not. */
const goneAt = (claim: ClaimRow, nowMs: number): number | null => {
  if (claim.state === 'released') return claim.stateAt
  if (isMissed(claim)) return claim.word?.at ?? claim.stateAt
  return isExpired(claim, nowMs) ? claim.stateAt + lifetimeOf(claim) : null
}

/**
 * Since when it would be this provisional claim's turn: the last time that somebody let go since its author was heard
 * of, if it would be reserve were they all still there; else null. A firm one has been promised and is not asked.
 */
const turnSince = (
  mine: ClaimRow,
  need: Asked,
  claims: readonly ClaimRow[],
  nowMs: number,
): number | null => {
  if (mine.firmAt !== null) return null
  let since: number | null = null
  const asBefore = claims.map((claim): ClaimRow => {
    const left = goneAt(claim, nowMs)
    if (left === null || claim.creator === mine.creator || left <= mine.stateAt) return claim
    since = Math.max(since ?? left, left)
    return { ...claim, state: 'taken', stateAt: nowMs }
  })
  if (since === null) return null
  const inOrder = [...asBefore.filter(isBrought).sort(compareClaims), ...liveClaims(asBefore, nowMs)]
  return coverage(need.quantity, inOrder).get(mine) === 0 ? since : null
}

/** Of those whose turn it would be, the ones that are asked: in order as far as there is room, and the next after each silence. */
const askedOf = (turns: ReadonlyMap<ClaimRow, number>, room: number, nowMs: number): Set<ClaimRow> => {
  const asked = new Set<ClaimRow>()
  let left = room
  let waitMs = 0
  for (const [claim, since] of turns) {
    if (left <= 0) break
    asked.add(claim)
    waitMs += answerOf(claim)
    if (nowMs - since < waitMs) left -= claim.amount
  }
  return asked
}

/**
 * Done claims cover first, because what has been brought outranks every promise; then live ones in the order
 * of {@link compareClaims}. The rest are reserve in that order. `claims` are those on this need, in any order.
 */
export const needStatus = (need: Asked, claims: readonly ClaimRow[], nowMs: number): NeedStatus => {
  const live = liveClaims(claims, nowMs)
  const turns = new Map<ClaimRow, number>()
  for (const claim of live) {
    const since = turnSince(claim, need, claims, nowMs)
    if (since !== null) turns.set(claim, since)
  }
  const done = claims.filter(isBrought).sort(compareClaims)
  const coversBy = coverage(need.quantity, [...done, ...live.filter((claim) => !turns.has(claim))])
  const sum = (some: readonly ClaimRow[]): number =>
    some.reduce((total, claim) => total + (coversBy.get(claim) ?? 0), 0)
  const covered = sum([...done, ...live])
  const asked = askedOf(turns, need.quantity - covered, nowMs)
  const placeOf = (claim: ClaimRow): ClaimPlace => {
    const covers = coversBy.get(claim) ?? 0
    const place =
      covers > 0 ? 'covering' : asked.has(claim) ? 'asked' : isMissed(claim) ? 'missed' : 'reserve'
    return { claim, place, covers, expired: isExpired(claim, nowMs) }
  }
  const over = [isMissed, (claim: ClaimRow) => isExpired(claim, nowMs)].flatMap((isGone) =>
    claims.filter(isGone).sort(compareClaims),
  )
  const arrived = sum(done.filter((claim) => hasArrived(claim, need)))
  const state = stateOf(need, { covered, brought: sum(done), arrived })
  return { state, covered, places: [...done, ...live, ...over].map(placeOf) }
}

const stateOf = (
  { quantity, cancelled }: Asked,
  { covered, brought, arrived }: { covered: number; brought: number; arrived: number },
): NeedStatus['state'] => {
  if (cancelled) return 'cancelled'
  if (arrived >= quantity) return 'confirmed'
  if (brought >= quantity) return 'done'
  return covered >= quantity ? 'covered' : 'open'
}
