/** Offers as screens ask for them; for Dexie's liveQuery. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { compareText } from '../compare-text.ts'
import { contactAbout } from '../contact/contact-about.ts'
import type { ContactView } from '../contact/contact-of.ts'
import { type OfferRow, offerType } from './offer.ts'

export interface OfferCard {
  offer: OfferRow
  /** `past`: dated, and its time is over */
  state: 'open' | 'ended' | 'past'
}

const offersOf = (db: NetworkDatabase) => db.table<OfferRow, string>(offerType.table)

/** Derived from the clock when it is read, never written. */
export const offerState = (offer: OfferRow, nowMs: number): OfferCard['state'] => {
  if (offer.ended) return 'ended'
  return offer.schedule.type === 'dated' && offer.schedule.to <= nowMs ? 'past' : 'open'
}

/** What this person offers now, the newest first. */
export const openOffersOf = async (
  db: NetworkDatabase,
  person: DeviceId,
  nowMs: number,
): Promise<OfferCard[]> => {
  const rows = await offersOf(db).where('creator').equals(person).toArray()
  return rows
    .sort((a, b) => a.newestFirst - b.newestFirst || compareText(a.id, b.id))
    .map((offer): OfferCard => ({ offer, state: offerState(offer, nowMs) }))
    .filter(({ state }) => state === 'open')
}

export interface OfferView extends OfferCard {
  contact: ContactView
}

/** One offer with its contact, or undefined while it is not here. */
export const offerById = async (
  db: NetworkDatabase,
  id: string,
  nowMs: number,
): Promise<OfferView | undefined> => {
  const offer = await offersOf(db).get(id)
  if (!offer) return undefined
  return { offer, state: offerState(offer, nowMs), contact: await contactAbout(db, offer) }
}
