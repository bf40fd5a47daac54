/** Which contact belongs to a need or an offer. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { ContactRow } from './contact.ts'

/**
 * The oldest contact by the creator of the record it is about, or undefined. Whoever else points a contact at
 * the record writes in vain: otherwise a hostile member could put his own phone number under another's need.
 */
export const contactOf = (contacts: readonly ContactRow[], creator: DeviceId): ContactRow | undefined => {
  let chosen: ContactRow | undefined
  for (const contact of contacts) {
    if (contact.creator !== creator) continue
    const isOlder =
      !chosen ||
      contact.createdAt < chosen.createdAt ||
      (contact.createdAt === chosen.createdAt && contact.id < chosen.id)
    if (isOlder) chosen = contact
  }
  return chosen
}
