/** How much a message asks for: digits, written numbers and duals, but no ages, sizes, hours or heads of a family. */

import { needLimits } from '../need.ts'
import type { Lexicon } from './lexicon.ts'
import type { Token } from './tokens.ts'

export interface FoundQuantity {
  quantity: number
  /** what is counted, as written; '' where it is not said */
  unit: string
  /** tokens `from` to before `to` */
  from: number
  to: number
}

interface WrittenNumber {
  value: number
  from: number
  to: number
}

const wordValue = (lexicon: Lexicon, token: Token | undefined): number | undefined => {
  for (const [form, prefix] of token?.forms ?? []) {
    // «المية» is water, «مية» a hundred, and «ستي» my grandmother
    const isWhole = form.startsWith('<') || prefix + form === token?.folded
    const value = prefix.endsWith('ال') || !isWhole ? undefined : lexicon.numbers.get(form)
    if (value !== undefined) return value
  }
  return undefined
}

/** «خمسة وعشرين», «اثنا عشر», «عشرين», «٢٥». */
const numberAt = (lexicon: Lexicon, tokens: readonly Token[], at: number): WrittenNumber | null => {
  const token = tokens[at]
  if (!token) return null
  if (token.value !== null) return { value: token.value, from: at, to: at + 1 }
  const value = wordValue(lexicon, token) ?? (/^اثن[ايت]/.test(token.folded) ? 2 : undefined)
  if (value === undefined) return null
  const next = tokens[at + 1]
  if (next && !next.breaks && next.value === null) {
    const more = wordValue(lexicon, next)
    const isTeen = more === 10 && value < 10
    const isTens = more !== undefined && more >= 20 && value < 10 && next.folded.startsWith('و')
    if (isTeen || isTens) return { value: value + more, from: at, to: at + 2 }
  }
  return { value, from: at, to: at + 1 }
}

type Look = (at: number) => boolean

interface Sight {
  lexicon: Lexicon
  tokens: readonly Token[]
  /** part of an area */
  isTaken: Look
  /** something that can be lacked, of the category that was found */
  isItem: Look
}

/** The words from there on, the first without what may be written together with it: «٢ لشاب» counts no young men. */
const alone = (tokens: readonly Token[], at: number): Token[] => {
  const token = tokens[at]
  if (!token) return []
  const forms = new Map([...token.forms].filter(([, prefix]) => prefix === ''))
  return [{ ...token, forms }, ...tokens.slice(at + 1, at + 4)]
}

const isUnit = ({ lexicon, tokens, isItem }: Sight, at: number): boolean => {
  const words = alone(tokens, at)
  return lexicon.units.has(words, 0) || (isItem(at) && lexicon.categories.has(words, 0))
}

/** What a number is about when a row of numbers stands before it: «٦ و٨ و١٠ سنوات». */
const afterNumbers = ({ tokens }: Sight, at: number): number => {
  let next = at
  while (tokens[next]?.value !== null && tokens[next]?.value !== undefined) next++
  return next
}

/** «حصتين بالاسبوع» says how often. */
const isRepeated = (tokens: readonly Token[], to: number): boolean =>
  [to, to + 1].some((at) =>
    /^(?:بالاسبوع|اسبوعيا|باليوم|يوميا|بالشهر|weekly|daily)$/.test(tokens[at]?.folded ?? ''),
  )

const isExcluded = (sight: Sight, { from, to }: WrittenNumber): boolean => {
  const { lexicon, tokens, isTaken } = sight
  if (isTaken(from)) return true
  if (from > 0 && !tokens[from]?.breaks && lexicon.numbered.has(tokens, from - 1)) return true
  return lexicon.sizes.has(tokens, afterNumbers(sight, to)) || isRepeated(tokens, to)
}

/** «لـ ٢٥ شخص» counts what is shared out by the head, and a basket for five is one basket. */
const isServed = (sight: Sight, { from, to }: WrittenNumber): boolean => {
  const { lexicon, tokens } = sight
  if (!lexicon.persons.has(alone(tokens, to), 0)) return false
  const isFor =
    /^(?:ل|لل)/.test(tokens[from]?.folded ?? '') || /^(?:ل|for|pour|l)$/.test(tokens[from - 1]?.folded ?? '')
  if (!isFor) return false
  for (let at = from - 1; at >= Math.max(0, from - 4); at--) {
    if (sight.isItem(at)) return !isOne(sight, at)
    if (tokens[at]?.breaks) return false
  }
  return false
}
/** «سلة», «كرتونة»: a single thing that holds what many need. */
const isOne = ({ lexicon, tokens }: Sight, at: number): boolean =>
  lexicon.units.has(tokens, at) && /ه$/.test(tokens[at]?.folded ?? '') && tokens[at]?.folded !== 'وجبه'

