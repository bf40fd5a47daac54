/** A coordinator's word that a thing should not be seen, and taking it back. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, editDraft, isPermitted, liveState } from '../draft.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext, Draft } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type HidingInput, type HidingRow, hidingSchema, hidingType } from './hiding.ts'

export type HidingCommand =
  | ({ type: 'hiding.add' } & HidingInput)
  /** `aboutId`: the thing; takes back this person's own word about it */
  | { type: 'hiding.lift'; aboutId: string }

type Outcome = Promise<Result<Drafted, RecordError>>

const ownRows = async (aboutId: string, { rowsWhere, member }: CommandContext): Promise<HidingRow[]> =>
  (await rowsWhere<HidingRow>(hidingType.table, 'aboutId', aboutId)).filter(
    ({ creator }) => creator === member,
  )

const change = async (
  rows: readonly HidingRow[],
  fields: Partial<HidingRow>,
  aboutId: string,
  context: CommandContext,
): Outcome => {
  const drafts: Draft[] = []
  for (const { id } of rows) {
    const state = await liveState(hidingType, id, context)
    const draft = state && editDraft(hidingType, state, fields, context.now)
    if (!draft || !isPermitted(draft, state, context)) return fail({ code: 'notAllowed' })
    drafts.push(draft)
  }
  return ok({ drafts, recordId: aboutId })
}

/** One word for each person: who had taken his back says it again. */
const add = async (command: HidingCommand & { type: 'hiding.add' }, context: CommandContext): Outcome => {
  const { type: _, ...input } = command
  const fields = validate(hidingSchema, input)
  if (!fields.ok) return fields
  const { aboutId, aboutType, note } = fields.value
  const about = await context.state(aboutId)
  if (!about || about.erased || about.type !== aboutType) return fail({ code: 'notFound' })
  // nobody but coordinators sees it, and a note here is for all
  if (about.fields.confidential?.value === true) return fail({ code: 'notAllowed' })
  const [own] = await ownRows(aboutId, context)
  if (own) return change([own], { lifted: false, note }, aboutId, context)
  const draft = await createDraft(hidingType, fields.value, context)
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  return ok({ drafts: [draft], recordId: aboutId })
}

export const hidingDrafts = async (command: HidingCommand, context: CommandContext): Outcome => {
  if (command.type === 'hiding.add') return add(command, context)
  const own = (await ownRows(command.aboutId, context)).filter(({ lifted }) => !lifted)
  return change(own, { lifted: true }, command.aboutId, context)
}
