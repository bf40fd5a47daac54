/** What happened to a record, step by step, and which steps can be undone: pure, from its operations. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { OperationRow } from '../storage/schema.ts'
import { type MergeStep, mergeSteps, placeOf } from './merge.ts'
import type { FieldState, Membership, RecordState, RecordType } from './record-type.ts'
import { isSameValue } from './same-value.ts'

/** Own changes can be undone for a day. */
export const undoMs = 24 * 3600 * 1000

export interface HistoryChange {
  field: string
  /** null where nothing stood */
  from: unknown
  to: unknown
  /** persons who wrote this field at the same time, without knowing of each other */
  alongside: DeviceId[]
}

/** What undoing a step would do now. */
export interface UndoPlan {
  /** fields that go back, from what stands now to what stood before the step */
  back: { field: string; from: unknown; to: unknown }[]
  /** fields that somebody has written after the step: they stay */
  stays: { field: string; by: DeviceId }[]
}

export interface HistoryStep {
  recordId: string
  type: string
  /** place in the log: names the step */
  place: string
  op: 'create' | 'set' | 'erase'
  /** the person */
  by: DeviceId
  /** the writer's clock, ms */
  at: number
  changes: HistoryChange[]
  /** what a `create` wrote */
  made: Readonly<Record<string, unknown>>
  /** null: somebody else's, too old, no change, or overwritten altogether */
  undo: UndoPlan | null
}

export interface Reader {
  me: DeviceId
  now: number
  members: Membership
}

const standing = (field: FieldState | undefined): unknown => field?.value ?? null

const isStampOf = (field: FieldState | undefined, { at, author }: OperationRow): boolean =>
  field !== undefined &&
  field.stamp.author === author &&
  field.stamp.count === at[0] &&
  field.stamp.wallMs === at[1]

const changesOf = ({ row, before, after }: MergeStep, { memberOf }: Membership): HistoryChange[] =>
  Object.keys(row.fields ?? {}).flatMap((field) => {
    const [from, to] = [standing(before?.fields[field]), standing(after.fields[field])]
    const other = after.fields[field]?.other
    const beside = other && memberOf(other.stamp.author)
    const alongside = beside !== undefined && beside !== memberOf(row.author) ? [beside] : []
    return isSameValue(from, to) ? [] : [{ field, from, to, alongside }]
  })

const planOf = (
  { row }: MergeStep,
  changes: readonly HistoryChange[],
  now: RecordState,
  members: Membership,
): UndoPlan | null => {
  const plan: UndoPlan = { back: [], stays: [] }
  for (const { field, from, to } of changes) {
    const stands = now.fields[field]
    if (isStampOf(stands, row)) plan.back.push({ field, from: to, to: from })
    else if (stands) plan.stays.push({ field, by: members.memberOf(stands.stamp.author) })
  }
  return plan.back.length === 0 ? null : plan
}

/** In the order in which they count; `operations` as for {@link mergeSteps}. */
export const recordHistory = (
  operations: readonly OperationRow[],
  type: RecordType,
  { me, now, members }: Reader,
): HistoryStep[] => {
  const steps = mergeSteps(operations, type, members)
  const stands = steps.at(-1)?.after
  return steps.map((step): HistoryStep => {
    const { row } = step
    const by = members.memberOf(row.author)
    const changes = row.op === 'set' ? changesOf(step, members) : []
    const isOwn = by === me && now - row.at[1] <= undoMs
    const undo = stands && !stands.erased && isOwn ? planOf(step, changes, stands, members) : null
    const { recordId, op } = row
    const made = op === 'create' ? { ...row.fields } : {}
    return { recordId, type: type.name, place: placeOf(row), op, by, at: row.at[1], changes, made, undo }
  })
}
