/** The words of a page as a voice says them: fetched with what reads aloud. */

import arabic from '../../locales/spoken/said-ar.json'
import type { Language } from './languages.ts'

/** Longer ones first: «مع غيرك» before «غيرك»; «وهاتفك» is «هاتفك» behind an «and». */
const saidByWritten = Object.entries(arabic).sort(([a], [b]) => b.length - a.length)
const written = new RegExp(
  `(^|[^\\p{L}\\p{M}])(و?)(${saidByWritten.map(([words]) => words).join('|')})(?![\\p{L}\\p{M}])`,
  'gu',
)
const said = new Map(saidByWritten)

/**
 * «محفوظ على هاتفك» is said «محفوظ على هذا الهاتف»: the suffix that the eye leaves open would choose a man or a woman
 * when a voice reads it. Without the signs that keep names apart, and with a pause where « · » stands between facts.
 */
export const saidWords = (text: string, language: Language): string => {
  const isRtl = language === 'ar' || language === 'ckb'
  const plain = text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s*·\s*/g, isRtl ? '، ' : ', ')
    .replace(/\s+/g, ' ')
    .trim()
  return language === 'ar'
    ? plain.replace(
        written,
        (_, before: string, and: string, words: string) => before + and + said.get(words),
      )
    : plain
}
