/** The claims on needs, with what their acceptance and confirmations add. */

import { Dexie } from 'dexie'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { ConfirmationRow } from '../confirmation/confirmation.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import { joinOthers, readMerges, withOthers } from '../need/merges.ts'
import { type NeedRow, needType } from '../need/need.ts'
import { rowsByKeys } from '../rows-by-keys.ts'
import { withAcceptances } from './acceptance.ts'
import { type ClaimRow, claimType } from './claim.ts'
import { withWords } from './claim-word.ts'

/** By name: the code of the type comes later than the first screens (later-records.ts). */
const confirmationTable = 'confirmations'

/** All claims on these needs, or on all there are, by need; a need without claims is not in the map. */
export const claimsByNeed = (
  db: NetworkDatabase,
  needIds: readonly string[] | 'all',
): Promise<Map<string, ClaimRow[]>> =>
  // what is read after async functions nested as deep as these, a live query would no longer follow
  Dexie.Promise.resolve(readClaims(db, needIds))

const groupByNeed = <R>(rows: readonly R[], needOf: (row: R) => string): Map<string, R[]> => {
  const byNeed = new Map<string, R[]>()
  for (const row of rows) {
    const held = byNeed.get(needOf(row))
    if (held) held.push(row)
    else byNeed.set(needOf(row), [row])
  }
  return byNeed
}

const readClaims = async (
  db: NetworkDatabase,
  needIds: readonly string[] | 'all',
): Promise<Map<string, ClaimRow[]>> => {
  const table = db.table<ClaimRow, string>(claimType.table)
  const merges = await readMerges(db)
  const ids = needIds === 'all' ? needIds : withOthers(needIds, merges)
  const claims = await (ids === 'all' ? table.toArray() : rowsByKeys(table, 'needId', ids))
  const byNeed = groupByNeed(claims, (claim) => claim.needId)
  // acceptances and words are each about the need that the claim was made on
  return joinOthers(await withAnswers(db, byNeed, claims), merges)
}

/** Adds what others answered to these claims: that they accept them, and whether what was brought has arrived. */
export const withAnswers = async (
  db: NetworkDatabase,
  byNeed: Map<string, ClaimRow[]>,
  claims: readonly ClaimRow[],
): Promise<Map<string, ClaimRow[]>> => {
  const grants = groupByNeed(await answersTo<GrantRow>(db, grantType.table, claims), (row) => row.aboutId)
  const done = claims.filter(({ state }) => state === 'done')
  const said = groupByNeed(await answersTo<ConfirmationRow>(db, confirmationTable, done), (row) => row.needId)
  const needIds = [...new Set([...grants.keys(), ...said.keys()])]
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet(needIds)
  for (const need of needs) {
    if (!need) continue
    const accepted = withAcceptances(byNeed.get(need.id) ?? [], grants.get(need.id) ?? [], need)
    byNeed.set(need.id, withWords(accepted, said.get(need.id) ?? [], need))
  }
  return byNeed
}

/** Rows of a table that name one of these claims. Others are not in that index. */
const answersTo = <R extends GrantRow | ConfirmationRow>(
  db: NetworkDatabase,
  name: string,
  claims: readonly ClaimRow[],
): PromiseLike<R[]> =>
  rowsByKeys(
    db.table<R, string>(name),
    'claimId',
    claims.map(({ id }) => id),
  )
