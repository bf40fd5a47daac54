/**
 * A report: somebody tells the coordinators that a thing should not stand here. It is sealed under a key of its own, which
 * the grant beside it gives to the coordinators and never to whoever wrote the thing.
 */

import * as v from 'valibot'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { recordId, text } from '../field-schemas.ts'
import { reportName } from '../grant/grant.ts'
import type { Operation, RecordId } from '../operation.ts'
import type { Membership, RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOnly } from '../rules.ts'

export const reportLimits = { noteChars: 300 } as const
export const reportReasons = ['wrong', 'harmful', 'private', 'spam', 'other'] as const

export const reportSchema = v.object({
  aboutId: recordId,
  aboutType: v.picklist(['need', 'offer', 'comment']),
  reason: v.optional(v.picklist(reportReasons), 'other'),
  note: v.optional(text(reportLimits.noteChars), ''),
})

export type ReportInput = v.InferInput<typeof reportSchema>

export interface ReportRow extends Row {
  aboutId: RecordId
  aboutType: 'need' | 'offer' | 'comment'
  reason: (typeof reportReasons)[number]
  note: string
  /** a coordinator has looked: nothing is to be done about it */
  closed: boolean
}

const schema = v.object({ ...reportSchema.entries, closed: v.optional(v.boolean(), false) })

/** A member writes it and takes it back; a coordinator closes it, and changes nothing of what it says. */
const mayWrite = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  if (!before || operation.op === 'erase') return creatorOnly(author, before, operation, members)
  const { closed, ...rest } = operation.fields ?? {}
  return closed !== undefined && Object.keys(rest).length === 0 && members.roleOf(author) === 'coordinator'
}

const toRow = (state: RecordState): ReportRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  return fields && ({ ...rowBase(state, []), ...fields } as ReportRow)
}

export const reportType: RecordType<ReportRow> = {
  name: reportName,
  table: 'reports',
  // what the relay refuses and seals again goes under its own key: the chain is never asked for it
  audience: 'coordinators',
  room: 'month',
  mayWrite,
  toRow,
}
