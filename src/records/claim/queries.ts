/** Claims as screens ask for them; for Dexie's liveQuery. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import { type NeedRow, needType } from '../need/need.ts'
import { withAcceptances } from './acceptance.ts'
import { type ClaimRow, claimType } from './claim.ts'
import { type ClaimPlace, type NeedStatus, needStatus } from './claim-order.ts'

/** Above this many keys, reading the whole table at once is faster than stepping a cursor from key to key. */
const maxKeys = 200

/** All claims on these needs in one query, by need; a need without claims is not in the map. */
export const claimsByNeed = async (
  db: NetworkDatabase,
  needIds: readonly string[],
): Promise<Map<string, ClaimRow[]>> => {
  const table = db.table<ClaimRow, string>(claimType.table)
  const claims =
    needIds.length > maxKeys
      ? await table.toArray()
      : await table
          .where('needId')
          .anyOf([...needIds])
          .toArray()
  const byNeed = new Map<string, ClaimRow[]>()
  for (const claim of claims) {
    const held = byNeed.get(claim.needId)
    if (held) held.push(claim)
    else byNeed.set(claim.needId, [claim])
  }
  return accept(db, byNeed, claims)
}

const accept = async (
  db: NetworkDatabase,
  byNeed: Map<string, ClaimRow[]>,
  claims: readonly ClaimRow[],
): Promise<Map<string, ClaimRow[]>> => {
  const grants = await acceptances(db, claims)
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet([...grants.keys()])
  for (const need of needs) {
    if (need) byNeed.set(need.id, withAcceptances(byNeed.get(need.id) ?? [], grants.get(need.id) ?? [], need))
  }
  return byNeed
}

/** Grants with a claim, by need. Others are not in that index. */
const acceptances = async (
  db: NetworkDatabase,
  claims: readonly ClaimRow[],
): Promise<Map<string, GrantRow[]>> => {
  const table = db.table<GrantRow, string>(grantType.table)
  const found =
    claims.length > maxKeys
      ? await table.orderBy('claimId').toArray()
      : await table
          .where('claimId')
          .anyOf(claims.map(({ id }) => id))
          .toArray()
  const byNeed = new Map<string, GrantRow[]>()
  for (const grant of found) byNeed.set(grant.aboutId, [...(byNeed.get(grant.aboutId) ?? []), grant])
  return byNeed
}

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
