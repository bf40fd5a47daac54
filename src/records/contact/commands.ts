/** Giving an address to who takes a need: one tap by its author or a coordinator, and that tap accepts the claim. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { type ClaimRow, claimType } from '../claim/claim.ts'
import { isLive } from '../claim/claim-order.ts'
import { createDraft, type Drafted, isPermitted } from '../draft.ts'
import { findRecord } from '../edit-record.ts'
import { grantType } from '../grant/grant.ts'
import { needType } from '../need/need.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { contactHere } from './contact-drafts.ts'
import { foundingGrant } from './contact-of.ts'

/** `notFound` while the key of the contact is not on this phone; nothing is written where it was given already. */
export type ContactCommand = { type: 'contact.give'; claimId: string }

/** Only a claim that has come from another phone: what its author alone knows of cannot be accepted. */
const findLiveClaim = async (
  claimId: string,
  context: CommandContext,
): Promise<Result<ClaimRow, RecordError>> => {
  const claim = await findRecord(claimType, claimId, context)
  if (!claim.ok) return claim
  const { row } = claim.value
  return row.creator !== context.member && isLive(row, context.now) ? ok(row) : fail({ code: 'notAllowed' })
}

export const contactCommandDrafts = async (
  { claimId }: ContactCommand,
  context: CommandContext,
): Promise<Result<Drafted, RecordError>> => {
  const claim = await findLiveClaim(claimId, context)
  if (!claim.ok) return claim
  const need = await findRecord(needType, claim.value.needId, context)
  if (!need.ok) return need
  const { id: aboutId, creator, cancelled } = need.value.row
  if (cancelled) return fail({ code: 'notAllowed' })
  const { row, grants } = await contactHere({ id: aboutId, creator }, context)
  const founding = foundingGrant(grants)
  if (!row?.confidential || !founding) return fail({ code: 'notFound' })
  if (grants.some((grant) => grant.claimId === claimId)) return ok({ drafts: [], recordId: claimId })
  const wraps = await context.content.wrapFor(founding.keyId, [claim.value.creator])
  if (!wraps) return fail({ code: 'notAllowed' })
  const isMine = creator === context.member
  const fields = { contactId: row.id, aboutId, claimId, keyId: founding.keyId, wraps, asCoordinator: !isMine }
  const draft = await createDraft(grantType, fields, context)
  return isPermitted(draft, undefined, context)
    ? ok({ drafts: [draft], recordId: claimId })
    : fail({ code: 'notAllowed' })
}
