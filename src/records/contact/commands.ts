/** Writing the contact of a need or an offer; it has no command of its own, forms send it with what it is about. */

import * as v from 'valibot'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { changedFields, createDraft, editDraft, isPermitted, liveState } from '../draft.ts'
import type { RecordId } from '../operation.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext, Draft } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type ContactInput, type ContactRow, contactSchema, contactType } from './contact.ts'
import { contactOf } from './contact-of.ts'

interface About {
  id: RecordId
  creator: DeviceId
}

/** The creation of a contact; no draft when nothing was filled in. */
const added = async (about: About, input: ContactInput, context: CommandContext) => {
  const fields = validate(contactSchema, input, 'contact.')
  if (!fields.ok) return fields
  if (Object.values(fields.value).every((value) => value === '')) return ok([])
  if (about.creator !== context.member) return fail<RecordError>({ code: 'notAllowed' })
  return ok([await createDraft(contactType, { aboutId: about.id, ...fields.value }, context)])
}

/** Drafts that bring the contact of `about` to `input`; fields that it leaves out stay. */
export const contactDrafts = async (
  about: About,
  input: ContactInput | undefined,
  context: CommandContext,
): Promise<Result<Draft[], RecordError>> => {
  if (input === undefined) return ok([])
  const contacts = await context.rowsWhere<ContactRow>(contactType.table, 'aboutId', about.id)
  const row = contactOf(contacts, about.creator)
  const state = row && (await liveState(contactType, row.id, context))
  if (!row || !state) return added(about, input, context)
  const changes = validate(v.partial(contactSchema), input, 'contact.')
  if (!changes.ok) return changes
  const changed = changedFields(row, changes.value)
  if (Object.keys(changed).length === 0) return ok([])
  const draft = editDraft(contactType, state, changed, context.now)
  return isPermitted(draft, state, context) ? ok([draft]) : fail({ code: 'notAllowed' })
}
