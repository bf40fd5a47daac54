/** A request to one person: would you take this need? His no is written nowhere; his yes is a claim. */

import * as v from 'valibot'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { recordId } from '../field-schemas.ts'
import { type AskRow, askTable } from '../need/asks.ts'
import type { Operation } from '../operation.ts'
import type { Membership, RecordState, RecordType } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOnly } from '../rules.ts'

export const askSchema = v.object({
  needId: recordId,
  /** a person's id has the shape of a record's */
  personId: recordId,
  offerId: v.optional(v.union([recordId, v.literal('')]), ''),
})

export type AskInput = v.InferInput<typeof askSchema>

const schema = v.object({ ...askSchema.entries, asCoordinator: v.optional(v.boolean(), false) })

/** Made and taken back, never changed. That it is about his own need is for `need/asks.ts`. */
const mayWrite = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  if (operation.op === 'set' || !creatorOnly(author, before, operation, members)) return false
  const isForAnother = before === undefined && operation.fields?.asCoordinator === true
  return !isForAnother || members.roleOf(author) === 'coordinator'
}

const toRow = (state: RecordState): AskRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  return fields && ({ ...rowBase(state, []), ...fields } as AskRow)
}

export const askType: RecordType<AskRow> = {
  name: 'ask',
  table: askTable,
  audience: 'members',
  room: 'month',
  mayWrite,
  toRow,
}
