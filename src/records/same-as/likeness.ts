/** How alike two needs are: whether a person should be asked if they are one. Nothing is ever merged by it. */

import { fold } from '../../i18n/fold.ts'
import type { ContactRow } from '../contact/contact.ts'
import type { NeedRow } from '../need/need.ts'

export interface Likeness {
  samePhone: boolean
  sameName: boolean
  /** share of the words that both have, 0 to 1; words that most needs of the place have count a quarter */
  words: number
  /** such words, weighed in the same way */
  shared: number
}

/** A need as it is compared; a form that is being filled in has one too. */
export interface Compared {
  need: Pick<NeedRow, 'title' | 'details'> & { creator?: string }
  contact: Pick<ContactRow, 'name' | 'phone'> | undefined
}

/** Numbers are the same with and without the code of the country. */
const comparedDigits = 8
const commonWeight = 0.25

/** A pair is compared with dozens, and the same needs again with each change: their words are taken apart once. */
const maxKnown = 4000
const known = new Map<string, ReadonlySet<string>>()

/** «لأم» and «أم», «البطانيات» and «بطانيات» are one word here. */
const wordsOf = (text: string): ReadonlySet<string> => {
  const held = known.get(text)
  if (held) return held
  const words = fold(text).split(' ')
  const plain = words.map((word) => word.replace(/^(?:وال|بال|لل|ال|و|ل|ب)(?=\p{L}{2})/u, ''))
  const found = new Set(plain.filter((word) => word.length > 1 || /\d/.test(word)))
  if (known.size >= maxKnown) known.clear()
  known.set(text, found)
  return found
}

/** How many needs of one place and category have each word. */
export const countWords = (needs: readonly Pick<NeedRow, 'title'>[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const { title } of needs)
    for (const word of wordsOf(title)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

const phoneKey = (phone: string): string =>
  phone.length < comparedDigits ? '' : phone.slice(-comparedDigits)

const hasSameName = (a: string, b: string): boolean => {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  if (left.size === 0 || right.size === 0) return false
  const [fewer, more] = left.size < right.size ? [left, right] : [right, left]
  return [...fewer].every((word) => more.has(word))
}

/** Of a place with so few needs every word tells them apart. */
const minToBeCommon = 4

export const likenessOf = (
  a: Compared,
  b: Compared,
  wordCounts: ReadonlyMap<string, number>,
  inPlace: number,
): Likeness => {
  const weight = (word: string): number => {
    const isCommon = inPlace >= minToBeCommon && (wordCounts.get(word) ?? 0) * 2 > inPlace
    return isCommon ? commonWeight : 1
  }
  const [left, right] = [wordsOf(a.need.title), wordsOf(b.need.title)]
  const sum = (words: Iterable<string>): number => [...words].reduce((total, word) => total + weight(word), 0)
  const shared = sum([...left].filter((word) => right.has(word)))
  const all = sum(left) + sum(right)
  const phones = [phoneKey(a.contact?.phone ?? ''), phoneKey(b.contact?.phone ?? '')]
  return {
    samePhone: phones[0] !== '' && phones[0] === phones[1],
    sameName: hasSameName(a.contact?.name ?? '', b.contact?.name ?? ''),
    words: all === 0 ? 0 : (2 * shared) / all,
    shared,
  }
}

/** Two families of one street need the same basket: that alone is no reason to ask. */
export const isLikely = (a: Compared, b: Compared, like: Likeness): boolean => {
  if (like.samePhone) return true
  const [left, right] = [a.contact, b.contact]
  const isOtherPhone = !!left?.phone && !!right?.phone
  const isOtherName = !!left?.name && !!right?.name && !like.sameName
  if (isOtherPhone && !like.sameName) return false
  if (like.sameName) return like.words >= 0.3 || left?.name === right?.name
  if (isOtherName) return false
  // who writes forty needs in a row writes alike ones
  const isOneHand = a.need.creator !== undefined && a.need.creator === b.need.creator
  return isOneHand ? like.words >= 0.85 && like.shared >= 4 : like.words >= 0.6 && like.shared >= 2
}
