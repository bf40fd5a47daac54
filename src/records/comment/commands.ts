/** What a person can do with a comment: write it, take it back. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, eraseDraft, isPermitted } from '../draft.ts'
import { findRecord } from '../edit-record.ts'
import { needType } from '../need/need.ts'
import { offerType } from '../offer/offer.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type CommentInput, commentSchema, commentType } from './comment.ts'

export type CommentCommand = ({ type: 'comment.add' } & CommentInput) | { type: 'comment.erase'; id: string }

type Outcome = Promise<Result<Drafted, RecordError>>

const add = async (command: CommentCommand & { type: 'comment.add' }, context: CommandContext): Outcome => {
  const { type: _, ...input } = command
  const fields = validate(commentSchema, input)
  if (!fields.ok) return fields
  const { aboutId, aboutType } = fields.value
  const about = await (aboutType === 'need'
    ? findRecord(needType, aboutId, context)
    : findRecord(offerType, aboutId, context))
  if (!about.ok) return about
  // comments are for all
  if (about.value.state.fields.confidential?.value === true) return fail({ code: 'notAllowed' })
  const draft = await createDraft(commentType, fields.value, context)
  return isPermitted(draft, undefined, context)
    ? ok({ drafts: [draft], recordId: draft.operation.id })
    : fail({ code: 'notAllowed' })
}

const erase = async (id: string, context: CommandContext): Outcome => {
  const found = await findRecord(commentType, id, context)
  if (!found.ok) return found
  const { state } = found.value
  const draft = eraseDraft(commentType, state, context.now)
  return isPermitted(draft, state, context)
    ? ok({ drafts: [draft], recordId: id })
    : fail({ code: 'notAllowed' })
}

export const commentDrafts = (command: CommentCommand, context: CommandContext): Outcome =>
  command.type === 'comment.add' ? add(command, context) : erase(command.id, context)
