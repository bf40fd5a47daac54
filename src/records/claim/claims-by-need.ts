/** The claims on needs, with what their acceptance and confirmations add. */

import { Dexie } from 'dexie'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { ConfirmationRow } from '../confirmation/confirmation.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import { joinOthers, type Merges, readMerges, withOthers } from '../need/merges.ts'
import { type NeedRow, needType } from '../need/need.ts'
import { rowsByKeys } from '../rows-by-keys.ts'
import { withAcceptances } from './acceptance.ts'
import { type ClaimRow, claimType } from './claim.ts'
import { withWords } from './claim-word.ts'

/** By name: the code of the type comes later than the first screens (later-records.ts). */
const confirmationTable = 'confirmations'

/** All claims on these needs, or on all there are, by need; a need without claims is not in the map. `merges` where read. */
export const claimsByNeed = (
  db: NetworkDatabase,
  needIds: readonly string[] | 'all',
  merges?: Merges,
): Promise<Map<string, ClaimRow[]>> =>
  // what is read after async functions nested as deep as these, a live query would no longer follow
  Dexie.Promise.resolve(readClaims(db, needIds, merges))

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
  known: Merges | undefined,
): Promise<Map<string, ClaimRow[]>> => {
  const table = db.table<ClaimRow, string>(claimType.table)
  const merges = known ?? (await readMerges(db))
  const ids = needIds === 'all' ? needIds : withOthers(needIds, merges)
  const claims = await (ids === 'all' ? table.toArray() : rowsByKeys(table, 'needId', ids))
  const byNeed = groupByNeed(claims, (claim) => claim.needId)
  return withAnswers(db, byNeed, claims, merges)
}

/**
 * Adds what others answered to these claims: that they accept them, and whether what was brought has arrived. Each is about
 * the need that the claim was made on. On the one that this need is shown as part of, its own author is asked as well; who
 * joined his need to another's by his own word alone closes only his.
 */
const withAnswers = async (
  db: NetworkDatabase,
  byNeed: Map<string, ClaimRow[]>,
  claims: readonly ClaimRow[],
  merges: Merges,
): Promise<Map<string, ClaimRow[]>> => {
  const grants = groupByNeed(await answersTo<GrantRow>(db, grantType.table, claims), (row) => row.aboutId)
  const done = claims.filter(({ state }) => state === 'done')
  const said = groupByNeed(await answersTo<ConfirmationRow>(db, confirmationTable, done), (row) => row.needId)
  const kept = [...said.keys()].flatMap((id) => merges.keptBy.get(id) ?? [])
  const needIds = [...new Set([...grants.keys(), ...said.keys(), ...kept])]
  const needs = await db.table<NeedRow, string>(needType.table).bulkGet(needIds)
  const needById = new Map(needs.flatMap((need) => (need ? [[String(need.id), need]] : [])))
  for (const [id, need] of needById) {
    const accepted = withAcceptances(byNeed.get(id) ?? [], grants.get(id) ?? [], need)
    if (accepted.length > 0) byNeed.set(id, withWords(accepted, said.get(id) ?? [], need))
  }
  return joinOthers(byNeed, merges, (theirs, other, keptId) => {
    const need = needById.get(keptId)
    const asked = need ? withWords(theirs, said.get(other) ?? [], need) : theirs
    const isTrusted = merges.byCoordinators.has(other)
    return asked.map((claim, i) => ({
      ...claim,
      word: claim.word ?? (isTrusted ? theirs[i]?.word : null) ?? null,
    }))
  })
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
