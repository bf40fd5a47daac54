/** A need as a picture for a chat: without its address, phone and writer; given to the phone's own sheet, else downloaded. */

import { drawCard, type PictureCard } from '../components/draw-card.ts'
import { showToast } from '../components/toast.tsx'
import { languages } from '../i18n/languages.ts'
import { language, loadLaterWords, t } from '../i18n/translate.ts'
import type { NeedRow } from '../records/need/need.ts'
import { categoryWord } from './category-words.ts'
import { giveFile } from './give-file.ts'
import { needTitle, quantityWords, urgencyTone } from './need-words.ts'
import { share } from './share.ts'
import { withoutPhones } from './share-text.ts'

const cardOf = (need: NeedRow, network: string): PictureCard => {
  const amount = quantityWords(need)
  const facts = [
    amount === '' || need.unit === '' ? amount : t('share.amount', { words: amount }),
    t('share.when', { words: t(`when.${need.urgency}`) }),
    need.area === '' ? '' : t('share.place', { area: need.area }),
  ]
  return {
    head: `${t('type.need')} · ${categoryWord(need.category)}`,
    title: withoutPhones(needTitle(need)),
    details: withoutPhones(need.details),
    facts: facts.map(withoutPhones),
    foot: network === '' ? '' : t('share.from', { network }),
    tone: urgencyTone(need.urgency),
    direction: languages[language.peek()].direction,
    faces: getComputedStyle(document.body).fontFamily,
  }
}

/** `text`: what is passed on where no picture can be drawn. */
export const sharePicture = async (need: NeedRow, network: string, text: string): Promise<void> => {
  await loadLaterWords()
  const blob = await drawCard(cardOf(need, network))
  if (!blob) {
    showToast(t('picture.failed'), 'warning')
    return share(text)
  }
  const file = new File([blob], 'tadamun.png', { type: 'image/png' })
  if ((await giveFile(file)) === 'kept') showToast(t('picture.kept'), 'picture')
}
