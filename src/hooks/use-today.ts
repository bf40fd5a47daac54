/** The rows behind Today: what I am part of, and what nobody has taken yet. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type ClaimRow, claimType } from '../records/claim/claim.ts'
import { type NeedStatus, needStatus } from '../records/claim/claim-order.ts'
import { claimsByNeed } from '../records/claim/claims-by-need.ts'
import { contactAbout } from '../records/contact/contact-about.ts'
import type { ContactView } from '../records/contact/contact-of.ts'
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
  /** for a coordinator: needs of others whose taker waits for the address */
  askedLong: readonly SeenNeed[]
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

const waitsForAddress = ({ status }: SeenNeed): boolean =>
  status.places.some(
    ({ claim, covers }) =>
      covers > 0 && claim.acceptedAt === null && (claim.state === 'taken' || claim.state === 'onWay'),
  )

/** With the contact, where it is a confidential one that this phone can give. */
const withContact = async (db: NetworkDatabase, needs: readonly SeenNeed[]): Promise<SeenNeed[]> =>
  Promise.all(
    needs.map(async (one) => {
      if (!waitsForAddress(one)) return one
      const contact = await contactAbout(db, one.need)
      return contact.isConfidential && contact.row ? { ...one, contact } : one
    }),
  )

const askedOfCoordinator = async (db: NetworkDatabase, me: DeviceId, nowMs: number): Promise<SeenNeed[]> => {
  const member = await db.members.get(me)
  if (member?.role !== 'coordinator') return []
  const claims = await db
    .table<ClaimRow, string>(claimType.table)
    .where('state')
    .anyOf(['taken', 'onWay'])
    .toArray()
  const ids = [...new Set(claims.map(({ needId }) => String(needId)))]
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet(ids)
  const others = needs.filter((need) => need !== undefined && need.creator !== me && !need.cancelled)
  const found = await withContact(db, await seen(db, others as NeedRow[], nowMs))
  return found.filter(({ contact }) => contact !== undefined)
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

/** `undefined` until read. */
export const useToday = (): TodayRows | undefined => {
  const now = useNow()
  const device = useMyId()
  return useLiveQuery(
    async (db) => {
      if (device === undefined) return undefined
      const board = await db
        .table<NeedRow, string>(needType.table)
        .where('[boardRank+newestFirst+id]')
        .between([0], [2], false, false)
        .limit(firstOfBoard)
        .toArray()
      // side by side: a live query would not follow what is read behind such a chain of functions
      const [involved, first, askedLong] = await Promise.all([
        involvedRows(db, device).then(async (rows) => withContact(db, await seen(db, rows, now))),
        seen(db, board, now),
        askedOfCoordinator(db, device, now),
      ])
      return { involved, first, askedLong }
    },
    [device, now],
  )
}
