/** Names, phones and addresses of many needs or offers at once, as far as this phone can open them. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { type ContactRow, contactType } from '../contact/contact.ts'
import { type About, contactOf } from '../contact/contact-of.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import { rowsByKeys } from '../rows-by-keys.ts'

/** By the id of what they are about. */
export const contactsOf = async (
  db: NetworkDatabase,
  things: readonly About[],
): Promise<ReadonlyMap<string, ContactRow>> => {
  const ids = things.map(({ id }) => id)
  const contacts = await rowsByKeys(db.table<ContactRow, string>(contactType.table), 'aboutId', ids)
  const grants = await rowsByKeys(db.table<GrantRow, string>(grantType.table), 'aboutId', ids)
  const found = things.flatMap((thing) => {
    const mine = contacts.filter(({ aboutId }) => aboutId === thing.id)
    const given = grants.filter(({ aboutId }) => aboutId === thing.id)
    const { row } = contactOf(mine, given, thing)
    return row ? [[String(thing.id), row] as const] : []
  })
  return new Map(found)
}
