/** What a person can do with an offer: make it, correct it, end it. */

import * as v from 'valibot'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { ContactInput } from '../contact/contact.ts'
import { contactDrafts } from '../contact/contact-drafts.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, findRecord } from '../edit-record.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { validate } from '../validate.ts'
import { type OfferInput, offerSchema, offerType } from './offer.ts'

export type OfferCommand =
  | ({ type: 'offer.add'; contact?: ContactInput } & OfferInput)
  /** fields that `changes` or `contact` leave out stay as they are */
  | { type: 'offer.edit'; id: string; changes: OfferInput; contact?: ContactInput }
  | { type: 'offer.end'; id: string }

type Outcome = Promise<Result<Drafted, RecordError>>

const add = async (command: OfferCommand & { type: 'offer.add' }, context: CommandContext): Outcome => {
  const { type: _, ...input } = command
  const fields = validate(offerSchema, input)
  if (!fields.ok) return fields
  const draft = await createDraft(offerType, fields.value, context)
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  const { id } = draft.operation
  const contact = await contactDrafts({ id, creator: context.member }, command.contact, context)
  return contact.ok ? ok({ drafts: [draft, ...contact.value], recordId: id }) : contact
}

const edit = async (command: OfferCommand & { type: 'offer.edit' }, context: CommandContext): Outcome => {
  const changes = validate(v.partial(offerSchema), command.changes)
  if (!changes.ok) return changes
  const found = await findRecord(offerType, command.id, context)
  if (!found.ok) return found
  const edits = editRecord(offerType, found.value, changes.value, context)
  if (!edits.ok) return edits
  const contact = await contactDrafts(found.value.row, command.contact, context)
  return contact.ok ? ok({ drafts: [...edits.value, ...contact.value], recordId: command.id }) : contact
}

const end = async (command: OfferCommand & { type: 'offer.end' }, context: CommandContext): Outcome => {
  const found = await findRecord(offerType, command.id, context)
  if (!found.ok) return found
  const edits = editRecord(offerType, found.value, { ended: true }, context)
  return edits.ok ? ok({ drafts: edits.value, recordId: command.id }) : edits
}

export const offerDrafts = (command: OfferCommand, context: CommandContext): Outcome => {
  switch (command.type) {
    case 'offer.add':
      return add(command, context)
    case 'offer.edit':
      return edit(command, context)
    case 'offer.end':
      return end(command, context)
  }
}
