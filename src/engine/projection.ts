/**
 * Projection: operations of the log become rows. Total and order-free: a record's row is reduced from all its
 * operations again whenever one arrives or somebody's role changes. Operations, rows and list lengths are written in
 * one transaction; nothing else writes rows.
 */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { mergeRecord, typeNameOf } from '../records/merge.ts'
import type { Membership, RecordState, Row } from '../records/record-type.ts'
import { recordTypeByName, recordTypes } from '../records/record-types.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { ListRow, OperationRow, StatementRow, WaitingRow } from '../storage/schema.ts'

export interface Taken {
  lists: ListRow[]
  statements: StatementRow[]
  operations: OperationRow[]
  waiting: WaitingRow[]
  /** waiting entries that were opened now */
  opened: [string, string, number][]
}

const rowTables = recordTypes.map(({ table }) => table)

/** The merged state of one record; undefined for a type that this version does not know, or while its create is not here. */
const stateOf = (operations: readonly OperationRow[], members: Membership): RecordState | undefined => {
  const counting = operations.filter((row) => members.doesCount(row))
  const type = recordTypeByName(typeNameOf(counting) ?? '')
  return type && mergeRecord(counting, type, members)
}

const groupByRecord = (operations: readonly OperationRow[]): Map<string, OperationRow[]> => {
  const groups = new Map<string, OperationRow[]>()
  for (const operation of operations) {
    const group = groups.get(operation.recordId)
    if (group) group.push(operation)
    else groups.set(operation.recordId, [operation])
  }
  return groups
}

/** Of two phones of one person none stands against the other. */
const byPersons = (conflicts: Row['conflicts'], { memberOf }: Membership): Row['conflicts'] =>
  conflicts
    .map((one) => ({ ...one, keptBy: memberOf(one.keptBy), otherBy: memberOf(one.otherBy) }))
    .filter(({ keptBy, otherBy }) => keptBy !== otherBy)

/** Must run inside a transaction over `operations` and all tables of rows. */
const rewriteRows = async (
  database: NetworkDatabase,
  recordIds: readonly string[],
  members: Membership,
): Promise<void> => {
  const operations = await database.operations.where('recordId').anyOf(recordIds).toArray()
  const rows = new Map<string, Row[]>()
  for (const group of groupByRecord(operations).values()) {
    const state = stateOf(group, members)
    const type = state && !state.erased ? recordTypeByName(state.type) : undefined
    const reduced = state && type?.toRow(state)
    if (!reduced || !type) continue
    const row = { ...reduced, conflicts: byPersons(reduced.conflicts, members) }
    const list = rows.get(type.table)
    if (list) list.push(row)
    else rows.set(type.table, [row])
  }
  for (const table of rowTables) {
    const kept = rows.get(table) ?? []
    const gone = new Set(recordIds)
    for (const row of kept) gone.delete(row.id)
    if (gone.size > 0) await database.table(table).bulkDelete([...gone])
    if (kept.length > 0) await database.table(table).bulkPut(kept)
  }
}

/** What an intake took: one transaction, so that rows never show what `lists` does not count, nor less. */
export const project = async (
  database: NetworkDatabase,
  taken: Taken,
  members: Membership,
): Promise<void> => {
  const { lists, statements, operations, waiting } = database
  const tables = [lists, statements, operations, waiting, ...rowTables.map((name) => database.table(name))]
  await database.transaction('rw', tables, async () => {
    await lists.bulkPut(taken.lists)
    if (taken.statements.length > 0) await statements.bulkPut(taken.statements)
    if (taken.waiting.length > 0) await waiting.bulkPut(taken.waiting)
    if (taken.opened.length > 0) await waiting.bulkDelete(taken.opened)
    if (taken.operations.length === 0) return
    await operations.bulkPut(taken.operations)
    await rewriteRows(database, [...new Set(taken.operations.map(({ recordId }) => recordId))], members)
  })
}

/** Rows of records that these devices wrote to, after their roles changed, or what counts of them. */
export const reproject = async (
  database: NetworkDatabase,
  authors: readonly DeviceId[],
  members: Membership,
): Promise<void> => {
  const tables = [database.operations, ...rowTables.map((name) => database.table(name))]
  await database.transaction('rw', tables, async () => {
    const touched = await database.operations.where('author').anyOf(authors).toArray()
    await rewriteRows(database, [...new Set(touched.map(({ recordId }) => recordId))], members)
  })
}

/** Records whose rows are rewritten in one transaction. */
const batchRecords = 200

/** All rows again from the operations: their format changed, or a type is known now that was not. */
export const projectAgain = async (database: NetworkDatabase, members: Membership): Promise<void> => {
  const recordIds = (await database.operations.orderBy('recordId').uniqueKeys()).map(String)
  const tables = [database.operations, ...rowTables.map((name) => database.table(name))]
  for (let from = 0; from < recordIds.length; from += batchRecords) {
    const batch = recordIds.slice(from, from + batchRecords)
    await database.transaction('rw', tables, () => rewriteRows(database, batch, members))
  }
}

/** The merged state of one record, for commands. */
export const readState = async (
  database: NetworkDatabase,
  recordId: string,
  members: Membership,
): Promise<RecordState | undefined> =>
  stateOf(await database.operations.where({ recordId }).toArray(), members)
