/**
 * Projection: operations of the log become rows. Total and order-free: a record's row is reduced from all its
 * operations again whenever one arrives or somebody's role changes. Operations, rows and list lengths are written in
 * one transaction; nothing else writes rows.
 */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type MergeStep, mergeSteps, placeOf, typeNameOf } from '../records/merge.ts'
import type { Membership, RecordState, Row } from '../records/record-type.ts'
import { rowFormat, tableOfType } from '../records/row-format.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { ArrivalRow, ListRow, OperationRow, StatementRow, WaitingRow } from '../storage/schema.ts'
import { arrivalsAmong, keepArrivals } from './arrivals.ts'
import { markOthers } from './granted-contacts.ts'
import type { TypeBook } from './type-book.ts'

export interface Taken {
  lists: ListRow[]
  statements: StatementRow[]
  operations: OperationRow[]
  waiting: WaitingRow[]
  /** waiting entries that were opened now */
  opened: [string, string, number][]
}

/** By what operations become rows. */
export interface Reduction {
  members: Membership
  types: TypeBook
}

const rowTables = Object.keys(rowFormat.tables)

/** In `meta` while there are operations of a type whose code was not here when they came. */
const owedKey = 'rowsOwed'

/** How one record came to what it is; empty for a type whose code is not here, or while its create is not here. */
const stepsOf = (operations: readonly OperationRow[], by: Reduction): MergeStep[] => {
  const counting = operations.filter((row) => by.members.doesCount(row))
  const type = by.types.byName(typeNameOf(counting) ?? '')
  return type ? mergeSteps(counting, type, by.members) : []
}

const stateOf = (steps: readonly MergeStep[]): RecordState | undefined => steps.at(-1)?.after

/**
 * Where rows of these records may lie: no operation ever leaves the log, so by the types that they name, whichever of them
 * count now. Every other table is left alone: to write there, even nothing, makes each page read it again.
 */
const idsByTable = (operations: readonly OperationRow[]): Map<string, Set<string>> => {
  const ids = new Map<string, Set<string>>()
  for (const { type, recordId } of operations) {
    const table = tableOfType(type)
    if (table !== undefined) ids.set(table, (ids.get(table) ?? new Set()).add(recordId))
  }
  return ids
}

/** Of two phones of one person none stands against the other. */
const byPersons = (conflicts: Row['conflicts'], { memberOf }: Membership): Row['conflicts'] =>
  conflicts
    .map((one) => ({ ...one, keptBy: memberOf(one.keptBy), otherBy: memberOf(one.otherBy) }))
    .filter(({ keptBy, otherBy }) => keptBy !== otherBy)

/** `recordIds`: each once. Must run inside a transaction over `operations`, `meta` and all tables of rows. */
const rewriteRows = async (
  database: NetworkDatabase,
  recordIds: readonly string[],
  by: Reduction,
  onSteps?: (steps: readonly MergeStep[]) => void,
): Promise<void> => {
  // side by side: `anyOf` steps from one to the next with a cursor, each step a way to the database and back
  const groups = await Promise.all(
    recordIds.map((recordId) => database.operations.where({ recordId }).toArray()),
  )
  const operations = groups.flat()
  if (operations.some(({ type }) => by.types.isAwaited(type)))
    await database.meta.put({ key: owedKey, value: true })
  const rows = new Map<string, Row[]>()
  for (const group of groups) {
    const steps = stepsOf(group, by)
    onSteps?.(steps)
    const state = stateOf(steps)
    const type = state && !state.erased ? by.types.byName(state.type) : undefined
    const reduced = state && type?.toRow(state)
    if (!reduced || !type) continue
    const row = { ...reduced, conflicts: byPersons(reduced.conflicts, by.members) }
    const list = rows.get(type.table)
    if (list) list.push(row)
    else rows.set(type.table, [row])
  }
  for (const [table, ids] of idsByTable(operations)) {
    const kept = rows.get(table) ?? []
    for (const row of kept) ids.delete(row.id)
    if (ids.size > 0) await database.table(table).bulkDelete([...ids])
    if (kept.length > 0) await database.table(table).bulkPut(kept)
  }
}

