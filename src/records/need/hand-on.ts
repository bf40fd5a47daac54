/** A confidential need handed to one member, or written anew for all. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { type ClaimRow, claimType } from '../claim/claim.ts'
import { isLive } from '../claim/claim-order.ts'
import type { ContactInput } from '../contact/contact.ts'
import { contactDrafts, contactHere } from '../contact/contact-drafts.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { editRecord, type Found, findRecord } from '../edit-record.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext, Draft } from '../record-type.ts'
import { validate } from '../validate.ts'
import { needGrant, needKey, newNeedKey } from './confidential.ts'
import { type NeedRow, needClosingSchema, needSchema, needType } from './need.ts'

export type HandOnCommand =
  /** to one member: he reads it and may take it; its address comes as ever */
  | { type: 'need.hand'; id: string; to: DeviceId }
  /**
   * `recordId` of what it gives is a need for all with the same words, by whoever opens it, its address under a key as before.
   * This one ends with `reason`. `notAllowed` while somebody has promised it.
   */
  | { type: 'need.open'; id: string; reason: string }

type Outcome = Promise<Result<Drafted, RecordError>>

/** By who wrote it and by coordinators; nobody hands on what was handed to him. */
const findHeld = async (
  id: string,
  context: CommandContext,
): Promise<Result<Found<NeedRow>, RecordError>> => {
  const found = await findRecord(needType, id, context)
  if (!found.ok) return found
  const { confidential, cancelled, creator } = found.value.row
  const isMine = creator === context.member
  const may = isMine || context.members.roleOf(context.device) === 'coordinator'
  return confidential && !cancelled && may ? found : fail({ code: 'notAllowed' })
}

const hand = async ({ id, to }: HandOnCommand & { type: 'need.hand' }, context: CommandContext): Outcome => {
  const found = await findHeld(id, context)
  if (!found.ok) return found
  const { row } = found.value
  const role = context.members.roleOf(to)
  if (role !== 'member' && role !== 'coordinator') return fail({ code: 'notAllowed' })
  const key = await needKey(row, context)
  if (key?.readers.includes(to)) return ok({ drafts: [], recordId: id })
  const fresh = key ? null : await newNeedKey(row, context)
  const keyId = key?.keyId ?? fresh?.keyId
  if (!keyId) return fail({ code: 'notAllowed' })
  const grant = await needGrant(row, { keyId, grants: key?.grants ?? [] }, [to], context, to)
  return grant
    ? ok({ drafts: [...(fresh?.drafts ?? []), grant], recordId: id })
    : fail({ code: 'notAllowed' })
}

/** The address goes with it where it is here, sealed as it was. */
const contactOn = async (row: NeedRow, context: CommandContext): Promise<ContactInput | undefined> => {
  const { row: contact } = await contactHere(row, context)
  if (!contact) return undefined
  const { name, address, phone } = contact
  return { name, address, phone, reach: 'approved' }
}

const copied = async (
  row: NeedRow,
  context: CommandContext,
): Promise<Result<{ draft: Draft; contact: Draft[] }, RecordError>> => {
  const fields = validate(needSchema, { ...row, confidential: false })
  if (!fields.ok) return fields
  const draft = await createDraft(needType, fields.value, context)
  const about = { id: draft.operation.id, creator: context.member }
  const contact = await contactDrafts(about, await contactOn(row, context), context)
  return contact.ok ? ok({ draft, contact: contact.value }) : contact
}

const open = async (
  { id, reason }: HandOnCommand & { type: 'need.open' },
  context: CommandContext,
): Outcome => {
  const found = await findHeld(id, context)
  if (!found.ok) return found
  const claims = await context.rowsWhere<ClaimRow>(claimType.table, 'needId', id)
  if (claims.some((claim) => isLive(claim, context.now))) return fail({ code: 'notAllowed' })
  const ending = validate(needClosingSchema, { cancelled: true, cancelReason: reason })
  if (!ending.ok) return ending
  const ended = editRecord(needType, found.value, ending.value, context)
  if (!ended.ok) return ended
  const copy = await copied(found.value.row, context)
  if (!copy.ok) return copy
  const { draft, contact } = copy.value
  if (!isPermitted(draft, undefined, context)) return fail({ code: 'notAllowed' })
  return ok({ drafts: [draft, ...contact, ...ended.value], recordId: draft.operation.id })
}

export const handOnDrafts = (command: HandOnCommand, context: CommandContext): Outcome =>
  command.type === 'need.hand' ? hand(command, context) : open(command, context)
