/** What waits for this person today, in the order in which to do it: pure, from rows. */

import type { Unsent } from '../../hooks/unsent.ts'
import type { ClaimRow } from '../../records/claim/claim.ts'
import { isOver, lifetimeOf, type NeedStatus, reminderOf } from '../../records/claim/claim-order.ts'
import type { ContactView } from '../../records/contact/contact-of.ts'
import type { AskRow } from '../../records/need/asks.ts'
import type { NeedRow } from '../../records/need/need.ts'
import { type MyClaim, type MyClaimState, myClaim, noToTurn } from '../claim-view.ts'
import { type ContactSight, canGive, contactSight } from '../contact-sight.ts'

export interface TodayNeed {
  need: NeedRow
  claims: readonly ClaimRow[]
  status: NeedStatus
  /** only where somebody may wait for the address */
  contact?: ContactView
}

/** Who looks, and when. */
export interface Looker {
  me: string
  /** ids of his phones; undefined until read */
  phones: ReadonlySet<string> | undefined
  unsent: Unsent
  /** what he has read or answered for himself alone */
  notes: ReadonlySet<string>
  now: number
}

export type TodayItem = { seen: TodayNeed } & TodayMatter

type TodayMatter =
  /** a claim of mine: to answer, to carry out, or run out; `awaitsAddress`: nothing can be done before it comes */
  | { kind: 'claim'; mine: MyClaim; awaitsAddress: boolean }
  /** a need that I was about to meet and that is not wanted any more */
  | { kind: 'cancelled'; claim: ClaimRow }
  /** somebody took a need and waits for its address, which is mine to give */
  | { kind: 'give'; claim: ClaimRow }
  /** somebody says that he brought what I asked for */
  | { kind: 'confirm'; claim: ClaimRow }
  /** what I brought has arrived, or has not, or a coordinator put it back; `note`: that I have read it */
  | { kind: 'arrived' | 'missed' | 'putBack'; claim: ClaimRow; note: string }
  /** for a coordinator: a promise without progress for long, or one that ran out */
  | { kind: 'stalled'; claim: ClaimRow; expired: boolean }
  /** somebody asks me to take it */
  | { kind: 'asked'; ask: AskRow }

/** What one does with it. */
export type TodayGroup = 'answer' | 'carry' | 'news' | 'help'

/** News that nobody has to answer leaves the list after this. */
const newsMs = 72 * 3600 * 1000
/** So long somebody is asked whether what he needed has come, and a coordinator about promises that ran out. */
const askMs = 14 * 24 * 3600 * 1000
/** A coordinator is asked for other people's addresses only after this: who wrote it knows best whom to trust. */
export const giveForOthersMs = 3 * 3600 * 1000

const groupByState: Partial<Record<MyClaimState, TodayGroup>> = {
  turn: 'answer',
  soon: 'answer',
  mine: 'carry',
  local: 'carry',
  expired: 'news',
}

export const groupOf = (item: TodayItem): TodayGroup => {
  if (item.kind === 'claim') return groupByState[item.mine.state] ?? 'news'
  if (item.kind === 'stalled') return 'help'
  return 'note' in item ? 'news' : 'answer'
}

/** What makes a way needless first, then what others wait for, then questions about time; the rest by urgency. */
const rank = (item: TodayItem): number => {
  switch (item.kind) {
    case 'cancelled':
      return 0
    case 'give':
      return 1
    case 'asked':
      return 3
    case 'confirm':
      return 4
    case 'claim':
      return item.mine.state === 'turn' ? 2 : item.mine.state === 'soon' ? 3 : 5
    default:
      return 5
  }
}

const urgencyRank = { today: 0, week: 1, possible: 2 } as const

const compareItems = (a: TodayItem, b: TodayItem): number =>
  rank(a) - rank(b) ||
  urgencyRank[a.seen.need.urgency] - urgencyRank[b.seen.need.urgency] ||
  a.seen.need.createdAt - b.seen.need.createdAt

const addressComes: readonly ContactSight['kind'][] = ['waiting', 'unsent', 'coming', 'elsewhere']

/** Only where there is a contact that he is to be given. */
const awaitsAddress = ({ need, claims, contact }: TodayNeed, mine: MyClaim, me: string): boolean => {
  if (!contact?.exists || !contact.isConfidential) return false
  const isAuthor = need.creator === me
  const viewer = { me, isAuthor, isCoordinator: contact.row !== undefined, mine, isOpen: true, claims }
  return addressComes.includes(contactSight(contact, viewer).kind)
}

const waits: readonly MyClaimState[] = ['turn', 'soon', 'mine', 'local']

const claimItem = (seen: TodayNeed, { me, unsent, notes, now }: Looker): TodayItem[] => {
  const mine = myClaim(seen, me, unsent, now)
  if (!mine || isOver(seen.status)) return []
  // an expired one matters while nobody else has come
  const isNews = mine.state === 'expired' && mine.leftMs > -newsMs && seen.status.state !== 'covered'
  const saidNo = mine.state === 'turn' && notes.has(noToTurn(mine.claim))
  if (saidNo || (!waits.includes(mine.state) && !isNews)) return []
  return [{ kind: 'claim', seen, mine, awaitsAddress: awaitsAddress(seen, mine, me) }]
}

