/** The contact of a need or an offer, as screens and the engine ask for it. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import { type ContactRow, contactType } from './contact.ts'
import { type About, type ContactView, contactOf } from './contact-of.ts'

/** With the grants that count. */
export const contactAbout = async (db: NetworkDatabase, about: About): Promise<ContactView> => {
  const contacts = db.table<ContactRow, string>(contactType.table).where('aboutId').equals(about.id)
  const grants = db.table<GrantRow, string>(grantType.table).where('aboutId').equals(about.id)
  return contactOf(await contacts.toArray(), await grants.toArray(), about)
}
