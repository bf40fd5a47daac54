/** A claim: one member's promise to meet a need, in whole or in part. */

import * as v from 'valibot'
import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { recordId, text, wholeNumber } from '../field-schemas.ts'
import { needLimits } from '../need/need.ts'
import type { Operation, RecordId } from '../operation.ts'
import type { Membership, RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOnly } from '../rules.ts'

export const claimLimits = {
  noteChars: 200,
  amountMin: needLimits.quantityMin,
  amountMax: needLimits.quantityMax,
} as const

/** How long a promise holds without a word of it, in hours. */
export const promiseHours = { min: 12, usual: 48, max: 168 } as const

export const claimSchema = v.object({
  needId: recordId,
  amount: v.optional(wholeNumber(claimLimits.amountMin, claimLimits.amountMax), 1),
  note: v.optional(text(claimLimits.noteChars), ''),
})

export interface ClaimRow extends Row {
  needId: RecordId
  amount: number
  state: 'taken' | 'onWay' | 'done' | 'released'
  note: string
  /** claimed time of the taking, ms */
  takenAt: number
  /** claimed time of its first "on the way" or "done" or of its acceptance, or null while it is provisional */
  firmAt: number | null
  /** when it was given the address; queries fill it in (acceptance.ts), the row alone does not know */
  acceptedAt: number | null
  /** how long it holds without progress: what the network had said, as far as its author's phone knew, when it was taken */
  hours: number
  /** claimed time of the last progress; so many hours later it expires, if it is not done */
  stateAt: number
  /** the phone that wrote the taking, the last progress, or the release */
  stateBy: DeviceId | null
  /** whether what was done has arrived, by whom, and when he said so; queries fill it in (claim-word.ts) */
  word: { received: boolean; thanks: string; by: DeviceId; at: number } | null
}

const schema = v.object({
  ...claimSchema.entries,
  hours: v.optional(wholeNumber(promiseHours.min, promiseHours.max), promiseHours.usual),
  state: v.optional(v.picklist(['taken', 'onWay', 'done', 'released']), 'taken'),
})

/** Its author sets it; a coordinator may release it, and nothing else. Released is the end of a claim. */
const mayWrite = (
  author: DeviceId,
  before: RecordState | undefined,
  operation: Operation,
  members: Membership,
): boolean => {
  if (operation.op !== 'erase' && before?.fields.state?.value === 'released') return false
  if (creatorOnly(author, before, operation, members)) return true
  if (before === undefined || operation.op !== 'set' || members.roleOf(author) !== 'coordinator') return false
  const { state, ...rest } = operation.fields ?? {}
  return state === 'released' && Object.keys(rest).length === 0
}

const toRow = (state: RecordState): ClaimRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  if (!fields) return null
  const stateAt = state.fields.state?.stamp.wallMs ?? state.createdAt
  const isFirm = fields.state === 'onWay' || fields.state === 'done'
  // `firm` is written once, with the first progress: its own stamp outlives later changes of `state`, its release too.
  const firmAt = state.fields.firm?.stamp.wallMs ?? (isFirm ? stateAt : null)
  return {
    ...rowBase(state, Object.keys(schema.entries)),
    ...fields,
    needId: fields.needId as RecordId,
    takenAt: state.createdAt,
    firmAt,
    acceptedAt: null,
    stateAt,
    stateBy: state.fields.state?.stamp.author ?? null,
    word: null,
  }
}

export const claimType: RecordType<ClaimRow> = {
  name: 'claim',
  table: 'claims',
  audience: 'members',
  room: 'month',
  mayWrite,
  toRow,
}
