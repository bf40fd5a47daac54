/** What a person can do with a need: log it, correct it, cancel it. */

import * as v from 'valibot'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { ContactInput } from '../contact/contact.ts'
import { contactDrafts } from '../contact/contact-drafts.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, findRecord } from '../edit-record.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { newNeedKey } from './confidential.ts'
import { type NeedInput, needClosingSchema, needSchema, needType } from './need.ts'

export type NeedCommand =
  | ({ type: 'need.add'; contact?: ContactInput } & NeedInput)
  /** fields that `changes` or `contact` leave out stay as they are */
  | { type: 'need.edit'; id: string; changes: NeedInput; contact?: ContactInput }
  | { type: 'need.cancel'; id: string; reason: string }

type Outcome = Promise<Result<Drafted, RecordError>>

/** What is for the coordinators alone has no address for all. */
const contactFor = (isConfidential: boolean, contact: ContactInput | undefined): ContactInput | undefined =>
  contact && isConfidential ? { ...contact, reach: 'approved' } : contact

const add = async (command: NeedCommand & { type: 'need.add' }, context: CommandContext): Outcome => {
  const fields = validate(needSchema, command)
  if (!fields.ok) return fields
  const draft = await createDraft(needType, fields.value, context)
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  const about = { id: draft.operation.id, creator: context.member }
  const { confidential } = fields.value
  const key = confidential ? await newNeedKey(about, context) : null
  if (confidential && !key) return fail({ code: 'notAllowed' })
  const need = key ? [{ ...draft, contentKey: key.keyId }, ...key.drafts] : [draft]
  const contact = await contactDrafts(about, contactFor(confidential, command.contact), context)
  return contact.ok ? ok({ drafts: [...need, ...contact.value], recordId: about.id }) : contact
}

const edit = async (command: NeedCommand & { type: 'need.edit' }, context: CommandContext): Outcome => {
  const changes = validate(v.partial(needSchema), command.changes)
  if (!changes.ok) return changes
  const found = await findRecord(needType, command.id, context)
  if (!found.ok) return found
  const edits = editRecord(needType, found.value, changes.value, context)
  if (!edits.ok) return edits
  const { row } = found.value
  const contact = await contactDrafts(row, contactFor(row.confidential, command.contact), context)
  return contact.ok ? ok({ drafts: [...edits.value, ...contact.value], recordId: command.id }) : contact
}

const cancel = async (command: NeedCommand & { type: 'need.cancel' }, context: CommandContext): Outcome => {
  const fields = validate(needClosingSchema, { cancelled: true, cancelReason: command.reason })
  if (!fields.ok) {
    return fail(fields.error.code === 'invalid' ? { ...fields.error, field: 'reason' } : fields.error)
  }
  const found = await findRecord(needType, command.id, context)
  if (!found.ok) return found
  const edits = editRecord(needType, found.value, fields.value, context)
  return edits.ok ? ok({ drafts: edits.value, recordId: command.id }) : edits
}

export const needDrafts = (command: NeedCommand, context: CommandContext): Outcome => {
  switch (command.type) {
    case 'need.add':
      return add(command, context)
    case 'need.edit':
      return edit(command, context)
    case 'need.cancel':
      return cancel(command, context)
  }
}