const holdsLitres = ({ lexicon, tokens }: Sight, { from, to }: WrittenNumber): boolean => {
  if (!/^(?:لتر|ليتر|لترات|litres?|liters?)$/.test(tokens[to]?.folded ?? '')) return false
  return [1, 2].some((back) => from - back >= 0 && lexicon.containers.has(tokens, from - back))
}

const wordOf = (token: Token | undefined): string => token?.text.replace(/^(?:و|ال)(?=.{4})/, '') ?? ''

const digitsAt = (sight: Sight, at: number): (FoundQuantity & { rank: number }) | null => {
  const { lexicon, tokens } = sight
  const written = numberAt(lexicon, tokens, at)
  if (!written || written.value < 1 || written.value > needLimits.quantityMax) return null
  const { value: quantity, from, to } = written
  const next = tokens[to]
  const isJoined = next !== undefined && !next.breaks
  if (from > 0 && /^(?:عدد|عددها|العدد)$/.test(tokens[from - 1]?.folded ?? '')) {
    const hasUnit = isJoined && lexicon.units.has(tokens, to)
    const unit = hasUnit ? wordOf(next) : ''
    return { quantity, unit, from: from - 1, to: hasUnit ? to + 1 : to, rank: 0 }
  }
  if (isExcluded(sight, written) || holdsLitres(sight, written)) return null
  if (isServed(sight, written)) return { quantity, unit: wordOf(next), from, to: to + 1, rank: 3 }
  if (isJoined && !lexicon.persons.has(alone(tokens, to), 0)) {
    const counts = isUnit(sight, to) || (isUnit(sight, to + 1) && !tokens[to + 1]?.breaks)
    if (counts) return { quantity, unit: wordOf(next), from, to: to + 1, rank: 1 }
  }
  const isPerson = lexicon.persons.has(alone(tokens, to), 0) && isJoined
  if (isPerson && isUnit(sight, to)) return { quantity, unit: wordOf(next), from, to: to + 1, rank: 2 }
  if (isPerson) return null
  const opens = tokens[from]?.breaks || lexicon.intent.has(tokens, from - 1)
  if (isJoined && opens && quantity > 1 && !sight.isTaken(to) && next.value === null) {
    return { quantity, unit: wordOf(next), from, to: to + 1, rank: 4 }
  }
  const behindItem = from > 0 && !tokens[from]?.breaks && isUnit(sight, from - 1)
  return behindItem ? { quantity, unit: wordOf(tokens[from - 1]), from, to, rank: 2 } : null
}

/** «بطانيتين», «كيسين» */
const dualAt = (sight: Sight, at: number): (FoundQuantity & { rank: number }) | null => {
  const { lexicon, tokens } = sight
  const token = tokens[at]
  if (!token || sight.isTaken(at)) return null
  const words = [token.folded, token.folded.replace(/^(?:و|ب|ل|ف)/, '')]
  const word = words[1] ?? ''
  if (words.some((one) => lexicon.once.has(one)) || isRepeated(tokens, at + 1)) return null
  if (
    /..ت(?:ين|ان)$/.test(word) &&
    (isUnit(sight, at) || (/...تين$/.test(word) && !lexicon.persons.has(tokens, at)))
  ) {
    return {
      quantity: 2,
      unit: `${token.text.replace(/^و(?=.{6})/, '').slice(0, -3)}ة`,
      from: at,
      to: at + 1,
      rank: 2,
    }
  }
  if (/...ين$/.test(word) && lexicon.units.has(tokens, at)) {
    return {
      quantity: 2,
      unit: token.text.replace(/^و(?=.{5})/, '').slice(0, -2),
      from: at,
      to: at + 1,
      rank: 2,
    }
  }
  return null
}

/** The surest amount, of equally sure ones the first; null where one thing is meant. */
export const findQuantity = (
  lexicon: Lexicon,
  tokens: readonly Token[],
  isTaken: Look,
  isItem: Look,
): FoundQuantity | null => {
  const sight = { lexicon, tokens, isTaken, isItem }
  let best: (FoundQuantity & { rank: number }) | null = null
  for (let at = 0; at < tokens.length; at++) {
    const found = digitsAt(sight, at) ?? dualAt(sight, at)
    if (found && (!best || found.rank < best.rank)) best = found
  }
  if (!best || best.quantity === 1) return null
  const { rank: _, ...found } = best
  return { ...found, unit: found.unit.slice(0, needLimits.unitChars) }
}