/** What {@link rewriteRows} reads and writes. */
const tablesOfRows = (database: NetworkDatabase) => [
  database.operations,
  database.meta,
  ...rowTables.map((name) => database.table(name)),
]

/** In the transaction of {@link project}. */
const projectOperations = async (
  database: NetworkDatabase,
  taken: OperationRow[],
  by: Reduction,
  me: DeviceId,
): Promise<void> => {
  await database.operations.bulkPut(taken)
  const places = new Set(taken.map(placeOf))
  const person = by.members.memberOf(me)
  const came: ArrivalRow[] = []
  const note = (steps: readonly MergeStep[]) => came.push(...arrivalsAmong(steps, places, person, by.members))
  const touched = [...new Set(taken.map(({ recordId }) => recordId))]
  await rewriteRows(database, touched, by, note)
  await keepArrivals(database, came)
}

/**
 * What an intake took: one transaction, so that rows never show what `lists` does not count, nor less. `me` is this
 * device: what others wrote is noted as arrived.
 */
export const project = async (
  database: NetworkDatabase,
  taken: Taken,
  by: Reduction,
  me: DeviceId,
): Promise<void> => {
  const { lists, statements, waiting, arrivals } = database
  const tables = [lists, statements, waiting, arrivals, ...tablesOfRows(database)]
  await database.transaction('rw', tables, async () => {
    await lists.bulkPut(taken.lists)
    if (taken.statements.length > 0) await statements.bulkPut(taken.statements)
    if (taken.waiting.length > 0) await waiting.bulkPut(taken.waiting)
    if (taken.opened.length > 0) await waiting.bulkDelete(taken.opened)
    if (taken.operations.length > 0) await projectOperations(database, taken.operations, by, me)
    await markOthers(database, taken.operations, taken.waiting)
  })
}

/** Rows of records that these devices wrote to, after their roles changed, or what counts of them. */
export const reproject = async (
  database: NetworkDatabase,
  authors: readonly DeviceId[],
  by: Reduction,
): Promise<void> => {
  await database.transaction('rw', tablesOfRows(database), async () => {
    const touched = await database.operations.where('author').anyOf(authors).toArray()
    await rewriteRows(database, [...new Set(touched.map(({ recordId }) => recordId))], by)
  })
}

/** Records whose rows are rewritten in one transaction. */
const batchRecords = 200

const rewriteInBatches = async (
  database: NetworkDatabase,
  recordIds: readonly string[],
  by: Reduction,
): Promise<void> => {
  const tables = tablesOfRows(database)
  for (let from = 0; from < recordIds.length; from += batchRecords) {
    const batch = recordIds.slice(from, from + batchRecords)
    await database.transaction('rw', tables, () => rewriteRows(database, batch, by))
  }
}

/** All rows again from the operations: their format changed, or a type is known now that was not. */
export const projectAgain = async (database: NetworkDatabase, by: Reduction): Promise<void> =>
  rewriteInBatches(database, (await database.operations.orderBy('recordId').uniqueKeys()).map(String), by)

/** Rows of records that came before the code of their type did; a fall in between leaves them owed. */
export const projectOwed = async (database: NetworkDatabase, by: Reduction): Promise<void> => {
  if (!(await database.meta.get(owedKey))) return
  const owed = await database.operations.filter(({ type }) => by.types.isLater(type)).toArray()
  await rewriteInBatches(database, [...new Set(owed.map(({ recordId }) => recordId))], by)
  await database.meta.delete(owedKey)
}

/** The merged state of one record, for commands. */
export const readState = async (
  database: NetworkDatabase,
  recordId: string,
  by: Reduction,
): Promise<RecordState | undefined> =>
  stateOf(stepsOf(await database.operations.where({ recordId }).toArray(), by))
