/** Adding a category of the network's own, calling it otherwise, putting it away and bringing it back. */

import * as v from 'valibot'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, findRecord } from '../edit-record.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { categoryType, type OwnCategoryInput, ownCategorySchema } from './category.ts'

export type CategoryCommand =
  | ({ type: 'category.add' } & OwnCategoryInput)
  | { type: 'category.edit'; id: string; changes: Partial<OwnCategoryInput> & { archived?: boolean } }

const changesSchema = v.partial(v.object({ ...ownCategorySchema.entries, archived: v.boolean() }))

export const categoryDrafts = async (
  command: CategoryCommand,
  context: CommandContext,
): Promise<Result<Drafted, RecordError>> => {
  if (command.type === 'category.add') {
    const fields = validate(ownCategorySchema, command)
    if (!fields.ok) return fields
    const draft = await createDraft(categoryType, fields.value, context)
    if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
    return ok({ drafts: [draft], recordId: draft.operation.id })
  }
  const changes = validate(changesSchema, command.changes)
  if (!changes.ok) return changes
  const found = await findRecord(categoryType, command.id, context)
  if (!found.ok) return found
  const edits = editRecord(categoryType, found.value, changes.value, context)
  return edits.ok ? ok({ drafts: edits.value, recordId: command.id }) : edits
}
