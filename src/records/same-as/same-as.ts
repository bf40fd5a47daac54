/** Same-as: a person's word that two needs are one, or that they are not; the needs themselves stay as they are. */

import * as v from 'valibot'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { recordId, wholeNumber } from '../field-schemas.ts'
import { type SameAsRow, sameAsTable, sameAsUndoMs } from '../need/merges.ts'
import { needLimits } from '../need/need.ts'
import type { Operation } from '../operation.ts'
import type { Membership, RecordState, RecordType } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { isWriter } from '../rules.ts'

export const sameAsSchema = v.object({ keepId: recordId, otherId: recordId })

const quantity = wholeNumber(needLimits.quantityMin, needLimits.quantityMax)

const schema = v.object({
  ...sameAsSchema.entries,
  undone: v.optional(v.boolean(), false),
  asCoordinator: v.optional(v.boolean(), false),
  raisedFrom: v.optional(v.nullable(quantity), null),
  raisedTo: v.optional(v.nullable(quantity), null),
})

/** Which needs it is about never changes, nor is it erased: who took two for one stays known. */
const mayWrite = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  const isCoordinator = members.roleOf(author) === 'coordinator'
  const { undone: _, ...rest } = operation.fields ?? {}
  if (!before) {
    if (operation.op !== 'create' || !isWriter(author, members)) return false
    return operation.fields?.asCoordinator !== true || isCoordinator
  }
  if (operation.op !== 'set' || Object.keys(rest).length > 0) return false
  if (isCoordinator) return true
  const isOwn = isWriter(author, members) && before.creator === members.memberOf(author)
  return isOwn && operation.at[1] - before.createdAt <= sameAsUndoMs
}

const toRow = (state: RecordState): SameAsRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  if (!fields || fields.keepId === fields.otherId) return null
  return { ...rowBase(state, []), ...fields } as SameAsRow
}

export const sameAsType: RecordType<SameAsRow> = {
  name: 'same-as',
  table: sameAsTable,
  audience: 'members',
  room: 'month',
  mayWrite,
  toRow,
}
