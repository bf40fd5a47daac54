/** All languages' word lists as one: people write several in one message. */

import { fold } from '../../../i18n/fold.ts'
import type { Category, CategoryKey, OwnCategory } from '../../categories.ts'
import type { NeedRow } from '../need.ts'
import type { ReadingList } from './reading-words.ts'
import { Terms } from './terms.ts'

export interface CategoryTag {
  category: Category
  /** what one can lack, or only a word that stands near it */
  isThing: boolean
}

export interface Lexicon {
  categories: Terms<CategoryTag>
  urgency: Terms<NeedRow['urgency']>
  /** 0 Sunday to 6 Saturday; with `needsArticle` the bare word means other things as well */
  days: Terms<{ day: number; needsArticle: boolean }>
  /** folded word → value */
  numbers: ReadonlyMap<string, number>
  units: Terms<true>
  persons: Terms<true>
  sizes: Terms<true>
  numbered: Terms<true>
  containers: Terms<true>
  once: ReadonlySet<string>
  places: Terms<'street' | 'near' | 'spot'>
  joins: Terms<true>
  after: Terms<true>
  /** what a message asks or gives, with how surely */
  intent: Terms<{ kind: 'need' | 'offer'; weight: 1 | 2 }>
  /** what a person's name begins with, folded */
  people: ReadonlySet<string>
  noise: Terms<true>
  /** words that a title neither begins nor ends with */
  edges: Terms<true>
  /** function words of English and French, folded */
  plain: ReadonlySet<string>
  dropped: readonly string[]
}

const split = (list: string): string[] =>
  list
    .split(',')
    .map(fold)
    .filter((word) => word !== '')

/** A category of the network's own, and what it is called. */
export interface OwnWord {
  id: OwnCategory
  word: string
}

/** Some thousand words: made once for all messages, and again when the network's `own` are others. */
export const createLexicon = (lists: readonly ReadingList[], own: readonly OwnWord[] = []): Lexicon => {
  const lexicon = {
    categories: new Terms<CategoryTag>(),
    urgency: new Terms<NeedRow['urgency']>(),
    days: new Terms<{ day: number; needsArticle: boolean }>(),
    numbers: new Map<string, number>(),
    units: new Terms<true>(),
    persons: new Terms<true>(),
    sizes: new Terms<true>(),
    numbered: new Terms<true>(),
    containers: new Terms<true>(),
    once: new Set<string>(),
    places: new Terms<'street' | 'near' | 'spot'>(),
    joins: new Terms<true>(),
    after: new Terms<true>(),
    intent: new Terms<{ kind: 'need' | 'offer'; weight: 1 | 2 }>(),
    people: new Set<string>(),
    noise: new Terms<true>(),
    edges: new Terms<true>(),
    plain: new Set<string>(),
    dropped: [] as string[],
  }
  // before the lists: of equally long words the first is taken, and the network means its own
  for (const { id, word } of own)
    lexicon.categories.add(word.replaceAll(',', ' '), { category: id, isThing: true }, 'arabic')
  for (const list of lists) {
    const { inflects, places } = list
    for (const [category, { things, hints }] of Object.entries(list.categories)) {
      const tag = { category: category as CategoryKey }
      lexicon.categories.add(things, { ...tag, isThing: true }, inflects)
      lexicon.categories.add(hints, { ...tag, isThing: false }, inflects)
    }
    for (const urgency of ['today', 'week', 'possible'] as const)
      lexicon.urgency.add(list.urgency[urgency], urgency, 'none')
    for (const [day, words] of list.days.entries())
      lexicon.days.add(words, { day, needsArticle: inflects === 'arabic' }, 'none')
    for (const [word, value] of Object.entries(list.numbers)) lexicon.numbers.set(fold(word), value)
    for (const name of ['units', 'persons', 'sizes', 'numbered', 'containers', 'noise'] as const)
      lexicon[name].add(list[name], true, inflects === 'arabic' ? 'arabic' : 'none')
    for (const word of split(list.once)) lexicon.once.add(word)
    for (const word of split(list.people)) lexicon.people.add(word)
    for (const word of split(list.plain)) lexicon.plain.add(word)
    lexicon.edges.add(list.edges, true, 'none')
    lexicon.places.add(places.streets, 'street', inflects)
    lexicon.places.add(places.near, 'near', 'none')
    lexicon.places.add(places.spots, 'spot', inflects)
    lexicon.joins.add(places.joins, true, 'none')
    lexicon.after.add(places.after, true, 'none')
    lexicon.intent.add(list.need, { kind: 'need', weight: 2 }, 'none')
    lexicon.intent.add(list.offer, { kind: 'offer', weight: 2 }, 'none')
    lexicon.intent.add(list.offerMild, { kind: 'offer', weight: 1 }, 'none')
    lexicon.dropped.push(...split(list.dropped))
  }
  return lexicon
}
