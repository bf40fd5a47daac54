/** Saying whether what somebody brought has arrived, and thanking him. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { type ClaimRow, claimType } from '../claim/claim.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, findRecord } from '../edit-record.ts'
import { type SameAsRow, sameAsTable } from '../need/merges.ts'
import { needType } from '../need/need.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type ConfirmationRow, confirmationSchema, confirmationType } from './confirmation.ts'

/** By who wrote the need or a coordinator, of a claim that is done; said again, it replaces what he said before. */
export type ConfirmationCommand = {
  type: 'confirmation.say'
  claimId: string
  received: boolean
  thanks?: string
}

type Outcome = Promise<Result<Drafted, RecordError>>

/** More needs in a row than people join. */
const maxJoined = 20

/** Whether this person wrote a need that somebody said this one is part of; if that counts is judged where it is read. */
const isAskedToo = async (needId: string, context: CommandContext): Promise<boolean> => {
  const ids = new Set([needId])
  for (const id of ids) {
    if (id !== needId && (await context.state(id))?.creator === context.member) return true
    const said = await context.rowsWhere<SameAsRow>(sameAsTable, 'otherId', id)
    for (const { keepId, undone } of said) if (!undone && ids.size < maxJoined) ids.add(keepId)
  }
  return false
}

const firstWord = async (claim: ClaimRow, fields: object, context: CommandContext): Outcome => {
  const need = await findRecord(needType, claim.needId, context)
  if (!need.ok) return need
  const isOwn = need.value.row.creator === context.member
  const isCoordinator = context.members.roleOf(context.device) === 'coordinator'
  const isAsker = isOwn || isCoordinator || (await isAskedToo(claim.needId, context))
  if (claim.creator === context.member || !isAsker) return fail({ code: 'notAllowed' })
  const about = { claimId: claim.id, needId: claim.needId, asCoordinator: !isOwn && isCoordinator }
  const draft = await createDraft(confirmationType, { ...fields, ...about }, context)
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  return ok({ drafts: [draft], recordId: claim.id })
}

export const confirmationDrafts = async (command: ConfirmationCommand, context: CommandContext): Outcome => {
  const fields = validate(confirmationSchema, command)
  if (!fields.ok) return fields
  const claim = await findRecord(claimType, command.claimId, context)
  if (!claim.ok) return claim
  const { row } = claim.value
  const need = await context.state(row.needId)
  // thanks are read by all
  if (need?.fields.confidential?.value === true) fields.value.thanks = ''
  if (row.state !== 'done') return fail({ code: 'notAllowed' })
  const said = await context.rowsWhere<ConfirmationRow>(confirmationType.table, 'claimId', row.id)
  const [own] = said.filter(({ creator }) => creator === context.member).sort((a, b) => b.saidAt - a.saidAt)
  if (!own) return firstWord(row, fields.value, context)
  const found = await findRecord(confirmationType, own.id, context)
  if (!found.ok) return found
  const edits = editRecord(confirmationType, found.value, fields.value, context)
  return edits.ok ? ok({ drafts: edits.value, recordId: row.id }) : edits
}
