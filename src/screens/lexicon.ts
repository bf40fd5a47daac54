/** The word lists by which messages are read, with what the network calls its own categories: made once until those change. */

import { ownCategories } from '../hooks/own-categories.ts'
import { readingWords } from '../i18n/reading-words.ts'
import { createLexicon, type Lexicon } from '../records/need/reading/lexicon.ts'

let held: { lexicon: Lexicon; own: typeof ownCategories.value } | undefined

/** Some thousand words. What is not offered any more is not proposed. */
export const lexiconNow = (): Lexicon => {
  const own = ownCategories.value
  if (held?.own !== own) {
    const words = [...own.values()].filter(({ archived }) => !archived)
    held = { lexicon: createLexicon(readingWords, words), own }
  }
  return held.lexicon
}
