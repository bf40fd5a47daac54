/** A confirmation: whether what somebody says he brought has arrived, by who asked for it or a coordinator. */

import * as v from 'valibot'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { recordId, text } from '../field-schemas.ts'
import type { Operation, RecordId } from '../operation.ts'
import type { Membership, RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOnly } from '../rules.ts'

export const confirmationLimits = { thanksChars: 200 } as const

export const confirmationSchema = v.object({
  received: v.optional(v.boolean(), false),
  thanks: v.optional(text(confirmationLimits.thanksChars), ''),
})

export interface ConfirmationRow extends Row {
  claimId: RecordId
  /** the need that the claim is on */
  needId: RecordId
  received: boolean
  /** to who brought it; '' where nothing was written */
  thanks: string
  /** written by a coordinator about somebody else's need: counts while he is one */
  asCoordinator: boolean
  /** claimed time of the last yes or no, ms */
  saidAt: number
}

const schema = v.object({
  ...confirmationSchema.entries,
  claimId: recordId,
  needId: recordId,
  asCoordinator: v.optional(v.boolean(), false),
})

/** Its author changes what he says, never about what. That it is about his own need is for `claim-word.ts`. */
const mayWrite = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  if (!creatorOnly(author, before, operation, members)) return false
  const fields = operation.fields ?? {}
  const asCoordinator = before ? before.fields.asCoordinator?.value : fields.asCoordinator
  if (asCoordinator === true && members.roleOf(author) !== 'coordinator') return false
  return before === undefined || Object.keys(fields).every((name) => name in confirmationSchema.entries)
}

const toRow = (state: RecordState): ConfirmationRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  if (!fields) return null
  const saidAt = state.fields.received?.stamp.wallMs ?? state.createdAt
  return { ...rowBase(state, []), ...fields, saidAt } as ConfirmationRow
}

export const confirmationType: RecordType<ConfirmationRow> = {
  name: 'confirmation',
  table: 'confirmations',
  audience: 'members',
  room: 'month',
  mayWrite,
  toRow,
}
