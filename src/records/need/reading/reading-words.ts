/** The shape of the word lists by which a pasted message is read; the lists themselves are in `locales/reading`. */

import type { CategoryKey } from '../../categories.ts'

/** One language's lists. A list is its terms with ", " between them; a term is one word or several. */
export interface ReadingList {
  /**
   * what a word in a text may carry beside the word of the list: `arabic` articles, prepositions and endings, `suffixes`
   * an ending only; anything else is nothing
   */
  inflects: string
  /** `things` are what one can lack, `hints` only stand near such a thing */
  categories: Readonly<Partial<Record<CategoryKey, { things: string; hints: string }>>>
  urgency: { today: string; week: string; possible: string }
  /** what each day of the week is called, Sunday first */
  days: readonly string[]
  /** written numbers: the word and what it means */
  numbers: Readonly<Record<string, number>>
  /** what a number can count beside the things themselves */
  units: string
  persons: string
  /** what follows a number that counts no things: years, hours, money */
  sizes: string
  /** what stands before a number that counts nothing: "number", "size", "aged" */
  numbered: string
  /** one of them holds the litres that follow */
  containers: string
  /** words that look like a dual and say no amount */
  once: string
  /** `joins`: names of two words begin with one of them; `after`: names go on with one of them behind a number */
  places: { streets: string; near: string; spots: string; joins: string; after: string }
  need: string
  offer: string
  /** as {@link offer} unless the same message says that something is needed */
  offerMild: string
  /** what a person's name begins with among neighbours */
  people: string
  /** greetings and the like, which say nothing of the need */
  noise: string
  /** words that a title neither begins nor ends with */
  edges: string
  /** function words that tell a European language from Arabic in Latin letters */
  plain: string
  /** lines that a chat itself writes */
  dropped: string
}
