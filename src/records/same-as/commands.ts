/** Saying that two needs are one, that they are two, and taking it back. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, findRecord } from '../edit-record.ts'
import { needType } from '../need/need.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
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
  const draft = await createDraft(sameAsType, { ...fields.value, undone, asCoordinator }, context)
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  return ok({ drafts: [draft], recordId: draft.operation.id })
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
      return edits.ok ? ok({ drafts: edits.value, recordId: command.id }) : edits
    }
  }
}
