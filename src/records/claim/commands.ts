/** What a person can do with a claim: take a need, report progress, say done, leave it to others. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, editDraft, isPermitted } from '../draft.ts'
import { editRecord, type Found, findRecord } from '../edit-record.ts'
import { needType } from '../need/need.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type ClaimRow, claimSchema, claimType, promiseHours } from './claim.ts'
import { isLive } from './claim-order.ts'
import { hoursNow } from './hours-now.ts'

export type ClaimCommand =
  /** `amount`: 1 to the quantity of the need; left out it is 1 */
  | { type: 'claim.take'; needId: string; amount?: number | string }
  | { type: 'claim.onWay'; id: string }
  /** "still with me": its hours begin again; not for a claim that has expired already */
  | { type: 'claim.still'; id: string }
  | { type: 'claim.done'; id: string; note?: string }
  | { type: 'claim.release'; id: string }

type Outcome = Promise<Result<Drafted, RecordError>>

const take = async (command: ClaimCommand & { type: 'claim.take' }, context: CommandContext): Outcome => {
  const need = await findRecord(needType, command.needId, context)
  if (!need.ok) return need
  const { id: needId, cancelled, quantity } = need.value.row
  if (cancelled) return fail({ code: 'notAllowed' })
  const fields = validate(claimSchema, { needId, amount: command.amount })
  if (!fields.ok) return fields
  if (fields.value.amount > quantity) {
    return fail({ code: 'invalid', field: 'amount', rule: 'tooLarge', limit: quantity })
  }
  const claims = await context.rowsWhere<ClaimRow>(claimType.table, 'needId', needId)
  if (claims.some((claim) => claim.creator === context.member && isLive(claim, context.now))) {
    return fail({ code: 'alreadyTaken' })
  }
  const hours = await hoursNow(context)
  const said = hours === promiseHours.usual ? {} : { hours }
  const draft = await createDraft(claimType, { ...fields.value, ...said, state: 'taken' }, context)
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  return ok({ drafts: [draft], recordId: draft.operation.id })
}

/** The first progress also writes `firm`, whose stamp keeps the claim's place whatever is reported later. */
const progress = (found: Found<ClaimRow>, state: 'onWay' | 'done', note: string, context: CommandContext) => {
  const firm = found.state.fields.firm ? {} : { firm: true }
  if (found.row.state === state && found.row.note === note) return ok([])
  return editRecord(claimType, found, { state, note, ...firm }, context)
}

const still = (found: Found<ClaimRow>, context: CommandContext) => {
  if (!isLive(found.row, context.now)) return fail<RecordError>({ code: 'notAllowed' })
  const draft = editDraft(claimType, found.state, { state: found.row.state }, context.now)
  return isPermitted(draft, found.state, context) ? ok([draft]) : fail<RecordError>({ code: 'notAllowed' })
}

const change = async (
  command: Exclude<ClaimCommand, { type: 'claim.take' }>,
  found: Found<ClaimRow>,
  context: CommandContext,
) => {
  switch (command.type) {
    case 'claim.onWay':
      return progress(found, 'onWay', found.row.note, context)
    case 'claim.still':
      return still(found, context)
    case 'claim.done': {
      const need = await context.state(found.row.needId)
      // a claim's note is read by all
      const isForFew = need?.fields.confidential?.value === true
      const note = validate(claimSchema.entries.note, isForFew ? '' : command.note)
      if (note.ok) return progress(found, 'done', note.value, context)
      return fail<RecordError>(note.error.code === 'invalid' ? { ...note.error, field: 'note' } : note.error)
    }
    case 'claim.release':
      return editRecord(claimType, found, { state: 'released' }, context)
  }
}

export const claimDrafts = async (command: ClaimCommand, context: CommandContext): Outcome => {
  if (command.type === 'claim.take') return take(command, context)
  const found = await findRecord(claimType, command.id, context)
  if (!found.ok) return found
  const drafts = await change(command, found.value, context)
  return drafts.ok ? ok({ drafts: drafts.value, recordId: command.id }) : drafts
}
