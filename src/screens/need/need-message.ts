/** A need as a message for a chat: without its address, phone and writer. */

import { t } from '../../i18n/translate.ts'
import type { NeedRow } from '../../records/need/need.ts'
import { needTitle, quantityWords } from '../need-words.ts'
import { shareText } from '../share-text.ts'

const messageWith = (title: string, need: NeedRow, network: string): string => {
  const amount = quantityWords(need)
  return shareText({
    title,
    details: need.details,
    facts: [
      amount === '' || need.unit === '' ? amount : t('share.amount', { words: amount }),
      t('share.when', { words: t(`when.${need.urgency}`) }),
      need.area === '' ? '' : t('share.place', { area: need.area }),
      network === '' ? '' : t('share.from', { network }),
    ],
  })
}

export const needMessage = (need: NeedRow, network: string): string =>
  messageWith(t('share.need', { title: needTitle(need) }), need, network)

/** The same as a question to one person. */
export const needQuestion = (need: NeedRow, network: string): string =>
  messageWith(t('ask.text', { title: needTitle(need) }), need, network)
