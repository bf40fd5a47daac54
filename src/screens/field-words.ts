/** Fields of any record and what stands in them, in words; whatever a newer phone wrote, words come out. */

import { formatDay } from '../i18n/time.ts'
import { formatNumber, t, wordFor } from '../i18n/translate.ts'
import { categoryWord } from './category-words.ts'
import { forWhomWords } from './need-words.ts'
import { spokenName } from './profile-words.ts'

export const fieldWords = (field: string): string => wordFor('field', field) ?? t('field.other')

const sections: Readonly<Record<string, 'when' | 'offer'>> = {
  urgency: 'when',
  kind: 'offer',
}

const textWords = (field: string, value: string): string => {
  if (field === 'forWhom' && (value === 'self' || value === 'household' || value === 'other'))
    return forWhomWords(value, false)
  if (field === 'category') return categoryWord(value)
  const section = sections[field]
  return (section && wordFor(section, value)) ?? value
}

const listWords = (field: string, values: readonly unknown[]): string => {
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.length < values.length) return t('field.changed')
  if (field === 'skills') return texts.map((key) => wordFor('skill', key) ?? key).join(' · ')
  // a tag that no browser knows is said as it is
  return texts.map((tag) => (field === 'languages' ? spokenName(tag as 'ar') : tag)).join(' · ')
}

/** null, '' and an empty list are «empty». */
export const valueWords = (field: string, value: unknown): string => {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return t('field.empty')
  if (typeof value === 'number') return field === 'dueAt' ? formatDay(value) : formatNumber(value)
  if (typeof value === 'boolean') return value ? t('field.yes') : t('field.no')
  if (typeof value === 'string') return textWords(field, value)
  return Array.isArray(value) ? listWords(field, value) : t('field.changed')
}
