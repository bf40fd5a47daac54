/** The week as it is lived where the phone is: on which day it begins. */

import type { Language } from './languages.ts'
import { language } from './translate.ts'

/** Regions where the week begins on Saturday, and those where it begins on Sunday (CLDR weekData, firstDay). */
const saturdayFirst = new Set([
  'AE',
  'BH',
  'DJ',
  'DZ',
  'EG',
  'IQ',
  'IR',
  'JO',
  'KW',
  'LY',
  'OM',
  'QA',
  'SD',
  'SY',
])
const sundayFirst = new Set(['IL', 'PS', 'SA', 'US', 'YE'])

/** 0 Sunday … 6 Saturday, by the region in the browser's languages; without one by the language. */
export const firstWeekday = (current: Language, preferred: readonly string[]): number => {
  const region = preferred.map((tag) => /-([A-Z]{2})\b/i.exec(tag)?.[1]?.toUpperCase()).find(Boolean)
  if (region === undefined) return current === 'ar' || current === 'ckb' ? 6 : 1
  if (saturdayFirst.has(region)) return 6
  return sundayFirst.has(region) ? 0 : 1
}

/** The seven days in their order, 0 Sunday … 6 Saturday. */
export const weekdays = (): number[] => {
  const first = firstWeekday(language.value, globalThis.navigator?.languages ?? [])
  return Array.from({ length: 7 }, (_, index) => (first + index) % 7)
}
