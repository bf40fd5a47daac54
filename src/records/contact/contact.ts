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

export type ContactInput = v.InferInput<typeof contactSchema>

export interface ContactRow extends Row {
  /** the need or offer; it counts only if that has the same creator (`contactOf` in contact-of.ts) */
  aboutId: RecordId
  name: string
  address: string
  /** ASCII digits after an optional +, or '' */
  phone: string
}

const schema = v.object({ ...contactSchema.entries, aboutId: recordId })

const toRow = (state: RecordState): ContactRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  if (!fields) return null
  return { ...rowBase(state, Object.keys(schema.entries)), ...fields, aboutId: fields.aboutId as RecordId }
}

export const contactType: RecordType<ContactRow> = {
  name: 'contact',
  table: 'contacts',
  indexes: 'aboutId',
  audience: 'members',
  room: 'month',
  mayWrite: creatorOnly,
  toRow,
}
