/** Address and phone of a need or an offer: a record of its own, so that how it is sealed can differ. */

import * as v from 'valibot'
import { phone, recordId, text } from '../field-schemas.ts'
import type { RecordId } from '../operation.ts'
import type { RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOnly } from '../rules.ts'

export const contactLimits = { nameChars: 60, addressChars: 300, phoneChars: 40 } as const

export const contactSchema = v.object({
  name: v.optional(text(contactLimits.nameChars), ''),
  address: v.optional(text(contactLimits.addressChars), ''),
  phone: v.optional(phone, ''),
})

/**
 * `members`: every member's phone can read it, screens show it to whoever takes the need.
 * `approved`: sealed under a key of its own, which the author or a coordinator gives to one taker after another.
 */
export const contactReach = v.picklist(['members', 'approved'])
export type ContactReach = v.InferOutput<typeof contactReach>

/** Without a `reach` it stays as it is; a new one is for members, as forms without the choice have said. */
export type ContactInput = v.InferInput<typeof contactSchema> & { reach?: ContactReach }

export interface ContactRow extends Row {
  /** the need or offer; it counts only if that has the same creator (`contactOf` in contact-of.ts) */
  aboutId: RecordId
  name: string
  address: string
  /** ASCII digits after an optional +, or '' */
  phone: string
  /** sealed under a content key: here because somebody gave it to this phone */
  confidential: boolean
}

const schema = v.object({
  ...contactSchema.entries,
  aboutId: recordId,
  confidential: v.optional(v.boolean(), false),
})

const toRow = (state: RecordState): ContactRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  if (!fields) return null
  const names = Object.keys(contactSchema.entries)
  return { ...rowBase(state, names), ...fields, aboutId: fields.aboutId as RecordId }
}

export const contactType: RecordType<ContactRow> = {
  name: 'contact',
  table: 'contacts',
  audience: 'members',
  room: 'month',
  mayWrite: creatorOnly,
  toRow,
}
