/** Taking back a need that one has just written, such as the last of forty: as long as nobody has answered it. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { type ClaimRow, claimType } from '../claim/claim.ts'
import { contactDrafts } from '../contact/contact-drafts.ts'
import { type Drafted, eraseDraft, isPermitted } from '../draft.ts'
import { findRecord } from '../edit-record.ts'
import type { RecordError } from '../record-error.ts'
import type { CommandContext } from '../record-type.ts'
import { needType } from './need.ts'

/** The need is emptied on every phone, with its address; `notAllowed` once somebody has taken it. */
export interface TakeBackCommand {
  type: 'need.takeBack'
  id: string
}

const nothing = { name: '', address: '', phone: '' }

export const takeBackDrafts = async (
  { id }: TakeBackCommand,
  context: CommandContext,
): Promise<Result<Drafted, RecordError>> => {
  const found = await findRecord(needType, id, context)
  if (!found.ok) return found
  const { state, row } = found.value
  const claims = await context.rowsWhere<ClaimRow>(claimType.table, 'needId', id)
  const erase = eraseDraft(needType, state, context.now)
  if (claims.length > 0 || !isPermitted(erase, state, context)) return fail({ code: 'notAllowed' })
  const contact = await contactDrafts(row, nothing, context)
  return contact.ok
    ? ok({ drafts: [...contact.value, { type: needType, operation: erase.operation }], recordId: id })
    : contact
}
