/** Offers as screens ask for them; for Dexie's liveQuery. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { areaKey, createMatcher } from '../../i18n/fold.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { contactAbout } from '../contact/contact-about.ts'
import type { ContactView } from '../contact/contact-of.ts'
import { type OfferRow, offerType } from './offer.ts'

export interface OfferFilter {
  kind?: OfferRow['kind'] | undefined
  /** only those that this device made */
  mine?: DeviceId | undefined
  /** block or street, in any spelling */
  area?: string | undefined
  text?: string | undefined
  /** kinds whose word in the person's language fits `text`: an offer without a title is shown by that word */
  textKinds?: readonly string[] | undefined
  /** also ended and past ones; they come last */
  includeEnded?: boolean | undefined
  /** how many are wanted at most */
  limit?: number | undefined
}

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

const rowFilter = (filter: OfferFilter): ((offer: OfferRow) => boolean) => {
  const matches = createMatcher(filter.text ?? '')
  const area = areaKey(filter.area ?? '')
  return (offer) =>
    (filter.kind === undefined || offer.kind === filter.kind) &&
    (filter.mine === undefined || offer.creator === filter.mine) &&
    (area === '' || offer.areaKey === area) &&
    (matches(offer.search) || (filter.textKinds?.includes(offer.kind) ?? false))
}

/** The newest first, ended and past ones after them. */
export const offersOnBoard = async (
  db: NetworkDatabase,
  filter: OfferFilter,
  nowMs: number,
): Promise<OfferCard[]> => {
  const rows = await offersOf(db)
    .where('[boardRank+newestFirst+id]')
    .between([0], [filter.includeEnded ? 2 : 1], false, false)
    .toArray()
  const cards = rows
    .filter(rowFilter(filter))
    .map((offer): OfferCard => ({ offer, state: offerState(offer, nowMs) }))
  const open = cards.filter(({ state }) => state === 'open')
  const closed = filter.includeEnded ? cards.filter(({ state }) => state !== 'open') : []
  return [...open, ...closed].slice(0, filter.limit)
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
