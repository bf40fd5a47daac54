/** A hiding: one coordinator's word that a thing should not be seen. Two coordinators' words hide it ({@link hidingOf}). */

import * as v from 'valibot'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { recordId, text } from '../field-schemas.ts'
import type { Operation, RecordId } from '../operation.ts'
import type { Membership, RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'

export const hidingLimits = { noteChars: 200 } as const

export const hidingSchema = v.object({
  aboutId: recordId,
  aboutType: v.picklist(['need', 'offer', 'comment']),
  note: v.optional(text(hidingLimits.noteChars), ''),
})

export type HidingInput = v.InferInput<typeof hidingSchema>

export interface HidingRow extends Row {
  aboutId: RecordId
  aboutType: 'need' | 'offer' | 'comment'
  /** why, for the author and everybody */
  note: string
  /** taken back by who had said it */
  lifted: boolean
}

const schema = v.object({ ...hidingSchema.entries, lifted: v.optional(v.boolean(), false) })

/** Only coordinators, each his own; what it is about never changes, and it is never erased: who hid what stays known. */
const mayWrite = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  if (members.roleOf(author) !== 'coordinator') return false
  if (!before) return operation.op === 'create'
  const { note: _, lifted: __, ...rest } = operation.fields ?? {}
  return (
    operation.op === 'set' && before.creator === members.memberOf(author) && Object.keys(rest).length === 0
  )
}

const toRow = (state: RecordState): HidingRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  return fields && ({ ...rowBase(state, []), ...fields } as HidingRow)
}

export const hidingType: RecordType<HidingRow> = {
  name: 'hiding',
  table: 'hidings',
  audience: 'members',
  room: 'month',
  mayWrite,
  toRow,
}
