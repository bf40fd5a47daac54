/** Why somebody is proposed, in words: facts beside each other, never a measure of a person. */

import { t } from '../i18n/translate.ts'
import type { MatchReason } from '../records/matching/matching.ts'
import { categoryWord } from './category-words.ts'

/** More of them nobody reads. */
const mostReasons = 4

const words = (reason: MatchReason): string => {
  switch (reason.kind) {
    case 'thing':
      return t('match.thing', { word: reason.word })
    case 'skill':
      return t(`skill.${reason.skill}`)
    case 'category':
      return categoryWord(reason.category)
    case 'offer':
      return t(`match.${reason.offer}`)
    case 'area':
      return t('match.area', { area: reason.area })
    case 'remote':
      return t('offer.remote')
    case 'part':
      return t('need.part', { done: reason.done, total: reason.total })
    case 'hours':
      return t('profile.weekly', { count: reason.hours })
    default:
      return t(`match.${reason.kind}`)
  }
}

export const matchWords = (reasons: readonly MatchReason[]): string =>
  reasons.slice(0, mostReasons).map(words).join(' · ')
