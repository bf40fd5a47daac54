/** An offer as a message for a chat: without its address, phone and author. */

import { t } from '../../i18n/translate.ts'
import type { OfferRow } from '../../records/offer/offer.ts'
import { effortWords, offerTitle, scheduleWords } from '../offer-words.ts'
import { shareText } from '../share-text.ts'

export const offerMessage = (offer: OfferRow, network: string): string => {
  const { days, hours } = scheduleWords(offer.schedule)
  return shareText({
    title: t('share.offer', { title: offerTitle(offer) }),
    details: offer.details,
    facts: [
      t('share.when', { words: `${days} · ${hours}` }),
      effortWords(offer),
      offer.area === '' ? '' : t('share.place', { area: offer.area }),
      network === '' ? '' : t('share.from', { network }),
    ],
  })
}
