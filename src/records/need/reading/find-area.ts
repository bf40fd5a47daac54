/** Where a need is, from what a message says: a street, a quarter, or beside something that everybody knows. */

import type { Lexicon } from './lexicon.ts'
import type { Token } from './tokens.ts'

export interface FoundArea {
  text: string
  /** tokens `from` to before `to` */
  from: number
  to: number
  /** a place that is known, to which something goes: «للمستشفى» */
  isGoal: boolean
}

/** What a name begins with in Arabic: of «سوق» and «السوق الكبير» both are said. */
const isDefinite = (token: Token | undefined): boolean => token?.folded.startsWith('ال') ?? false

const endsName = (lexicon: Lexicon, tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at]
  if (!token || token.breaks) return true
  if (lexicon.urgency.has(tokens, at) || lexicon.edges.has(tokens, at) || lexicon.sizes.has(tokens, at))
    return true
  // «حي السلام» is no greeting
  return !isDefinite(token) && (lexicon.intent.has(tokens, at) || lexicon.noise.has(tokens, at))
}

/** How far the name goes that stands behind a word for a place at `head`. */
const endOfName = (lexicon: Lexicon, tokens: readonly Token[], head: number): number => {
  const next = head + 1
  if (endsName(lexicon, tokens, next)) return next
  const token = tokens[next] as Token
  const isOpen = (at: number): boolean => !endsName(lexicon, tokens, at)
  if (token.value !== null) {
    return isOpen(next + 1) && lexicon.after.has(tokens, next + 1) ? next + 2 : next + 1
  }
  if (lexicon.joins.at(tokens, next)?.from === next && isOpen(next + 1)) return next + 2
  // «الحي نهار الجمعة»: behind a name that is whole another definite word is its second half
  if (isDefinite(tokens[head]) && !isDefinite(token)) return next
  const numbered = isOpen(next + 1) ? tokens[next + 1]?.value : null
  return numbered === null || numbered === undefined ? next + 1 : next + 2
}

/** In Latin letters the name stands before the word: "Al Noor street". */
const startOfLatinName = (lexicon: Lexicon, tokens: readonly Token[], head: number): number => {
  let from = head
  while (from > 0 && head - from < 2 && !tokens[from]?.breaks) {
    const before = tokens[from - 1] as Token
    // «Al Salam» is no greeting
    const isGreeting =
      lexicon.noise.has(tokens, from - 1) && !/^(?:al|el)$/i.test(tokens[from - 2]?.text ?? '')
    if (!/^[a-z]/i.test(before.text) || isGreeting) break
    if (!/^\p{Lu}/u.test(before.text)) break
    from--
  }
  return from
}

/** Words by which something is in a place, goes to it or comes from it. */
const before = 'في من ب ل الي علي عند fi f b l lal bel bl el al men in at from'.split(' ')

type Kind = 'street' | 'near' | 'spot'

const spanAt = (
  lexicon: Lexicon,
  tokens: readonly Token[],
  at: number,
  kind: Kind,
): { from: number; to: number } | null => {
  const to = endOfName(lexicon, tokens, at)
  if (to > at + 1) {
    if (kind !== 'near') return { from: startOfLatinName(lexicon, tokens, at), to }
    // «قرب جامع النور»: the thing, and its name
    const name = lexicon.places.at(tokens, at + 1) ? endOfName(lexicon, tokens, at + 1) : to
    const second = tokens[to]
    if (name > to || !isDefinite(second) || endsName(lexicon, tokens, to))
      return { from: at, to: Math.max(to, name) }
    return { from: at, to: to + 1 }
  }
  if (kind === 'near') return null
  const from = startOfLatinName(lexicon, tokens, at)
  if (from < at) return { from, to: at + 1 }
  const isTold = isDefinite(tokens[at]) || isGlued(tokens[at], lexicon)
  const isReached = !tokens[at]?.breaks && before.includes(tokens[at - 1]?.folded ?? '')
  return isTold || isReached ? { from: at, to: at + 1 } : null
}

/** What was taken off in front of the word for a place. */
const gluedTo = (token: Token | undefined, lexicon: Lexicon): string => {
  if (!token) return ''
  const isPlace = (forms: Token['forms']): boolean => lexicon.places.has([{ ...token, forms }], 0)
  if (isPlace(new Map([...token.forms].filter(([, prefix]) => prefix === '')))) return ''
  return [...token.forms].find((form) => isPlace(new Map([form])))?.[1] ?? ''
}
const isGlued = (token: Token | undefined, lexicon: Lexicon): boolean => gluedTo(token, lexicon) !== ''

/** «بالزقاق» is «الزقاق», «للمخيم» is «المخيم», «لحي» is «حي»: the place as it is called. */
const withoutPreposition = (text: string, token: Token, lexicon: Lexicon): string => {
  const prefix = gluedTo(token, lexicon)
  if (prefix === '' || prefix === 'ال' || isDefinite(token)) return text
  if (prefix.endsWith('لل')) return `ال${text.slice(prefix.length)}`
  return prefix.endsWith('ال') ? `ال${text.slice(prefix.length)}` : text.slice(prefix.length)
}

const goalWords = 'ل الي علي ع to 3al 3ala la lal'.split(' ')

/** A mosque or a market is a place only where one is in it, goes to it or comes from it. */
const isSaidAsPlace = (lexicon: Lexicon, tokens: readonly Token[], at: number): boolean =>
  isGlued(tokens[at], lexicon) ||
  before.includes(tokens[at - 1]?.folded ?? '') ||
  (tokens[at]?.breaks === true && tokens[at + 1]?.breaks === false)

const rank: Readonly<Record<Kind, number>> = { street: 0, near: 1, spot: 2 }

/** The first street or quarter, else what something is beside of, else a place that is known; null for none. */
export const findArea = (lexicon: Lexicon, tokens: readonly Token[], text: string): FoundArea | null => {
  let best: { kind: Kind; from: number; to: number } | null = null
  for (let at = 0; at < tokens.length; at++) {
    const hit = lexicon.places.at(tokens, at)
    if (!hit || (best && rank[best.kind] <= rank[hit.tag])) continue
    if (hit.tag === 'spot' && !isSaidAsPlace(lexicon, tokens, at)) continue
    const span = spanAt(lexicon, tokens, hit.to - 1, hit.tag)
    if (span) best = { kind: hit.tag, from: Math.min(span.from, at), to: span.to }
  }
  if (!best) return null
  const { from } = best
  // «حي الحرية قرب المدرسة»
  const beside = lexicon.places.at(tokens, best.to)
  const more =
    best.kind !== 'near' && beside?.tag === 'near' && !tokens[best.to]?.breaks
      ? spanAt(lexicon, tokens, best.to, 'near')
      : null
  const to = more?.to ?? best.to
  const first = tokens[from] as Token
  const written = text.slice(first.start, (tokens[to - 1] as Token).end)
  const isGoal =
    best.kind === 'spot' &&
    (/^[لع]/.test(gluedTo(first, lexicon)) || goalWords.includes(tokens[from - 1]?.folded ?? ''))
  return { text: withoutPreposition(written, first, lexicon).slice(0, 60).trim(), from, to, isGoal }
}
