/** What waits for this person today, in the order in which to do it: pure, from rows. */

import type { Unsent } from '../../hooks/unsent.ts'
import type { ClaimRow } from '../../records/claim/claim.ts'
import type { NeedStatus } from '../../records/claim/claim-order.ts'
import type { ContactView } from '../../records/contact/contact-of.ts'
import type { NeedRow } from '../../records/need/need.ts'
import { type MyClaim, type MyClaimState, myClaim } from '../claim-view.ts'
import { canGive } from '../contact-sight.ts'

export interface TodayNeed {
  need: NeedRow
  claims: readonly ClaimRow[]
  status: NeedStatus
  /** only where somebody may wait for the address */
  contact?: ContactView
}

export type TodayItem =
  /** a claim of mine: to answer, to carry out, or run out */
  | { kind: 'claim'; seen: TodayNeed; mine: MyClaim }
  /** a need that I was about to meet and that is not wanted any more */
  | { kind: 'cancelled'; seen: TodayNeed; claim: ClaimRow }
  /** somebody took a need and waits for its address, which is mine to give */
  | { kind: 'give'; seen: TodayNeed; claim: ClaimRow }
  /** a need of mine that somebody says is done */
  | { kind: 'done'; seen: TodayNeed; by: ClaimRow }

/** News that nobody has to answer leaves the list after this. */
const newsMs = 72 * 3600 * 1000

/** What makes a way needless first, then questions, then what is to be carried out, then what ran out. */
const order: Readonly<Record<MyClaimState, number>> = {
  turn: 0,
  soon: 1,
  mine: 2,
  local: 2,
  expired: 4,
  reserve: 9,
  done: 9,
  arrived: 9,
  missed: 9,
}
const doneOrder = 3
/** A coordinator is asked for other people's addresses only after this: who wrote it knows best whom to trust. */
export const giveForOthersMs = 3 * 3600 * 1000

const isNews = (atMs: number, nowMs: number): boolean => nowMs - atMs < newsMs

const claimItem = (seen: TodayNeed, me: string, unsent: Unsent, nowMs: number): TodayItem[] => {
  const mine = myClaim(seen, me, unsent, nowMs)
  if (!mine || mine.state === 'reserve' || mine.state === 'done') return []
  const isOver = seen.status.state === 'done' || seen.status.state === 'cancelled'
  if (isOver) return []
  // an expired one matters while nobody else has come
  if (mine.state === 'expired') {
    const isStale = !isNews(nowMs + mine.leftMs, nowMs) || seen.status.state === 'covered'
    return isStale ? [] : [{ kind: 'claim', seen, mine }]
  }
  return [{ kind: 'claim', seen, mine }]
}

/** Until I say that I have read it: I may be on my way to a door where nobody waits. */
const cancelledItem = (seen: TodayNeed, me: string, nowMs: number): TodayItem[] => {
  const { need, claims, status } = seen
  if (status.state !== 'cancelled' || need.creator === me || !isNews(need.updatedAt, nowMs)) return []
  const claim = claims.find(
    ({ creator, state }) => creator === me && (state === 'taken' || state === 'onWay'),
  )
  return claim ? [{ kind: 'cancelled', seen, claim }] : []
}

const doneItem = (seen: TodayNeed, me: string, nowMs: number): TodayItem[] => {
  if (seen.need.creator !== me || seen.status.state !== 'done') return []
  const last = seen.status.places.filter(({ claim }) => claim.state === 'done').at(-1)?.claim
  if (!last || last.creator === me || !isNews(last.stateAt, nowMs)) return []
  return [{ kind: 'done', seen, by: last }]
}

/** Only views that this person can give from have a contact here; `atMs`: claims taken until then. */
const giveItems = (seen: TodayNeed, me: string, atMs: number): TodayItem[] => {
  const { need, status, contact } = seen
  if (!contact || (status.state !== 'open' && status.state !== 'covered')) return []
  const viewer = { me, isAuthor: need.creator === me, isCoordinator: true, isOpen: true }
  return status.places
    .filter((place) => canGive(contact, place, viewer) && place.claim.takenAt <= atMs)
    .map(({ claim }): TodayItem => ({ kind: 'give', seen, claim }))
}

/** What a coordinator can do for those who are away. */
export const giveForOthers = (askedLong: readonly TodayNeed[], me: string, nowMs: number): TodayItem[] =>
  askedLong
    .filter(({ need }) => need.creator !== me)
    .flatMap((seen) => giveItems(seen, me, nowMs - giveForOthersMs))

const rank = (item: TodayItem): number => {
  if (item.kind === 'cancelled') return -2
  if (item.kind === 'give') return -1
  return item.kind === 'done' ? doneOrder : order[item.mine.state]
}
const urgencyRank = { today: 0, week: 1, possible: 2 } as const

/** Within one rank the urgent first, then the one that was taken first. */
export const todayItems = (
  involved: readonly TodayNeed[],
  me: string,
  unsent: Unsent,
  nowMs: number,
): TodayItem[] =>
  involved
    .flatMap((seen) => [
      ...cancelledItem(seen, me, nowMs),
      ...claimItem(seen, me, unsent, nowMs),
      ...doneItem(seen, me, nowMs),
      ...(seen.need.creator === me ? giveItems(seen, me, nowMs) : []),
    ])
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        urgencyRank[a.seen.need.urgency] - urgencyRank[b.seen.need.urgency] ||
        a.seen.need.createdAt - b.seen.need.createdAt,
    )

/** Open needs that this person could take: not written for himself, and not taken by him already. */
export const openForMe = (first: readonly TodayNeed[], me: string): TodayNeed[] =>
  first.filter(
    ({ need, status }) =>
      status.state === 'open' &&
      (need.creator !== me || need.forWhom === 'other') &&
      !status.places.some(({ claim, expired }) => claim.creator === me && !expired),
  )

const hasSomebody = ({ status }: TodayNeed): boolean => status.covered > 0
const lastWord = ({ claims }: TodayNeed): number => Math.max(0, ...claims.map(({ stateAt }) => stateAt))

/** What this person wrote and is still open: what somebody has taken first, the latest news of them first. */
export const ownOpen = (involved: readonly TodayNeed[], me: string): TodayNeed[] =>
  involved
    .filter(
      ({ need, status }) => need.creator === me && (status.state === 'open' || status.state === 'covered'),
    )
    .sort(
      (a, b) =>
        Number(hasSomebody(b)) - Number(hasSomebody(a)) ||
        lastWord(b) - lastWord(a) ||
        urgencyRank[a.need.urgency] - urgencyRank[b.need.urgency] ||
        b.need.createdAt - a.need.createdAt,
    )

/** Where this person lives, by what he wrote himself: the place he named most often, '' when none. */
export const ownAreaKey = (involved: readonly TodayNeed[], me: string): string => {
  const counts = new Map<string, number>()
  for (const { need } of involved) {
    if (need.creator === me && need.areaKey !== '')
      counts.set(need.areaKey, (counts.get(need.areaKey) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}

/** The one useful thing to do when nothing waits: something near, else the first of the board. */
export const suggestion = (open: readonly TodayNeed[], areaKey: string): TodayNeed | undefined =>
  (areaKey === '' ? undefined : open.find(({ need }) => need.areaKey === areaKey)) ?? open[0]
