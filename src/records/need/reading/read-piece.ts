/** One message as one need or offer: category, amount, place, urgency and words. */

import type { Category } from '../../categories.ts'
import { type NeedRow, needLimits } from '../need.ts'
import { findArea } from './find-area.ts'
import { findDay } from './find-day.ts'
import { findPerson } from './find-person.ts'
import { findQuantity } from './find-quantity.ts'
import { type CategoryHit, categoryHits, categoryOf, intentOf, urgencyOf } from './judge.ts'
import type { Lexicon } from './lexicon.ts'
import { findPhones, replacePhones } from './phones.ts'
import { titleOf } from './title-of.ts'
import { type Token, tokensOf, withoutFranco } from './tokens.ts'

export interface PieceReading {
  kind: 'need' | 'offer'
  category: Category | null
  title: string
  /** 1 where nothing says more */
  quantity: number
  unit: string
  /** '' where it is not said */
  area: string
  urgency: NeedRow['urgency']
  /** the one day of the week that it names, 0 Sunday to 6 Saturday */
  day: number | null
  /** a word says how soon, it is not what is usual for the category */
  isUrgencySaid: boolean
  /** the first, as `contact.phone` holds one; '' for none */
  phone: string
  /** who is named in it, '' for nobody */
  contactName: string
  /** something that can be lacked is named, not only hinted at */
  namesThing: boolean
}

/** Function words of a European language: then no word is Arabic in Latin letters. */
const minPlainWords = 2

/** The tokens of a text in which a phone is a mark. */
export const readableTokens = (lexicon: Lexicon, text: string): Token[] => {
  const tokens = tokensOf(replacePhones(text, (length) => '،'.padEnd(length, ' ')))
  const plain = tokens.filter(({ folded }) => lexicon.plain.has(folded)).length
  return plain >= minPlainWords ? tokens.map(withoutFranco) : tokens
}

/** Tokens `from` to before `to`. */
const isWithin = (span: { from: number; to: number } | null, at: number): boolean =>
  span !== null && span.from <= at && at < span.to

export const readPiece = (lexicon: Lexicon, text: string): PieceReading => {
  const tokens = readableTokens(lexicon, text)
  const found = findArea(lexicon, tokens, text)
  const outside = categoryHits(lexicon, tokens, (at) => isWithin(found, at))
  const hits: CategoryHit[] = outside.length > 0 ? outside : categoryHits(lexicon, tokens, () => false)
  const category = categoryOf(lexicon, tokens, hits)
  // where a ride goes is not where it is wanted
  const area = category === 'transport' && found?.isGoal ? null : found
  const inArea = (at: number): boolean => isWithin(area, at)
  const things = hits.filter(({ tag }) => tag.isThing)
  const isItem = (at: number): boolean => things.some(({ from, to }) => from <= at && at < to)
  const amount = findQuantity(lexicon, tokens, inArea, isItem)
  const person = findPerson(lexicon, tokens, inArea)
  const day = findDay(lexicon, tokens, inArea)
  const title = titleOf(
    {
      lexicon,
      tokens,
      hits: hits.filter(({ tag }) => tag.category === category),
      isElsewhere: (at) => [area, amount, person, day].some((span) => isWithin(span, at)),
    },
    text,
  )
  return {
    kind: intentOf(lexicon, tokens),
    category,
    title: title.slice(0, needLimits.titleChars),
    quantity: amount?.quantity ?? 1,
    unit: amount?.unit ?? '',
    area: area?.text.slice(0, needLimits.areaChars) ?? '',
    day: day?.day ?? null,
    urgency: urgencyOf(lexicon, tokens, category),
    isUrgencySaid: lexicon.urgency.find(tokens).length > 0,
    phone: findPhones(text)[0]?.phone ?? '',
    contactName: person?.name ?? '',
    namesThing: things.length > 0,
  }
}
