/** Noting that a list with names leaves the network; it is written before the list is made. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type ExportNoteInput, exportNoteSchema, exportNoteType } from './export-note.ts'

export type ExportNoteCommand = { type: 'exportNote.add' } & ExportNoteInput

export const exportNoteDrafts = async (
  { type: _, ...input }: ExportNoteCommand,
  context: CommandContext,
): Promise<Result<Drafted, RecordError>> => {
  const fields = validate(exportNoteSchema, input)
  if (!fields.ok) return fields
  const draft = await createDraft(exportNoteType, fields.value, context)
  return isPermitted(draft, undefined, context)
    ? ok({ drafts: [draft], recordId: draft.operation.id })
    : fail({ code: 'notAllowed' })
}
