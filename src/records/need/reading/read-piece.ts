/** One message as one need or offer: category, amount, place, urgency and words. */

import type { Category } from '../../categories.ts'
import { type NeedRow, needLimits } from '../need.ts'
import { findArea } from './find-area.ts'
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

export const readPiece = (lexicon: Lexicon, text: string): PieceReading => {
  const tokens = readableTokens(lexicon, text)
  const area = findArea(lexicon, tokens, text)
  const inArea = (at: number): boolean => area !== null && area.from <= at && at < area.to
  const outside = categoryHits(lexicon, tokens, inArea)
  const hits: CategoryHit[] = outside.length > 0 ? outside : categoryHits(lexicon, tokens, () => false)
  const category = categoryOf(lexicon, tokens, hits)
  const things = hits.filter(({ tag }) => tag.isThing)
  const isItem = (at: number): boolean => things.some(({ from, to }) => from <= at && at < to)
  const amount = findQuantity(lexicon, tokens, inArea, isItem)
  const inAmount = (at: number): boolean => amount !== null && amount.from <= at && at < amount.to
  const person = findPerson(lexicon, tokens, inArea)
  const inName = (at: number): boolean => person !== null && person.from <= at && at < person.to
  const title = titleOf(
    {
      lexicon,
      tokens,
      hits: hits.filter(({ tag }) => tag.category === category),
      isElsewhere: (at) => inArea(at) || inAmount(at) || inName(at),
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
    urgency: urgencyOf(lexicon, tokens, category),
    isUrgencySaid: lexicon.urgency.find(tokens).length > 0,
    phone: findPhones(text)[0]?.phone ?? '',
    contactName: person?.name ?? '',
    namesThing: things.length > 0,
  }
}
