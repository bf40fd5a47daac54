/** A word of the network's own that somebody took a list with names and addresses out of it: who, when, why and how many. */

import * as v from 'valibot'
import { text, wholeNumber } from '../field-schemas.ts'
import type { Operation } from '../operation.ts'
import type { Membership, RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'

export const exportNoteLimits = { reasonChars: 200, scopeChars: 200, countMax: 99_999 } as const

export const exportNoteSchema = v.object({
  reason: v.pipe(text(exportNoteLimits.reasonChars), v.minLength(3)),
  /** needs or offers in the list */
  count: v.optional(wholeNumber(0, exportNoteLimits.countMax), 0),
  /** the filters that chose them, in the words of who exported */
  scope: v.optional(text(exportNoteLimits.scopeChars), ''),
  /** what the list was of */
  of: v.optional(v.picklist(['needs', 'offers']), 'needs'),
})

export type ExportNoteInput = v.InferInput<typeof exportNoteSchema>

export interface ExportNoteRow extends Row {
  reason: string
  count: number
  scope: string
  of: 'needs' | 'offers'
}

/** A coordinator writes it; nobody changes or erases it, not even its author. */
const mayWrite = (
  author: Parameters<Membership['roleOf']>[0],
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => before === undefined && operation.op === 'create' && members.roleOf(author) === 'coordinator'

const toRow = (state: RecordState): ExportNoteRow | null => {
  const fields = state.erased ? null : readFields(exportNoteSchema, state)
  return fields && ({ ...rowBase(state, []), ...fields } as ExportNoteRow)
}

export const exportNoteType: RecordType<ExportNoteRow> = {
  name: 'export-note',
  table: 'exportNotes',
  audience: 'members',
  room: 'board',
  mayWrite,
  toRow,
}
