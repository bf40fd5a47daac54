/** Who a need is for, where a message names him as neighbours do: «أم عمر», «بيت الحاج كاظم». */

import type { Lexicon } from './lexicon.ts'
import type { Token } from './tokens.ts'

export interface FoundPerson {
  name: string
  /** tokens `from` to before `to`, with «بيت» before them */
  from: number
  to: number
}

/** The first; null where nobody is named. */
export const findPerson = (
  lexicon: Lexicon,
  tokens: readonly Token[],
  isTaken: (at: number) => boolean,
): FoundPerson | null => {
  for (let at = 0; at + 1 < tokens.length; at++) {
    const token = tokens[at] as Token
    const name = tokens[at + 1] as Token
    const called = token.folded.replace(/^(?:ول|وال|لل|ل|و)(?=..)/, '')
    const title = [token.folded, called].find((word) => lexicon.people.has(word))
    if (!title || isTaken(at) || isTaken(at + 1) || name.breaks || name.value !== null) continue
    if (lexicon.intent.has(tokens, at + 1) || lexicon.categories.has(tokens, at + 1)) continue
    const isOfHouse =
      at > 0 && !token.breaks && /^[لو]?(?:بيت|عائله|عيله|دار)$/.test(tokens[at - 1]?.folded ?? '')
    const written = token.text.replace(/^ل(?=[\u0621-\u06ff]{2})/, title === token.folded ? '$&' : '')
    return { name: `${written} ${name.text}`, from: isOfHouse ? at - 1 : at, to: at + 2 }
  }
  return null
}
