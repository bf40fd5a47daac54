/** Rows behind «what changed»: what came from others since a moment, and what it is about. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { ArrivalRow } from '../storage/schema.ts'
import type { ClaimRow } from './claim/claim.ts'
import { type NeedStatus, needStatus } from './claim/claim-order.ts'
import { claimsByNeed } from './claim/claims-by-need.ts'
import type { CommentRow } from './comment/comment.ts'
import type { ConfirmationRow } from './confirmation/confirmation.ts'
import { coordinatorsNow } from './hiding/coordinators-now.ts'
import type { HidingRow } from './hiding/hiding.ts'
import { hidersNeeded, hidingOf } from './hiding/hiding-of.ts'
import { doesMergeCount, type SameAsRow } from './need/merges.ts'
import type { NeedRow } from './need/need.ts'
import type { OfferRow } from './offer/offer.ts'
import type { Row } from './record-type.ts'
import { tableOfType } from './row-format.ts'

/** What an operation of somebody else did here. */
export type Arrival = ArrivalRow

/** How far somebody has looked. */
export interface Since {
  /** greatest number of arrival */
  n: number
  /** place of the newest member in the order of admission */
  seniority: number
}

export interface NewsNeed {
  need: NeedRow
  claims: readonly ClaimRow[]
  status: NeedStatus
}

/** A comment, whether what was brought has arrived, or that two needs are one, or two again. */
export interface NewsWord {
  aboutId: string
  by: DeviceId
  kind: 'comment' | 'received' | 'notReceived' | 'oneNeed' | 'twoNeeds'
}

export interface News {
  /** what others wrote, in the order in which it came */
  arrivals: readonly ArrivalRow[]
  needs: ReadonlyMap<string, NewsNeed>
  offers: ReadonlyMap<string, OfferRow>
  claims: ReadonlyMap<string, ClaimRow>
  /** by the id of their record */
  words: ReadonlyMap<string, NewsWord>
  /** needs and offers whose hiding somebody changed, and whether they are hidden now */
  hidden: ReadonlyMap<string, boolean>
  /** who came in, the newest last */
  joined: readonly DeviceId[]
  /** needs and offers that this person wrote a comment on */
  spokenOn: ReadonlySet<string>
}

export interface Looker {
  me: DeviceId
  now: number
  since: Since
  /** so many of the newest arrivals are looked at; all without it */
  most?: number | undefined
}

const rowsById = async <R extends Row>(
  db: NetworkDatabase,
  arrivals: readonly ArrivalRow[],
  type: string,
): Promise<Map<string, R>> => {
  const ids = [...new Set(arrivals.flatMap((one) => (one.type === type ? [one.recordId] : [])))]
  if (ids.length === 0) return new Map()
  const rows = await db.table<R, string>(tableOfType(type) ?? '').bulkGet(ids)
  return new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])))
}

const arrivalsSince = async (
  db: NetworkDatabase,
  { since, most }: Looker,
  fromMs: number,
): Promise<ArrivalRow[]> => {
  const newest = db.arrivals.where('n').above(since.n).reverse()
  const found = await (most === undefined ? newest : newest.limit(most)).toArray()
  // what was written before one came in is no change
  return found.reverse().filter(({ at }) => at >= fromMs)
}

const needsById = async (
  db: NetworkDatabase,
  ids: readonly string[],
  now: number,
): Promise<Map<string, NewsNeed>> => {
  const rows = await db.table<NeedRow, string>(tableOfType('need') ?? '').bulkGet([...ids])
  const byNeed = await claimsByNeed(db, ids)
  return new Map(
    rows.flatMap((need): [string, NewsNeed][] => {
      if (!need) return []
      const claims = byNeed.get(need.id) ?? []
      return [[need.id, { need, claims, status: needStatus(need, claims, now) }]]
    }),
  )
}

