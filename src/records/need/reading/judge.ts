/** What a message is about, how soon it is wanted, and whether it asks or gives. */

import { type Category, isCategoryKey } from '../../categories.ts'
import type { NeedRow } from '../need.ts'
import type { CategoryTag, Lexicon } from './lexicon.ts'
import type { Hit } from './terms.ts'
import type { Token } from './tokens.ts'

export type CategoryHit = Hit<CategoryTag>

/** Who repairs a tap is asked for, not water: what is to be done outweighs what it is done to. */
const work: readonly Category[] = [
  'repair',
  'transport',
  'cleaning',
  'mental',
  'legal',
  'reunion',
  'blood',
  'animals',
]
/** Words that stand in messages about anything. */
const vague: readonly Category[] = ['information', 'work', 'children', 'elderly']

const weightOf = ({ tag, from, to }: CategoryHit): number => {
  if (!tag.isThing) return 1
  const words = to - from
  const base = vague.includes(tag.category) && words === 1 ? 2 : 3
  // a cat that needs milk is no child
  // nor is it, where the network has a word of its own for it, what every network has
  const isApart = tag.category === 'animals' || !isCategoryKey(tag.category)
  const more = isApart ? 2 : work.includes(tag.category) ? 1 : 0
  return base + more + (words > 1 ? 2 : 0)
}

/** So many words behind «محتاجين» stands what is needed. */
const reach = 3

export const intentOf = (lexicon: Lexicon, tokens: readonly Token[]): 'need' | 'offer' => {
  const sum = { need: 0, offer: 0 }
  for (const { tag } of lexicon.intent.find(tokens)) sum[tag.kind] += tag.weight
  return sum.offer > sum.need ? 'offer' : 'need'
}

/** Hits outside the area, which names mosques and schools that nobody needs. */
export const categoryHits = (
  lexicon: Lexicon,
  tokens: readonly Token[],
  isTaken: (at: number) => boolean,
): CategoryHit[] => lexicon.categories.find(tokens).filter(({ from }) => !isTaken(from))

/** Behind such a word somebody is described, and nothing asked for. */
const relative = 'اللي الي الذي التي الذين who that which'.split(' ')

const isNumber = (lexicon: Lexicon, token: Token | undefined): boolean =>
  token !== undefined && (token.value !== null || lexicon.numbers.has(token.folded))

/** null where nothing says what it is about. */
export const categoryOf = (
  lexicon: Lexicon,
  tokens: readonly Token[],
  hits: readonly CategoryHit[],
): Category | null => {
  const asked = lexicon.intent.find(tokens).filter(({ tag }) => tag.kind === 'need')
  const scores = new Map<Category, number>()
  for (const hit of hits) {
    const isBehind = (thing: CategoryHit): boolean => asked.some(({ to }) => thing.from >= to)
    // «يدور شغل» asks and names in one
    const asksItself = asked.some(({ from, to }) => hit.from <= from && to <= hit.to)
    const isNear = asked.some(({ to }) => hit.from >= to && hit.from - to < reach)
    const isAsked = hit.tag.isThing && (asksItself || isNear)
    const isFirst = asksItself || (isAsked && !hits.some((other) => other.from < hit.from && isBehind(other)))
    const isCounted = hit.tag.isThing && isNumber(lexicon, tokens[hit.from - 1])
    const isAside = relative.includes(tokens[hit.from - 1]?.folded ?? '')
    const score = isAside ? 1 : weightOf(hit) + (isFirst ? 3 : isAsked ? 1 : 0) + (isCounted ? 2 : 0)
    scores.set(hit.tag.category, (scores.get(hit.tag.category) ?? 0) + score)
  }
  let best: Category | null = null
  for (const [category, score] of scores) {
    if (best === null || score > (scores.get(best) ?? 0)) best = category
  }
  return best
}

/** How soon one who says nothing of it usually means: without water, roof or nurse nobody waits a week. */
const usual: Readonly<Partial<Record<Category, NeedRow['urgency']>>> = {
  water: 'today',
  electricity: 'today',
  health: 'today',
  shelter: 'today',
  blood: 'today',
  disability: 'possible',
  work: 'possible',
  reunion: 'possible',
  information: 'possible',
}

/** «مو مستعجلين» outweighs all, then a word for today, then a day of the week. */
export const urgencyOf = (
  lexicon: Lexicon,
  tokens: readonly Token[],
  category: Category | null,
): NeedRow['urgency'] => {
  const said = new Set(lexicon.urgency.find(tokens).map(({ tag }) => tag))
  for (const urgency of ['possible', 'today', 'week'] as const) if (said.has(urgency)) return urgency
  return (category && usual[category]) ?? 'week'
}
