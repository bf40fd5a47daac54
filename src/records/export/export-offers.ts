/** The offers of a list that leaves the network: what stands now, the newest first, without what two coordinators hid. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { compareText } from '../compare-text.ts'
import type { ContactRow } from '../contact/contact.ts'
import { allHidings } from '../hiding/queries.ts'
import { type OfferRow, offerType } from '../offer/offer.ts'
import { offerState } from '../offer/queries.ts'
import { contactsOf } from './contacts-of.ts'

export interface ExportedOffer {
  offer: OfferRow
  /** only where they are wanted, and as far as this phone can open them */
  contact: ContactRow | undefined
}

export const exportOffers = async (
  db: NetworkDatabase,
  { isFull, nowMs }: { isFull: boolean; nowMs: number },
): Promise<ExportedOffer[]> => {
  const hidings = await allHidings(db)
  const offers = (await db.table<OfferRow, string>(offerType.table).toArray())
    .filter((offer) => offerState(offer, nowMs) === 'open' && hidings.get(offer.id)?.state !== 'hidden')
    .sort((a, b) => a.newestFirst - b.newestFirst || compareText(a.id, b.id))
  const contacts = isFull ? await contactsOf(db, offers) : null
  return offers.map((offer) => ({ offer, contact: contacts?.get(offer.id) }))
}
