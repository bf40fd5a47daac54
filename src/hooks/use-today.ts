/** The rows behind Today: what I am part of, what nobody has taken yet, and for a coordinator what waits for somebody. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type ClaimRow, claimType } from '../records/claim/claim.ts'
import { isOver, type NeedStatus, needStatus, reminderOf } from '../records/claim/claim-order.ts'
import { claimsByNeed } from '../records/claim/claims-by-need.ts'
import { contactAbout } from '../records/contact/contact-about.ts'
import type { ContactView } from '../records/contact/contact-of.ts'
import { type AskRow, askedFor, askTable, askWeekMs } from '../records/need/asks.ts'
import { type NeedRow, needType } from '../records/need/need.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useMyId } from './use-network.ts'
import { useNow } from './use-now.ts'

/** A need with all claims on it, the released ones too. */
export interface SeenNeed {
  need: NeedRow
  claims: readonly ClaimRow[]
  status: NeedStatus
  /** of those needs whose taker waits for the address */
  contact?: ContactView
}

export interface TodayRows {
  /** needs that this person wrote or has a claim on */
  involved: readonly SeenNeed[]
  /** the first of the board: urgent ones, then the newest */
  first: readonly SeenNeed[]
  /** for a coordinator: needs of others whose taker waits for an address that this phone can give */
  askedLong: readonly SeenNeed[]
  /** for a coordinator: needs of others on which somebody's promise has made no progress for long */
  stalled: readonly SeenNeed[]
  /** requests to this person that count and that he can still say yes to */
  asks: readonly { ask: AskRow; seen: SeenNeed }[]
}

/** Enough to find one that is open and not mine on any board. */
const firstOfBoard = 60

const seen = async (db: NetworkDatabase, needs: readonly NeedRow[], nowMs: number): Promise<SeenNeed[]> => {
  const byNeed = await claimsByNeed(
    db,
    needs.map(({ id }) => id),
  )
  return needs.map((need) => {
    const claims = byNeed.get(need.id) ?? []
    return { need, claims, status: needStatus(need, claims, nowMs) }
  })
}

const isPromise = ({ state }: ClaimRow): boolean => state === 'taken' || state === 'onWay'

const waitsForAddress = ({ status }: SeenNeed): boolean =>
  status.places.some(({ claim, covers }) => covers > 0 && claim.acceptedAt === null && isPromise(claim))

const withContact = async (db: NetworkDatabase, needs: readonly SeenNeed[]): Promise<SeenNeed[]> =>
  Promise.all(
    needs.map(async (one) =>
      waitsForAddress(one) ? { ...one, contact: await contactAbout(db, one.need) } : one,
    ),
  )

const isStalled =
  (nowMs: number) =>
  ({ claims, status }: SeenNeed): boolean =>
    !isOver(status) && claims.some((claim) => isPromise(claim) && nowMs - claim.stateAt >= reminderOf(claim))

const forCoordinator = async (
  db: NetworkDatabase,
  me: DeviceId,
  nowMs: number,
): Promise<Pick<TodayRows, 'askedLong' | 'stalled'>> => {
  const member = await db.members.get(me)
  if (member?.role !== 'coordinator') return { askedLong: [], stalled: [] }
  const claims = await db
    .table<ClaimRow, string>(claimType.table)
    .where('state')
    .anyOf(['taken', 'onWay'])
    .toArray()
  const ids = [...new Set(claims.map(({ needId }) => String(needId)))]
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet(ids)
  const others = needs.filter((need) => need !== undefined && need.creator !== me && !need.cancelled)
  const promised = await seen(db, others as NeedRow[], nowMs)
  const asked = await withContact(db, promised)
  return {
    askedLong: asked.filter(({ contact }) => contact?.isConfidential && contact.row !== undefined),
    stalled: promised.filter(isStalled(nowMs)),
  }
}

const asksTo = async (db: NetworkDatabase, me: DeviceId, nowMs: number): Promise<TodayRows['asks']> => {
  const asks = await db.table<AskRow, string>(askTable).where({ personId: me }).toArray()
  const recent = asks.filter(({ createdAt }) => nowMs - createdAt < askWeekMs)
  const ids = [...new Set(recent.map(({ needId }): string => needId))]
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet(ids)
  const known = needs.filter((need) => need !== undefined)
  return (await seen(db, known, nowMs)).flatMap((one) =>
    one.status.state === 'open' ? askedFor(recent, one.need).map((ask) => ({ ask, seen: one })) : [],
  )
}

const involvedRows = async (db: NetworkDatabase, device: DeviceId): Promise<NeedRow[]> => {
  const needs = db.table<NeedRow, string>(needType.table)
  const claims = await db.table<ClaimRow, string>(claimType.table).where('creator').equals(device).toArray()
  const taken = await needs.bulkGet([...new Set(claims.map(({ needId }) => String(needId)))])
  const own = await needs.where('creator').equals(device).toArray()
  const byId = new Map([...taken, ...own].flatMap((need) => (need ? [[need.id, need]] : [])))
  const takenIds = new Set(claims.map(({ needId }) => needId))
  // one that was cancelled is news to whoever had taken it
  return [...byId.values()].filter(({ id, cancelled }) => !cancelled || takenIds.has(id))
}

export const readToday = async (db: NetworkDatabase, device: DeviceId, nowMs: number): Promise<TodayRows> => {
  const board = await db
    .table<NeedRow, string>(needType.table)
    .where('[boardRank+newestFirst+id]')
    .between([0], [2], false, false)
    .limit(firstOfBoard)
    .toArray()
  // side by side: a live query would not follow what is read behind such a chain of functions
  const [involved, first, others, asks] = await Promise.all([
    involvedRows(db, device).then(async (rows) => withContact(db, await seen(db, rows, nowMs))),
    seen(db, board, nowMs),
    forCoordinator(db, device, nowMs),
    asksTo(db, device, nowMs),
  ])
  return { involved, first, ...others, asks }
}

/** `undefined` until read. */
export const useToday = (): TodayRows | undefined => {
  const now = useNow()
  const device = useMyId()
  return useLiveQuery(
    (db) => (device === undefined ? Promise.resolve(undefined) : readToday(db, device, now)),
    [device, now],
  )
}
