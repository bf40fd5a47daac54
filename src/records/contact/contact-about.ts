/** The contact of a need or an offer, as screens and the engine ask for it. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import { type ContactRow, contactType } from './contact.ts'
import { type About, type ContactView, contactOf } from './contact-of.ts'

/** What was said of how to reach somebody about this need or offer, and to whom it was given. */
export const contactsAbout = (db: NetworkDatabase, id: string): Promise<[ContactRow[], GrantRow[]]> =>
  Promise.all([
    db.table<ContactRow, string>(contactType.table).where('aboutId').equals(id).toArray(),
    db.table<GrantRow, string>(grantType.table).where('aboutId').equals(id).toArray(),
  ])

/** With the grants that count. */
export const contactAbout = async (db: NetworkDatabase, about: About): Promise<ContactView> =>
  contactOf(...(await contactsAbout(db, about.id)), about)
