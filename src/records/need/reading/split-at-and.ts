/** «سلة غذائية ودواء ضغط» tells two needs in one sentence: taken apart where "and" joins things of two categories. */

import { categoryHits } from './judge.ts'
import type { Lexicon } from './lexicon.ts'
import { readableTokens } from './read-piece.ts'

/** Further apart, the second belongs to a sentence of its own. */
const maxBetween = 4
const ands = new Set(['و', 'and', 'w', 'et'])

/** The text itself where nothing is to be taken apart. */
export const splitAtAnd = (lexicon: Lexicon, text: string): string[] => {
  const tokens = readableTokens(lexicon, text)
  const things = categoryHits(lexicon, tokens, () => false).filter(
    ({ tag, from, to }) => tag.isThing && (to - from > 1 || tokens[from]?.value === null),
  )
  const parts: string[] = []
  let start = 0
  for (let i = 1; i < things.length; i++) {
    const [before, thing] = [things[i - 1], things[i]]
    const token = thing && tokens[thing.from]
    if (!before || !token || thing.from - before.to > maxBetween) continue
    if (thing.tag.category === before.tag.category) continue
    const isGlued = [...token.forms.values()].some((prefix) => prefix === 'و') && /^\u0648/.test(token.folded)
    const numbered = tokens[thing.from - 1]
    const previous = numbered?.value !== null ? tokens[thing.from - 2] : numbered
    const isJoined = isGlued || ands.has(previous?.folded ?? '') || /^و\p{Nd}/u.test(numbered?.folded ?? '')
    const isPlain = !lexicon.intent.has(tokens, thing.from)
    if (!isJoined || !isPlain || tokens.slice(before.to, thing.from + 1).some(({ breaks }) => breaks))
      continue
    const at = numbered?.value != null && !isGlued ? numbered.start : token.start + (isGlued ? 1 : 0)
    parts.push(text.slice(start, at))
    start = at
  }
  return [...parts, text.slice(start)]
}
