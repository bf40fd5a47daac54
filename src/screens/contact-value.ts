/** What a form holds of an address and a phone, and what of it goes into a command. */

import type { ContactInput, ContactRow } from '../records/contact/contact.ts'

export interface ContactValue {
  contactName: string
  address: string
  phone: string
}

export const contactValue = (row: ContactRow | undefined): ContactValue => ({
  contactName: row?.name ?? '',
  address: row?.address ?? '',
  phone: row?.phone ?? '',
})

/** Only the fields that `changes` has; undefined when it has none. */
export const contactInput = (changes: Partial<ContactValue>): ContactInput | undefined => {
  const { contactName, address, phone } = changes
  const input: ContactInput = {
    ...(contactName === undefined ? {} : { name: contactName }),
    ...(address === undefined ? {} : { address }),
    ...(phone === undefined ? {} : { phone }),
  }
  return Object.keys(input).length === 0 ? undefined : input
}

/** The fields of `typed` that differ from what is there: somebody else may have changed the others meanwhile. */
export const realChanges = <Value extends object>(typed: Partial<Value>, there: Value): Partial<Value> => {
  const kept = Object.entries(typed).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify((there as Record<string, unknown>)[name]),
  )
  return Object.fromEntries(kept) as Partial<Value>
}
