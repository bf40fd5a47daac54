/** Four numbers as four everyday words, to be compared by voice; the lists are fetched when they are needed. */

import type { Language } from './languages.ts'

/**
 * 256 words of each language, one for each value of a byte. Their order is the same for ever: two phones of different
 * versions must say the same. No two sound alike (tests/i18n/four-words.test.ts).
 */
const lists: Readonly<Record<Language, () => Promise<{ default: readonly string[] }>>> = {
  ar: () => import('../../locales/spoken/four-words-ar.json'),
  ckb: () => import('../../locales/spoken/four-words-ckb.json'),
  en: () => import('../../locales/spoken/four-words-en.json'),
  fr: () => import('../../locales/spoken/four-words-fr.json'),
}

/** `values` are 0 to 255. Rejects when the list cannot be fetched. */
export const wordsOf = async (values: readonly number[], language: Language): Promise<string[]> => {
  const { default: words } = await lists[language]()
  return values.map((value) => words[value & 255] ?? '')
}
