/** Telling the coordinators about a thing, taking that back, and a coordinator's word that it may stay. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, editDraft, eraseDraft, isPermitted, liveState } from '../draft.ts'
import { type GrantRow, grantType, reportGrant } from '../grant/grant.ts'
import { reportReaders } from '../grant/report-readers.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext, Draft, RecordState } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type ReportInput, type ReportRow, reportSchema, reportType } from './report.ts'

export type ReportCommand =
  /** `nobodyToTell` where only who wrote the thing coordinates */
  | ({ type: 'report.add' } & ReportInput)
  | { type: 'report.withdraw'; id: string }
  /** nothing is to be done about it */
  | { type: 'report.close'; id: string }

type Outcome = Promise<Result<Drafted, RecordError>>

const add = async (command: ReportCommand & { type: 'report.add' }, context: CommandContext): Outcome => {
  const { type: _, ...input } = command
  const fields = validate(reportSchema, input)
  if (!fields.ok) return fields
  const { content, member } = context
  const { aboutId, aboutType } = fields.value
  const about = await context.state(aboutId)
  if (!about || about.erased || about.type !== aboutType) return fail({ code: 'notFound' })
  const earlier = await context.rowsWhere<ReportRow>(reportType.table, 'aboutId', aboutId)
  const open = earlier.find(({ creator, closed }) => creator === member && !closed)
  if (open) return ok({ drafts: [], recordId: open.id })
  const readers = reportReaders(member, about.creator, content.coordinators())
  if (readers.length === 1 && !content.coordinators().includes(member)) return fail({ code: 'nobodyToTell' })
  const contentKey = await content.create()
  const wraps = await content.wrapFor(contentKey, readers)
  const report = await createDraft(reportType, fields.value, context)
  if (!wraps || !isPermitted(report, undefined, context)) return fail({ code: 'notAllowed' })
  const { id } = report.operation
  const grant = { contactId: id, aboutId: id, keyId: contentKey, wraps, founds: true }
  return ok({
    drafts: [{ ...report, contentKey }, await createDraft(grantType, grant, context)],
    recordId: id,
  })
}

/** Under the report's own key: whoever reads it reads this too. */
const written = async (
  id: string,
  draftOf: (state: RecordState) => Draft,
  context: CommandContext,
): Outcome => {
  const state = await liveState(reportType, id, context)
  const grants = await context.rowsWhere<GrantRow>(grantType.table, 'aboutId', id)
  const grant = state && reportGrant(grants, state.creator)
  if (!state || !grant) return fail({ code: 'notFound' })
  const draft = draftOf(state)
  if (!isPermitted(draft, state, context)) return fail({ code: 'notAllowed' })
  return ok({ drafts: [{ ...draft, contentKey: grant.keyId }], recordId: id })
}

export const reportDrafts = (command: ReportCommand, context: CommandContext): Outcome => {
  switch (command.type) {
    case 'report.add':
      return add(command, context)
    case 'report.withdraw':
      return written(command.id, (state) => eraseDraft(reportType, state, context.now), context)
    case 'report.close':
      return written(
        command.id,
        (state) => editDraft(reportType, state, { closed: true }, context.now),
        context,
      )
  }
}
