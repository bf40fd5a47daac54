/** Fields of a need that two people wrote at once, in words. */

import { formatNumber, t, wordFor } from '../../i18n/translate.ts'
import { type NeedInput, needSchema } from '../../records/need/need.ts'
import { categoryWord } from '../category-words.ts'
import type { ConflictLine } from '../conflicts-card.tsx'
import { forWhomWords } from '../need-words.ts'
import type { NeedPage } from './need-page.ts'

const fieldWords = (field: string): string => {
  switch (field) {
    case 'category':
      return t('conflict.category')
    case 'title':
      return t('form.title')
    case 'details':
      return t('form.details')
    case 'urgency':
      return t('form.when')
    case 'quantity':
      return t('form.quantity')
    case 'unit':
      return t('form.unit')
    case 'area':
      return t('form.area')
    case 'forWhom':
      return t('form.forWhom')
    case 'photos':
    case 'voice':
    case 'said':
      return wordFor('field', field) ?? t('form.details')
    default:
      return t('conflict.cancelled')
  }
}

/** The row has been read through the schema, the other value has not: whatever it is, words come out. */
const valueWords = (field: string, value: unknown): string => {
  if (typeof value === 'number') return formatNumber(value)
  if (field === 'photos' && Array.isArray(value)) return formatNumber(value.length)
  if (field === 'voice' && value !== null) return t('conflict.yes')
  if (field === 'cancelled') return value === true ? t('conflict.yes') : t('conflict.no')
  if (typeof value !== 'string' || value === '') return t('conflict.empty')
  if (field === 'urgency' && (value === 'today' || value === 'week' || value === 'possible')) {
    return t(`when.${value}`)
  }
  if (field === 'forWhom' && (value === 'self' || value === 'household' || value === 'other')) {
    return forWhomWords(value, false)
  }
  return value
}

/** The reason of a cancellation goes with the cancellation itself. */
export const conflictLines = ({ view: { need }, names, mayEdit, runner }: NeedPage): ConflictLine[] =>
  need.conflicts
    .filter(({ field }) => field !== 'cancelReason')
    .map(({ field, kept, other, otherBy }) => {
      const words = (value: unknown) =>
        field === 'category' ? categoryWord(String(value)) : valueWords(field, value)
      const canTake = mayEdit && field in needSchema.entries
      const taken = other ?? (field === 'voice' ? null : field === 'photos' ? [] : '')
      const takeOther = () =>
        void runner.run({ type: 'need.edit', id: need.id, changes: { [field]: taken } as NeedInput })
      return {
        field,
        words: fieldWords(field),
        kept: words(kept),
        other: words(other),
        otherBy: names.nameOf(otherBy),
        useOther: canTake ? takeOther : undefined,
      }
    })
