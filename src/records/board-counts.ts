/** How much there is on the board, for headings and for Today. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { type ClaimRow, claimType } from './claim/claim.ts'
import { isLive, needStatus } from './claim/claim-order.ts'
import { type NeedRow, needType } from './need/need.ts'
import { offerType } from './offer/offer.ts'
import { offersOnBoard } from './offer/queries.ts'

export interface BoardCounts {
  /** needs that the board lists: neither done nor cancelled */
  listedNeeds: number
  /** needs that live claims do not cover yet */
  openNeeds: number
  /** those of them that are for today */
  urgentNeeds: number
  /** done and cancelled needs */
  closedNeeds: number
  openOffers: number
  /** offers that ended or whose time has passed */
  closedOffers: number
  /** live claims of this device */
  myClaims: number
}

const claimsOf = async (db: NetworkDatabase): Promise<Map<string, ClaimRow[]>> => {
  const byNeed = new Map<string, ClaimRow[]>()
  for (const claim of await db.table<ClaimRow, string>(claimType.table).toArray()) {
    byNeed.set(claim.needId, [...(byNeed.get(claim.needId) ?? []), claim])
  }
  return byNeed
}

/** Counts needs by their index and reads only those that somebody has claimed. */
export const boardCounts = async (
  db: NetworkDatabase,
  device: DeviceId,
  nowMs: number,
): Promise<BoardCounts> => {
  const needs = db.table<NeedRow, string>(needType.table)
  const countOfRank = (rank: 0 | 1) =>
    needs
      .where('[boardRank+newestFirst+id]')
      .between([rank], [rank + 1], false, false)
      .count()
  const byNeed = await claimsOf(db)
  const claimed = await needs.bulkGet([...byNeed.keys()])
  let urgentNeeds = await countOfRank(0)
  let listedNeeds = urgentNeeds + (await countOfRank(1))
  let openNeeds = listedNeeds
  for (const need of claimed) {
    if (!need || need.boardRank === 2) continue
    const { state } = needStatus(need, byNeed.get(need.id) ?? [], nowMs)
    if (state === 'open') continue
    if (state === 'done') listedNeeds--
    openNeeds--
    if (need.boardRank === 0) urgentNeeds--
  }
  const mine = [...byNeed.values()].flat().filter((claim) => claim.creator === device && isLive(claim, nowMs))
  const offers = await offersOnBoard(db, {}, nowMs)
  return {
    listedNeeds,
    openNeeds,
    urgentNeeds,
    closedNeeds: (await needs.count()) - listedNeeds,
    openOffers: offers.length,
    closedOffers: (await db.table(offerType.table).count()) - offers.length,
    myClaims: mine.length,
  }
}
