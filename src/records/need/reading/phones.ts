/** Telephone numbers in a message, in any digits and with what people put between them. */

import { asciiDigits } from '../../../i18n/fold.ts'

export interface FoundPhone {
  /** ASCII digits after an optional + */
  phone: string
  start: number
  end: number
}

const run = /(?:\+\s?)?\(?\p{Nd}(?:[ \t\u00a0().\-\u2010-\u2015\u200e\u200f\u202a-\u202e]{0,3}\p{Nd}){6,19}/gu
/** E.164: fifteen digits at most; 00 before them. A national number with its 0 has eleven at most in the region. */
const maxWithCountry = 17
const maxNational = 11
const minDigits = 7

const digitsIn = (text: string): string => asciiDigits(text).replace(/\D/g, '')
const beginsNumber = (group: string): boolean =>
  /^[+(]?(?:\+|0)/.test(asciiDigits(group)) || group.startsWith('+')

/** «شارع ١٢ ٠٧٧٠…» and «٠٧٧٠… ٣ بطانيات»: numbers beside a phone that are no part of it. */
const trimmed = (written: string): { from: number; to: number } | null => {
  const groups = [...written.matchAll(/\S+/g)].map((match) => ({ text: match[0], start: match.index }))
  const first = groups.findIndex(({ text }) => beginsNumber(text))
  const kept = first > 0 ? groups.slice(first) : groups
  const isInternational = /^\+|^00/.test(asciiDigits(kept[0]?.text ?? ''))
  const max = isInternational ? maxWithCountry : maxNational
  const count = () => digitsIn(kept.map(({ text }) => text).join('')).length
  while (kept.length > 1 && count() > max && first >= 0) kept.pop()
  const begin = kept[0]
  const last = kept.at(-1)
  if (!begin || !last || count() < minDigits || count() > maxWithCountry) return null
  // without a 0 or + in front it may be a sum of money, or numbers in a row
  const digits = digitsIn(kept.map(({ text }) => text).join(''))
  if (first < 0 && (/0{4,}$/.test(digits) || kept.every(({ text }) => digitsIn(text).length < 2))) return null
  return { from: begin.start, to: last.start + last.text.length }
}

/** In the order in which they stand. */
export const findPhones = (text: string): FoundPhone[] => {
  const found: FoundPhone[] = []
  for (const match of text.matchAll(run)) {
    const place = trimmed(match[0])
    if (!place) continue
    const written = match[0].slice(place.from, place.to)
    found.push({
      phone: (/^\(?\+/.test(written) ? '+' : '') + digitsIn(written),
      start: match.index + place.from,
      end: match.index + place.to,
    })
  }
  return found
}

/** The text with each phone as `sign`; with a sign as long as the phone every place in the text stays. */
export const replacePhones = (text: string, sign: (length: number) => string): string => {
  let result = ''
  let at = 0
  for (const { start, end } of findPhones(text)) {
    result += text.slice(at, start) + sign(end - start)
    at = end
  }
  return result + text.slice(at)
}