/** Told of the need that is this person's, else of the one that stays; one whose word does not count is not told. */
const sameWords = async (
  db: NetworkDatabase,
  arrivals: readonly ArrivalRow[],
  me: DeviceId,
): Promise<[string, NewsWord][]> => {
  const rows = [...(await rowsById<SameAsRow>(db, arrivals, 'same-as')).values()]
  const needs = db.table<NeedRow, string>(tableOfType('need') ?? '')
  const others = await needs.bulkGet(rows.map(({ otherId }) => otherId))
  const keeps = await needs.bulkGet(rows.map(({ keepId }) => keepId))
  const undoing = new Map(
    arrivals.flatMap((one) => (one.fields.includes('undone') ? [[one.recordId, one.by]] : [])),
  )
  return rows.flatMap((row, i): [string, NewsWord][] => {
    const other = others[i]
    const counts = doesMergeCount({ ...row, undone: false }, other, keeps[i])
    const by = row.undone ? undoing.get(row.id) : row.creator
    if (!counts || by === undefined) return []
    const aboutId = other?.creator === me ? row.otherId : row.keepId
    return [[row.id, { aboutId, by, kind: row.undone ? 'twoNeeds' : 'oneNeed' }]]
  })
}

/** Everything that {@link changeLines} (screens) asks for. */
export const readNews = async (db: NetworkDatabase, looker: Looker): Promise<News> => {
  const { me, now, since } = looker
  const people = (await db.members.toArray()).sort((a, b) => a.seniority - b.seniority)
  const self = people.find(({ deviceId }) => deviceId === me)
  const fromMs = self?.devices.find(({ isThis }) => isThis)?.joinedAt ?? 0
  const arrivals = await arrivalsSince(db, looker, fromMs)
  const claims = await rowsById<ClaimRow>(db, arrivals, 'claim')
  const comments = await rowsById<CommentRow>(db, arrivals, 'comment')
  const confirmations = await rowsById<ConfirmationRow>(db, arrivals, 'confirmation')
  const hidings = await rowsById<HidingRow>(db, arrivals, 'hiding')
  const words = new Map<string, NewsWord>()
  for (const { id, aboutId, creator } of comments.values())
    words.set(id, { aboutId, by: creator, kind: 'comment' })
  for (const { id, needId, creator, received } of confirmations.values())
    words.set(id, { aboutId: needId, by: creator, kind: received ? 'received' : 'notReceived' })
  for (const [id, word] of await sameWords(db, arrivals, me)) words.set(id, word)
  const about = [...claims.values()].map(({ needId }) => String(needId))
  about.push(...[...words.values()].map((word) => word.aboutId))
  about.push(...[...hidings.values()].map(({ aboutId }) => String(aboutId)))
  const idsOf = (type: string) => arrivals.flatMap((one) => (one.type === type ? [one.recordId] : []))
  const offerIds = [...new Set([...idsOf('offer'), ...about])]
  const offers = await db.table<OfferRow, string>(tableOfType('offer') ?? '').bulkGet(offerIds)
  const own = await db
    .table<CommentRow, string>(tableOfType('comment') ?? '')
    .filter(({ creator }) => creator === me)
    .toArray()
  const isNew = (seniority: number) => seniority > Math.max(since.seniority, self?.seniority ?? 0)
  return {
    arrivals,
    needs: await needsById(db, [...new Set([...idsOf('need'), ...about])], now),
    offers: new Map(offers.flatMap((row) => (row ? [[row.id, row]] : []))),
    claims,
    words,
    hidden: await hiddenAmong(db, [...hidings.values()]),
    joined: people
      .filter(({ end, seniority }) => end === null && isNew(seniority))
      .map(({ deviceId }) => deviceId as DeviceId),
    spokenOn: new Set(own.map(({ aboutId }) => String(aboutId))),
  }
}

/** Told is what came of it: that a thing is hidden, or that it was and is seen again; one coordinator's wish is not told. */
const hiddenAmong = async (
  db: NetworkDatabase,
  changed: readonly HidingRow[],
): Promise<Map<string, boolean>> => {
  const ids = [...new Set(changed.flatMap((row) => (row.aboutType === 'comment' ? [] : [row.aboutId])))]
  if (ids.length === 0) return new Map()
  const all = await db
    .table<HidingRow, string>(tableOfType('hiding') ?? '')
    .where('aboutId')
    .anyOf(ids)
    .toArray()
  const coordinators = await coordinatorsNow(db)
  return new Map(
    ids.flatMap((id): [string, boolean][] => {
      const about = all.filter(({ aboutId }) => aboutId === id)
      const hasBeen = new Set(about.map(({ creator }) => creator)).size >= hidersNeeded
      return hasBeen ? [[id, hidingOf(about, coordinators).state === 'hidden']] : []
    }),
  )
}
