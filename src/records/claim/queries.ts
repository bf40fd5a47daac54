/** Claims as screens ask for them; for Dexie's liveQuery. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { type NeedRow, needType } from '../need/need.ts'
import { type ClaimRow, claimType } from './claim.ts'
import { type ClaimPlace, type NeedStatus, needStatus } from './claim-order.ts'
import { claimsByNeed } from './claims-by-need.ts'

/** One of a person's claims with the need it is on. */
export interface ClaimCard {
  claim: ClaimRow
  /** undefined while the need has not arrived here, or is erased */
  need: NeedRow | undefined
  status: NeedStatus | undefined
  /** undefined where another claim of the same person counts */
  place: ClaimPlace | undefined
}

/** A device's claims without the released ones: to be carried out first, then done; the newest taking first. */
export const myClaims = async (
  db: NetworkDatabase,
  device: DeviceId,
  nowMs: number,
): Promise<ClaimCard[]> => {
  const all = await db.table<ClaimRow, string>(claimType.table).where('creator').equals(device).toArray()
  const mine = all.filter(({ state }) => state !== 'released')
  const needIds = [...new Set(mine.map(({ needId }) => needId))]
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet(needIds)
  const byNeed = await claimsByNeed(db, needIds)
  const statusById = new Map<string, { need: NeedRow; status: NeedStatus }>()
  for (const need of needs) {
    if (need) statusById.set(need.id, { need, status: needStatus(need, byNeed.get(need.id) ?? [], nowMs) })
  }
  const cards = mine.map((claim): ClaimCard => {
    const found = statusById.get(claim.needId)
    const place = found?.status.places.find((candidate) => candidate.claim.id === claim.id)
    return { claim, need: found?.need, status: found?.status, place }
  })
  const isDone = ({ claim }: ClaimCard): number => (claim.state === 'done' ? 1 : 0)
  return cards.sort((a, b) => isDone(a) - isDone(b) || b.claim.takenAt - a.claim.takenAt)
}
