/** Saying that two needs are one, that they are two, and taking it back. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { fold } from '../../i18n/fold.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, type Found, findRecord } from '../edit-record.ts'
import type { SameAsRow } from '../need/merges.ts'
import { type NeedRow, needType } from '../need/need.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext, Draft } from '../record-type.ts'
import { validate } from '../validate.ts'
import { sameAsSchema, sameAsType } from './same-as.ts'

export type SameAsCommand =
  /** `otherId` is shown as part of `keepId`; for a coordinator, or who wrote `otherId` */
  | { type: 'sameAs.merge'; keepId: string; otherId: string }
  /** they are two: no phone proposes them again */
  | { type: 'sameAs.apart'; keepId: string; otherId: string }
  /** `id`: the word that is taken back */
  | { type: 'sameAs.undo'; id: string }

type Outcome = Promise<Result<Drafted, RecordError>>

/**
 * One thing told twice is no sum: where both count the same thing, the larger number is what is lacked. Nothing where the
 * rules do not let this person correct the need that stays.
 */
const raise = (kept: Found<NeedRow>, other: NeedRow, context: CommandContext): Draft[] => {
  const { quantity, unit } = kept.row
  if (other.quantity <= quantity || fold(other.unit) !== fold(unit)) return []
  const edits = editRecord(needType, kept, { quantity: other.quantity }, context)
  return edits.ok ? edits.value : []
}

/** Back to the number before, where nobody has written another one since. */
const lower = async (
  { keepId, raisedFrom, raisedTo }: SameAsRow,
  context: CommandContext,
): Promise<Draft[]> => {
  if (raisedFrom === null) return []
  const kept = await findRecord(needType, keepId, context)
  if (!kept.ok || kept.value.row.quantity !== raisedTo) return []
  const edits = editRecord(needType, kept.value, { quantity: raisedFrom }, context)
  return edits.ok ? edits.value : []
}

const say = async (
  { keepId, otherId }: { keepId: string; otherId: string },
  undone: boolean,
  context: CommandContext,
): Outcome => {
  const fields = validate(sameAsSchema, { keepId, otherId })
  if (!fields.ok) return fields
  const [kept, other] = [
    await findRecord(needType, keepId, context),
    await findRecord(needType, otherId, context),
  ]
  if (!kept.ok) return kept
  if (!other.ok) return other
  const asCoordinator = context.members.roleOf(context.device) === 'coordinator'
  const isAuthor = other.value.row.creator === context.member
  if (keepId === otherId || (!undone && !asCoordinator && !isAuthor)) return fail({ code: 'notAllowed' })
  const raised = undone ? [] : raise(kept.value, other.value.row, context)
  const numbers =
    raised.length === 0 ? {} : { raisedFrom: kept.value.row.quantity, raisedTo: other.value.row.quantity }
  const draft = await createDraft(sameAsType, { ...fields.value, undone, asCoordinator, ...numbers }, context)
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  return ok({ drafts: [draft, ...raised], recordId: draft.operation.id })
}

export const sameAsDrafts = async (command: SameAsCommand, context: CommandContext): Outcome => {
  switch (command.type) {
    case 'sameAs.merge':
      return say(command, false, context)
    case 'sameAs.apart':
      return say(command, true, context)
    case 'sameAs.undo': {
      const found = await findRecord(sameAsType, command.id, context)
      if (!found.ok) return found
      const edits = editRecord(sameAsType, found.value, { undone: true }, context)
      if (!edits.ok) return edits
      const back = edits.value.length === 0 ? [] : await lower(found.value.row, context)
      return ok({ drafts: [...edits.value, ...back], recordId: command.id })
    }
  }
}
