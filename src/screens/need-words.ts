/** A need in words and drawings: its title, how urgent, how much, and how things stand with it. */

import type { Tone } from '../components/badge.tsx'
import type { IconName } from '../components/icon.tsx'
import type { Unsent } from '../hooks/unsent.ts'
import { formatNumber, t } from '../i18n/translate.ts'
import type { NeedRow } from '../records/need/need.ts'
import type { NeedCard } from '../records/need/queries.ts'
import { categoryWord } from './category-words.ts'
import type { Names } from './names.ts'

/** As much of a voice note's text as a heading holds. */
const titleChars = 60
const beginningOf = (text: string): string =>
  text.length > titleChars ? `${text.slice(0, titleChars).replace(/\s+\S*$/, '')}…` : text

/** What was typed, else the category's word; «something else» that was spoken is called by what was said. */
export const needTitle = ({
  title,
  category,
  said = '',
}: Pick<NeedRow, 'title'> & { category: string; said?: string }): string =>
  title || (category === 'other' && beginningOf(said)) || categoryWord(category)

export const urgencyTone = (urgency: NeedRow['urgency']): 'urgent' | 'wait' | 'act' =>
  urgency === 'today' ? 'urgent' : urgency === 'week' ? 'wait' : 'act'

/** Three faces of the clock, so that it is seen without reading. */
export const urgencyIcon = (urgency: NeedRow['urgency']): IconName =>
  urgency === 'today' ? 'soonest' : urgency === 'week' ? 'week' : 'anytime'

/** «٣ · بطانيات» or «العدد: ٣»; '' for one thing without a unit, which the title has said already. */
export const quantityWords = ({ quantity, unit }: { quantity: number; unit: string }): string => {
  if (unit !== '') return t('need.amount', { count: quantity, what: unit })
  return quantity > 1 ? t('share.amount', { words: formatNumber(quantity) }) : ''
}

export const forWhomWords = (forWhom: NeedRow['forWhom'], isMine: boolean): string => {
  if (forWhom === 'other') return t('need.forOther')
  if (forWhom === 'self') return isMine ? t('for.self') : t('need.forSelf')
  return isMine ? t('for.house') : t('need.forHouse')
}

export interface StatusWords {
  words: string
  tone: Exclude<Tone, 'plain'> | 'plain'
  icon: IconName | undefined
}

const say = (words: string, tone: StatusWords['tone'], icon?: IconName): StatusWords => ({
  words,
  tone,
  icon,
})

const withOthers = ({ need, status }: NeedCard, names: Names): StatusWords => {
  const covering = status.places.filter(({ place }) => place === 'covering')
  const creators = new Set(covering.map(({ claim }) => claim.creator))
  const part = { done: status.covered, total: need.quantity }
  const [only] = creators
  if (only !== undefined && creators.size === 1) {
    const name = names.nameOf(only)
    const words = need.quantity > 1 ? t('claim.withPart', { name, ...part }) : t('claim.with', { name })
    return say(words, 'act', 'check')
  }
  const people = t('n.claims', { count: creators.size })
  return say(need.quantity > 1 ? t('need.partOf', { people, ...part }) : people, 'act', 'check')
}

/** One line on how a need stands, as this person sees it. What is only on this phone is never said to be won. */
export const statusWords = (card: NeedCard, names: Names, unsent: Unsent): StatusWords => {
  const { need, status } = card
  if (status.state === 'cancelled') return say(t('state.cancelled'), 'plain', 'close')
  if (status.state === 'confirmed') return say(t('state.confirmed'), 'act', 'delivered')
  if (status.state === 'done') return say(t('need.finished'), 'act', 'check')
  const mine = status.places.find(
    ({ claim, expired }) => claim.creator === names.me && !expired && claim.state !== 'done',
  )
  if (mine?.place === 'reserve' || mine?.place === 'asked')
    return say(t('claim.reserve'), 'wait', 'hourglass')
  if (mine && unsent.isNew(mine.claim.id)) return say(t('state.local'), 'wait', 'waiting')
  if (mine) {
    const part = need.quantity > 1 && mine.covers < need.quantity
    const words = part ? t('claim.yoursPart', { done: mine.covers, total: need.quantity }) : t('claim.yours')
    return say(words, 'act', 'take')
  }
  return status.covered === 0 ? say(t('state.open'), 'plain') : withOthers(card, names)
}
