/** Which contact belongs to a need or an offer, and who was given it. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { compareText } from '../compare-text.ts'
import { doesGrantCount, type GrantRow } from '../grant/grant.ts'
import type { RecordId } from '../operation.ts'
import type { ContactRow } from './contact.ts'

/** A contact as far as this phone knows of it. */
export interface ContactView {
  /** somebody wrote one; without `row` that is all that this phone may know */
  exists: boolean
  /** what it says, where this phone can read it */
  row: ContactRow | undefined
  /** read by those only whom its author or a coordinator gave it to */
  isConfidential: boolean
  /** grants that count, oldest first; those with a claim accept it */
  grants: GrantRow[]
}

export interface About {
  id: RecordId
  creator: DeviceId
}

const byAge = (a: GrantRow | ContactRow, b: GrantRow | ContactRow): number =>
  a.createdAt - b.createdAt || compareText(a.id, b.id)

/** The grant that came with the contact and says that there is one, if it is a confidential one. */
export const foundingGrant = (grants: readonly GrantRow[]): GrantRow | undefined =>
  grants.find(({ founds }) => founds)

/**
 * The oldest contact by the creator of the record it is about. Whoever else points a contact at the record writes in
 * vain: otherwise a hostile member could put his own phone number under another's need. A confidential one counts while
 * the grant that came with it is there, so that one taken back is gone on phones that never could read it as well.
 */
export const contactOf = (
  contacts: readonly ContactRow[],
  grants: readonly GrantRow[],
  { id, creator }: About,
): ContactView => {
  const counting = grants
    .filter((grant) => grant.aboutId === id && doesGrantCount(grant, creator))
    .sort(byAge)
  const founded = new Set(counting.filter(({ founds }) => founds).map(({ contactId }) => contactId))
  const row = contacts
    .filter((contact) => contact.creator === creator && (!contact.confidential || founded.has(contact.id)))
    .sort(byAge)[0]
  const contactId = row ? row.id : foundingGrant(counting)?.contactId
  return {
    exists: contactId !== undefined,
    row,
    isConfidential: row ? row.confidential : contactId !== undefined,
    grants: counting.filter((grant) => grant.contactId === contactId),
  }
}
