/** How much there is on the board, for its tabs and the rows behind which closed things lie. */

import type { NetworkDatabase } from '../storage/database.ts'
import { type ClaimRow, claimType } from './claim/claim.ts'
import { isOver, needStatus } from './claim/claim-order.ts'
import { withAnswers } from './claim/claims-by-need.ts'
import { type NeedRow, needType } from './need/need.ts'
import { offerType } from './offer/offer.ts'
import { offersOnBoard } from './offer/queries.ts'

export interface BoardCounts {
  /** needs that the board lists: neither done nor cancelled */
  listedNeeds: number
  /** done and cancelled needs */
  closedNeeds: number
  openOffers: number
  /** offers that ended or whose time has passed */
  closedOffers: number
}

/** A need is done by its done claims alone, so that no others need to be read. */
const doneNeeds = async (db: NetworkDatabase, nowMs: number): Promise<number> => {
  const done = await db.table<ClaimRow, string>(claimType.table).where('state').equals('done').toArray()
  const byNeed = new Map<string, ClaimRow[]>()
  for (const claim of done) byNeed.set(claim.needId, [...(byNeed.get(claim.needId) ?? []), claim])
  await withAnswers(db, byNeed, done)
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet([...byNeed.keys()])
  return needs.filter(
    (need) => need && !need.cancelled && isOver(needStatus(need, byNeed.get(need.id) ?? [], nowMs)),
  ).length
}

/** Counts by indexes, and reads only what is done: the board of a city is not read to write four numbers. */
export const boardCounts = async (db: NetworkDatabase, nowMs: number): Promise<BoardCounts> => {
  const needs = db.table<NeedRow, string>(needType.table)
  const notCancelled = await needs.where('[boardRank+newestFirst+id]').between([0], [2], false, false).count()
  const listedNeeds = notCancelled - (await doneNeeds(db, nowMs))
  const openOffers = (await offersOnBoard(db, {}, nowMs)).length
  return {
    listedNeeds,
    closedNeeds: (await needs.count()) - listedNeeds,
    openOffers,
    closedOffers: (await db.table(offerType.table).count()) - openOffers,
  }
}
