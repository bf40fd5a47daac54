/** Asking somebody for a need, and taking the request back. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, eraseDraft, isPermitted } from '../draft.ts'
import { findRecord } from '../edit-record.ts'
import { type AskRow, askWeekMs, doesAskCount } from '../need/asks.ts'
import { needType } from '../need/need.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type AskInput, askSchema, askType } from './ask.ts'

export type AskCommand =
  /** by who wrote the need, or a coordinator; who was asked for it this week is not asked again */
  ({ type: 'ask.add' } & AskInput) | { type: 'ask.withdraw'; id: string }

type Outcome = Promise<Result<Drafted, RecordError>>

const add = async (command: AskCommand & { type: 'ask.add' }, context: CommandContext): Outcome => {
  const fields = validate(askSchema, command)
  if (!fields.ok) return fields
  const { needId, personId } = fields.value
  const found = await findRecord(needType, needId, context)
  if (!found.ok) return found
  const need = found.value.row
  const role = context.members.roleOf(personId as DeviceId)
  const isOwn = need.creator === context.member
  const asCoordinator = !isOwn && context.members.roleOf(context.device) === 'coordinator'
  const mayTake = role === 'member' || role === 'coordinator'
  // who cannot read it is not asked, and nobody else learns that it is there
  if (need.cancelled || need.confidential) return fail({ code: 'notAllowed' })
  if ((!isOwn && !asCoordinator) || !mayTake || personId === context.member)
    return fail({ code: 'notAllowed' })
  const asked = await context.rowsWhere<AskRow>(askType.table, 'needId', needId)
  const former = asked.find(
    (ask) => ask.personId === personId && doesAskCount(ask, need) && context.now - ask.createdAt < askWeekMs,
  )
  if (former) return ok({ drafts: [], recordId: former.id })
  const draft = await createDraft(askType, { ...fields.value, asCoordinator }, context)
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  return ok({ drafts: [draft], recordId: draft.operation.id })
}

const withdraw = async (id: string, context: CommandContext): Outcome => {
  const found = await findRecord(askType, id, context)
  if (!found.ok) return found
  const { state } = found.value
  const draft = eraseDraft(askType, state, context.now)
  return isPermitted(draft, state, context)
    ? ok({ drafts: [draft], recordId: id })
    : fail({ code: 'notAllowed' })
}

export const askDrafts = (command: AskCommand, context: CommandContext): Outcome =>
  command.type === 'ask.add' ? add(command, context) : withdraw(command.id, context)