/** Until I say that I have read it: I may be on my way to a door where nobody waits. */
const cancelledItem = (seen: TodayNeed, { me, now }: Looker): TodayItem[] => {
  const { need, claims, status } = seen
  const isOld = now - need.updatedAt >= newsMs
  if (status.state !== 'cancelled' || need.creator === me || isOld) return []
  const claim = claims.find(
    ({ creator, state }) => creator === me && (state === 'taken' || state === 'onWay'),
  )
  return claim ? [{ kind: 'cancelled', seen, claim }] : []
}

const confirmItems = (seen: TodayNeed, { me, now }: Looker): TodayItem[] =>
  seen.need.creator !== me || seen.need.cancelled
    ? []
    : seen.claims
        .filter(({ state, word, creator }) => state === 'done' && word === null && creator !== me)
        .filter(({ stateAt }) => now - stateAt < askMs)
        .map((claim) => ({ kind: 'confirm', seen, claim }))

/** What others say of what I brought. */
const wordItems = (seen: TodayNeed, { me, notes, now }: Looker): TodayItem[] =>
  seen.claims
    .filter(({ creator, state }) => creator === me && state === 'done')
    .flatMap((claim): TodayItem[] => {
      const { word } = claim
      if (!word || now - word.at >= newsMs) return []
      const kind = word.received ? 'arrived' : 'missed'
      const note = `${kind} ${claim.id} ${word.at}`
      return notes.has(note) ? [] : [{ kind, seen, claim, note }]
    })

/** My promise that I did not release myself: nobody's place goes without a word. */
const putBackItems = (seen: TodayNeed, { me, phones, notes, now }: Looker): TodayItem[] =>
  seen.claims
    .filter(({ creator, state }) => creator === me && state === 'released')
    .filter(
      ({ stateBy, stateAt }) => phones && stateBy !== null && !phones.has(stateBy) && now - stateAt < newsMs,
    )
    .map((claim): TodayItem & { note: string } => ({
      kind: 'putBack',
      seen,
      claim,
      note: `putBack ${claim.id}`,
    }))
    .filter(({ note }) => !notes.has(note) && !isOver(seen.status))

/** Only views that this person can give from have a contact here; `until`: of claims taken before. */
const giveItems = (seen: TodayNeed, me: string, until: number): TodayItem[] => {
  const { need, status, contact } = seen
  if (!contact || isOver(status)) return []
  const viewer = { me, isAuthor: need.creator === me, isCoordinator: true, isOpen: true }
  return status.places
    .filter((place) => canGive(contact, place, viewer) && place.claim.takenAt <= until)
    .map(({ claim }): TodayItem => ({ kind: 'give', seen, claim }))
}

/** What a coordinator can do for those who are away. */
export const giveForOthers = (askedLong: readonly TodayNeed[], { me, now }: Looker): TodayItem[] =>
  askedLong
    .filter(({ need }) => need.creator !== me)
    .flatMap((seen) => giveItems(seen, me, now - giveForOthersMs))

/** Promises of others that nobody hears of any more, the oldest first. */
export const stalledItems = (stalled: readonly TodayNeed[], { me, now }: Looker): TodayItem[] =>
  stalled
    .flatMap((seen) =>
      seen.status.places.map(({ claim, expired, place }) => ({ seen, claim, expired, place })),
    )
    .filter(({ claim, expired, place }) => {
      const silentMs = now - claim.stateAt
      const isHeld = place === 'covering' && claim.state !== 'done'
      const isLong = expired ? silentMs < lifetimeOf(claim) + askMs : isHeld && silentMs >= reminderOf(claim)
      return claim.creator !== me && isLong
    })
    .sort((a, b) => a.claim.stateAt - b.claim.stateAt)
    .map(({ seen, claim, expired }) => ({ kind: 'stalled', seen, claim, expired }))

/** The note of a no to a request: it stays on this phone. */
export const noToAsk = ({ id }: Pick<AskRow, 'id'>): string => `no ask ${id}`

const hasAnswered = ({ status }: TodayNeed, { me }: Looker): boolean =>
  status.places.some(({ claim, expired }) => claim.creator === me && !expired)

/** Those that I have not answered: a yes is my claim. */
export const askedItems = (asks: readonly { ask: AskRow; seen: TodayNeed }[], looker: Looker): TodayItem[] =>
  asks
    .filter(({ ask, seen }) => !looker.notes.has(noToAsk(ask)) && !hasAnswered(seen, looker))
    .map(({ ask, seen }): TodayItem => ({ kind: 'asked', seen, ask }))
    .sort(compareItems)

/** Within one rank the urgent first, then the one that was taken first. */
export const todayItems = (involved: readonly TodayNeed[], looker: Looker): TodayItem[] =>
  involved
    .flatMap((seen) => [
      ...cancelledItem(seen, looker),
      ...claimItem(seen, looker),
      ...confirmItems(seen, looker),
      ...wordItems(seen, looker),
      ...putBackItems(seen, looker),
      ...(seen.need.creator === looker.me ? giveItems(seen, looker.me, looker.now) : []),
    ])
    .sort(compareItems)

/** Open needs that this person could take: not written for himself, and not taken by him already. */
export const openForMe = (first: readonly TodayNeed[], me: string): TodayNeed[] =>
  first.filter(
    ({ need, status }) =>
      status.state === 'open' &&
      (need.creator !== me || need.forWhom === 'other') &&
      !status.places.some(
        ({ claim, expired, place }) => claim.creator === me && !expired && place !== 'missed',
      ),
  )
