/** The claims on needs, with what their acceptance adds; screens and the engine ask for them alike. */

import { Dexie } from 'dexie'
import type { NetworkDatabase } from '../../storage/database.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import { type NeedRow, needType } from '../need/need.ts'
import { withAcceptances } from './acceptance.ts'
import { type ClaimRow, claimType } from './claim.ts'

/** Above this many keys, reading the whole table at once is faster than stepping a cursor from key to key. */
const maxKeys = 200

/** All claims on these needs in one query, by need; a need without claims is not in the map. */
export const claimsByNeed = (
  db: NetworkDatabase,
  needIds: readonly string[],
): Promise<Map<string, ClaimRow[]>> =>
  // what is read after async functions nested as deep as these, a live query would no longer follow
  Dexie.Promise.resolve(readClaims(db, needIds))

const readClaims = async (
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
