/** Times as a neighbour says them: «قبل ٣ ساعات», a date, an hour. */

import { writeDigits } from './digits.ts'
import type { Language } from './languages.ts'
import { digits, intlWord, language, t } from './translate.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** A length of time in its greatest fitting unit, in the form that follows «قبل» and «بعد» (words.md §3). */
export const gapWords = (ms: number): string => {
  const length = Math.abs(ms)
  if (length < hourMs) return t('n.minutes', { count: Math.floor(length / minuteMs) })
  if (length < dayMs) return t('n.hours', { count: Math.floor(length / hourMs) })
  return t('n.days', { count: Math.floor(length / dayMs) })
}

/** Days from midnight to midnight on this phone: 0 today, 1 yesterday, −1 tomorrow. */
const calendarDaysBetween = (earlierMs: number, laterMs: number): number => {
  const midnight = (ms: number) => new Date(ms).setHours(0, 0, 0, 0)
  return Math.round((midnight(laterMs) - midnight(earlierMs)) / dayMs)
}

/** «الآن», «قبل ٣ ساعات», «أمس», «بعد يومين»; from seven days on the date. */
export const timeAgo = (atMs: number, nowMs: number): string => {
  const gap = nowMs - atMs
  if (Math.abs(gap) < minuteMs) return t('time.now')
  const days = calendarDaysBetween(atMs, nowMs)
  if (Math.abs(days) >= 7) return formatDate(atMs)
  if (Math.abs(gap) >= 12 * hourMs) {
    if (days === 1) return t('time.yesterday')
    if (days === -1) return t('time.tomorrow')
    const word = days === 2 ? intlWord('twoDaysAgo') : days === -2 ? intlWord('inTwoDays') : undefined
    if (word !== undefined) return word
  }
  return gap > 0 ? t('time.ago', { gap: gapWords(gap) }) : t('time.in', { gap: gapWords(gap) })
}

/**
 * Arabic month names differ: كانون الثاني in Iraq and the Levant, which is also said where no region is known, يناير in
 * Egypt and the Gulf, جانفي in Algeria (words.md §4). Of Sorani only the hours come from here.
 */
export const dateLocale = (current: Language, preferred: readonly string[]): string => {
  if (current === 'fr') return 'fr'
  if (current !== 'ar') return 'en-GB'
  return preferred.find((tag) => /^ar-[A-Z]{2}\b/i.test(tag)) ?? 'ar-IQ'
}
const presentLocale = (): string => dateLocale(language.value, globalThis.navigator?.languages ?? [])

/** Making one costs a cheap phone milliseconds, and a list asks for the same one in each of its lines. */
const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale} ${JSON.stringify(options)}`
  const held =
    formats.get(key) ??
    new Intl.DateTimeFormat(locale, { ...options, numberingSystem: 'latn', calendar: 'gregory' })
  formats.set(key, held)
  return held
}

const formatWith = (ms: number, options: Intl.DateTimeFormatOptions): string =>
  writeDigits(formatOf(presentLocale(), options).format(ms), digits.value)

/** Of twelve months or seven weekdays (0 Sunday) that Intl lacks. */
const ownName = (list: 'months' | 'weekdays', index: number): string | undefined =>
  intlWord(list)?.split('، ')[index]

/** «٥ ئازار», or undefined where Intl knows the language. */
const ownDay = (date: Date): string | undefined => {
  const month = ownName('months', date.getMonth())
  return month && writeDigits(`${date.getDate()} ${month}`, digits.value)
}

export const formatDate = (ms: number): string => {
  const date = new Date(ms)
  const own = ownDay(date)
  return own
    ? `${own} ${writeDigits(String(date.getFullYear()), digits.value)}`
    : formatWith(ms, { day: 'numeric', month: 'long', year: 'numeric' })
}
export const formatDay = (ms: number): string => {
  const date = new Date(ms)
  const own = ownDay(date)
  return own
    ? `${ownName('weekdays', date.getDay())}، ${own}`
    : formatWith(ms, { weekday: 'long', day: 'numeric', month: 'long' })
}
/** «تشرين الثاني ٢٠٢٦» */
export const formatMonth = (ms: number): string => {
  const date = new Date(ms)
  const own = ownName('months', date.getMonth())
  return own
    ? `${own} ${writeDigits(String(date.getFullYear()), digits.value)}`
    : formatWith(ms, { month: 'long', year: 'numeric' })
}
export const formatTime = (ms: number): string =>
  formatWith(ms, { hour: '2-digit', minute: '2-digit', hour12: false })

/** Name of a day of the week, 0 Sunday … 6. */
export const weekdayName = (day: number, width: 'long' | 'short' = 'long'): string =>
  ownName('weekdays', day) ??
  formatOf(presentLocale(), { weekday: width, timeZone: 'UTC' }).format(Date.UTC(2026, 0, 4 + day))
