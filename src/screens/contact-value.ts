/** What a form holds of an address and a phone, and what of it goes into a command. */

import type { ContactInput, ContactReach } from '../records/contact/contact.ts'
import type { ContactView } from '../records/contact/contact-of.ts'

export interface ContactValue {
  contactName: string
  address: string
  phone: string
  reach: ContactReach
}

/** `first` is what a form proposes where nothing was written yet. */
export const contactValue = (view: ContactView | undefined, first: ContactReach): ContactValue => ({
  contactName: view?.row?.name ?? '',
  address: view?.row?.address ?? '',
  phone: view?.row?.phone ?? '',
  reach: view?.exists ? (view.isConfidential ? 'approved' : 'members') : first,
})

/** Only the fields that `changes` has, and always for whom they are; undefined when it has none. */
export const contactInput = (
  changes: Partial<ContactValue>,
  reach: ContactReach,
): ContactInput | undefined => {
  const { contactName, address, phone } = changes
  const input: ContactInput = {
    ...(contactName === undefined ? {} : { name: contactName }),
    ...(address === undefined ? {} : { address }),
    ...(phone === undefined ? {} : { phone }),
  }
  const isSaid = Object.keys(input).length > 0 || changes.reach !== undefined
  return isSaid ? { ...input, reach: changes.reach ?? reach } : undefined
}

/** The fields of `typed` that differ from what is there: somebody else may have changed the others meanwhile. */
export const realChanges = <Value extends object>(typed: Partial<Value>, there: Value): Partial<Value> => {
  const kept = Object.entries(typed).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify((there as Record<string, unknown>)[name]),
  )
  return Object.fromEntries(kept) as Partial<Value>
}
