/** Saying how long a promise holds; what has been promised keeps the hours that it was promised for. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, findRecord } from '../edit-record.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type PromiseHoursRow, promiseHoursSchema, promiseHoursType } from './promise-hours.ts'

export type PromiseHoursCommand = { type: 'promiseHours.set'; hours: number }

/** The record that is there is written anew. */
export const promiseHoursDrafts = async (
  { hours }: PromiseHoursCommand,
  context: CommandContext,
): Promise<Result<Drafted, RecordError>> => {
  const fields = validate(promiseHoursSchema, { hours })
  if (!fields.ok) return fields
  const rows = await context.rowsWhere<PromiseHoursRow>(promiseHoursType.table, 'of', 'network')
  const latest = rows.sort((a, b) => b.updatedAt - a.updatedAt)[0]
  if (!latest) {
    const draft = await createDraft(promiseHoursType, fields.value, context)
    if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
    return ok({ drafts: [draft], recordId: draft.operation.id })
  }
  const found = await findRecord(promiseHoursType, latest.id, context)
  if (!found.ok) return found
  const edits = editRecord(promiseHoursType, found.value, fields.value, context)
  return edits.ok ? ok({ drafts: edits.value, recordId: latest.id }) : edits
}
