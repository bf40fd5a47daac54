/** What the board is set to: kept while the app is open, so that coming back shows the same list. */

import { signal } from '@preact/signals'
import { createMatcher, searchText } from '../../i18n/fold.ts'
import { t } from '../../i18n/translate.ts'
import type { OfferFilter } from '../../records/board/board.ts'
import type { NeedFilter } from '../../records/board/need-filter.ts'
import type { Category } from '../../records/categories.ts'
import type { NeedRow } from '../../records/need/need.ts'
import type { OfferRow } from '../../records/offer/offer.ts'
import { categoryWord, searchedCategories } from '../category-words.ts'
import { offerKinds } from '../offer-words.ts'

/** What both lists can be narrowed to; a place by its `areaKey`. */
interface CommonFilters {
  mine?: true
  place?: string
}
export interface NeedFilters extends CommonFilters {
  category?: Category
  urgency?: NeedRow['urgency']
  state?: 'open' | 'covered' | 'met' | 'cancelled'
  /** what this person's offers and skills are good for, with why */
  fits?: true
}
export interface OfferFilters extends CommonFilters {
  kind?: OfferRow['kind']
  over?: true
}

export interface BoardView {
  tab: 'needs' | 'offers'
  needs: NeedFilters
  offers: OfferFilters
  text: string
  /** of what was found, the one kind that all is shown of */
  group: 'needs' | 'offers' | 'people' | null
  /** rows shown; grows as the end comes near */
  limit: number
}

/** More than a screen shows; the rest is made when somebody comes near. */
export const firstRows = 12
export const pageRows = 20

export const boardView = signal<BoardView>({
  tab: 'needs',
  needs: {},
  offers: {},
  text: '',
  group: null,
  limit: firstRows,
})

/** Another list begins at its beginning. */
export const changeView = (changes: Partial<BoardView>): void => {
  boardView.value = { ...boardView.peek(), limit: firstRows, group: null, ...changes }
}

/** From the address: `/board?tab=offers`, `/board?filter=urgent`. Anything else leaves the board as it was. */
export const viewFromQuery = (query: Readonly<Record<string, string>>): Partial<BoardView> | null => {
  if (query.tab === 'offers') return { tab: 'offers' }
  if (query.filter === 'urgent') return { tab: 'needs', needs: { urgency: 'today' }, text: '' }
  if (query.filter === 'mine') return { tab: 'needs', needs: { mine: true }, text: '' }
  return null
}

/** How many filters of the list on the screen are on. */
export const filterCount = ({ tab, needs, offers }: BoardView): number =>
  Object.values(tab === 'needs' ? needs : offers).filter((value) => value !== undefined).length

export const isSearched = ({ text }: BoardView): boolean => text.trim() !== ''

/** As a start shows it. */
export const isUsual = (view: BoardView): boolean =>
  view.tab === 'needs' && filterCount(view) === 0 && !isSearched(view)

/** With the change, or without the filter where it says so (`undefined`). */
export const withFilter = <Filters extends NeedFilters | OfferFilters>(
  filters: Filters,
  changes: { [Key in keyof Filters]?: Filters[Key] | undefined },
): Filters =>
  Object.fromEntries(
    Object.entries({ ...filters, ...changes }).filter(([, value]) => value !== undefined),
  ) as unknown as Filters

/** Words of the screen as a search sees them: the same thirty with each letter. */
const foldedWords = new Map<string, string>()

const foldedWord = (word: string): string => {
  const folded = foldedWords.get(word) ?? searchText(word)
  foldedWords.set(word, folded)
  return folded
}

/** Keys whose word on the screen fits the search: what has no title is shown by that word. */
export const keysByWord = <Key extends string>(
  text: string,
  keys: readonly Key[],
  word: (key: Key) => string,
): Key[] => {
  if (text.trim() === '') return []
  const matches = createMatcher(text)
  return keys.filter((key) => matches(foldedWord(word(key))))
}

export const needFilter = (
  { needs, text }: BoardView,
  me: string | undefined,
  nearKey: string | undefined,
): NeedFilter => ({
  category: needs.category,
  urgency: needs.urgency,
  state: needs.state,
  areaKey: needs.place,
  involved: needs.mine && me,
  text,
  textCategories: keysByWord(text, searchedCategories(), categoryWord),
  nearKey,
})

export const offerFilter = (
  { offers, text }: BoardView,
  me: string | undefined,
  nearKey: string | undefined,
): OfferFilter => ({
  kind: offers.kind,
  areaKey: offers.place,
  creator: offers.mine && me,
  isOver: offers.over ?? false,
  text,
  textKinds: keysByWord(text, offerKinds, (kind) => t(`offer.${kind}`)),
  textCategories: keysByWord(text, searchedCategories(), categoryWord),
  nearKey,
})
