/** What happened to a record and to what hangs on it, for the screen that tells it; and undoing a step of one's own. */

import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import { contactType } from '../records/contact/contact.ts'
import { editDraft, isPermitted, liveState } from '../records/draft.ts'
import { reportName } from '../records/grant/grant.ts'
import { typeNameOf } from '../records/merge.ts'
import { type SameAsRow, sameAsTable } from '../records/need/merges.ts'
import type { NeedRow } from '../records/need/need.ts'
import { type HistoryStep, recordHistory, type UndoPlan } from '../records/record-history.ts'
import type { CommandContext, Draft, Row } from '../records/record-type.ts'
import { tableOfType } from '../records/row-format.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { CommandError, CommandResult, HistoryCommand } from './api.ts'
import { contextFor, type RecordCommandParts, writeDrafts } from './record-commands.ts'

const idsWhere = async (
  database: NetworkDatabase,
  type: 'claim' | 'confirmation' | 'hiding' | 'ask',
  field: string,
  values: readonly string[],
): Promise<string[]> => {
  const table = database.table<Row, string>(tableOfType(type) ?? '')
  return (await table.where(field).anyOf(values).primaryKeys()).map(String)
}

/** Words that this need is one with another one, or that they are two; one that nobody may say of another's counts nowhere. */
const sameAsIds = async (database: NetworkDatabase, needId: string): Promise<string[]> => {
  const table = database.table<SameAsRow, string>(sameAsTable)
  const rows = await table.where('keepId').equals(needId).or('otherId').equals(needId).toArray()
  if (rows.length === 0) return []
  const needs = database.table<NeedRow, string>(tableOfType('need') ?? '')
  const others = await needs.bulkGet(rows.map(({ otherId }) => otherId))
  const maySay = ({ asCoordinator, creator }: SameAsRow, i: number) =>
    asCoordinator || creator === others[i]?.creator
  return rows.filter((row, i) => row.undone || maySay(row, i)).map(({ id }) => id)
}

/** What several people do to one thing stands in records of their own. */
const childIds = async (database: NetworkDatabase, recordId: string): Promise<string[]> => {
  const claims = await idsWhere(database, 'claim', 'needId', [recordId])
  const confirmations = await idsWhere(database, 'confirmation', 'claimId', claims)
  const asks = await idsWhere(database, 'ask', 'needId', [recordId])
  const hidings = await idsWhere(database, 'hiding', 'aboutId', [recordId])
  return [...claims, ...confirmations, ...asks, ...hidings, ...(await sameAsIds(database, recordId))]
}

/** Steps of one record; one that could be undone and whose type refuses this device that change says so. */
const stepsOf = async (
  recordId: string,
  { database, replica }: RecordCommandParts,
  context: CommandContext,
): Promise<HistoryStep[]> => {
  const { members, types } = replica.rowsBy
  const all = await database.operations.where({ recordId }).toArray()
  const operations = all.filter((row) => members.doesCount(row))
  const type = types.byName(typeNameOf(operations) ?? '')
  if (!type) return []
  const steps = recordHistory(operations, type, { me: context.member, now: context.now, members })
  return Promise.all(
    steps.map(async (step) => {
      const isOpen =
        step.undo !== null && (await undoDraft(step.undo, type.name, recordId, { replica, context }))
      return isOpen ? step : { ...step, undo: null }
    }),
  )
}

/** Under keys of their own, which a step back would not know: the key of their type's audience would show them to all. */
const neverUndone: ReadonlySet<string> = new Set([contactType.name, reportName])

/** Null where the rules refuse it. */
const undoDraft = async (
  { back }: UndoPlan,
  typeName: string,
  recordId: string,
  { replica, context }: { replica: RecordCommandParts['replica']; context: CommandContext },
): Promise<Draft | null> => {
  if (neverUndone.has(typeName)) return null
  const type = replica.rowsBy.types.byName(typeName)
  const state = type && (await liveState(type, recordId, context))
  if (!type || !state) return null
  const fields = Object.fromEntries(back.map(({ field, to }) => [field, to]))
  const draft = editDraft(type, state, fields, context.now)
  return isPermitted(draft, state, context) ? draft : null
}

const readHistory = async (
  { recordId }: HistoryCommand & { type: 'history.read' },
  parts: RecordCommandParts,
): Promise<HistoryStep[]> => {
  const context = contextFor(parts)
  const ids = [recordId, ...(await childIds(parts.database, recordId))]
  const steps = await Promise.all(ids.map((id) => stepsOf(id, parts, context)))
  return steps.flat().sort((one, other) => one.at - other.at)
}

/** `notFound` for a step that is not there. */
const undoStep = async (
  { recordId, place }: HistoryCommand & { type: 'history.undo' },
  parts: RecordCommandParts,
): Promise<Result<{ recordId: string }, CommandError>> => {
  const context = contextFor(parts)
  const step = (await stepsOf(recordId, parts, context)).find((one) => one.place === place)
  if (!step) return fail({ code: 'notFound' })
  const draft =
    step.undo && (await undoDraft(step.undo, step.type, recordId, { replica: parts.replica, context }))
  if (!draft) return fail({ code: 'notAllowed' })
  return (await writeDrafts([draft], parts)) ? ok({ recordId }) : fail({ code: 'notYetMember' })
}

export const runHistoryCommand = async (
  command: HistoryCommand,
  parts: RecordCommandParts,
): Promise<CommandResult> =>
  command.type === 'history.read'
    ? ok({ history: await readHistory(command, parts) })
    : undoStep(command, parts)
