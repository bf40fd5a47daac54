/** Digits as a person wants to see them (١٢٣ or 123), and as any of them may be typed. */

import type { Language } from './languages.ts'

export type Digits = 'arabic' | 'latin'

/** Regions whose Arabic is written with 0-9 (CLDR default numbering systems of ar-DZ, ar-EH, ar-LY, ar-MA, ar-MR, ar-TN). */
const latinRegions = new Set(['DZ', 'EH', 'LY', 'MA', 'MR', 'TN'])

/** Default by language and the region in the browser's language tags. */
export const guessDigits = (language: Language, preferred: readonly string[]): Digits => {
  if (language === 'ckb') return 'arabic'
  if (language !== 'ar') return 'latin'
  const tag = preferred.find((candidate) => candidate.toLowerCase().startsWith('ar-'))
  const region = tag?.split('-').find((part) => /^[A-Z]{2}$/i.test(part) && part.toLowerCase() !== 'ar')
  return region && latinRegions.has(region.toUpperCase()) ? 'latin' : 'arabic'
}

const zeroOf = { arabic: 0x0660, latin: 0x30 } as const

/** Replaces every digit 0-9 of a text by the wanted ones. */
export const writeDigits = (text: string, digits: Digits): string =>
  digits === 'latin'
    ? text
    : text.replace(/[0-9]/g, (digit) => String.fromCharCode(zeroOf.arabic + Number(digit)))

/** ٠-٩ (U+0660) and ۰-۹ (U+06F0) become 0-9; everything else stays. */
export const toLatinDigits = (text: string): string =>
  text.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))

/** A whole number typed with any digits, or null when the text is not one. */
export const parseWholeNumber = (text: string): number | null => {
  const plain = toLatinDigits(text).trim()
  return /^\d{1,15}$/.test(plain) ? Number(plain) : null
}
