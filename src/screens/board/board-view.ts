/** What the board is set to: kept while the app is open, so that coming back shows the same list. */

import { signal } from '@preact/signals'
import { createMatcher, searchText } from '../../i18n/fold.ts'
import { t } from '../../i18n/translate.ts'
import { type CategoryKey, categoryKeys } from '../../records/categories.ts'
import type { NeedFilter } from '../../records/need/queries.ts'
import type { OfferRow } from '../../records/offer/offer.ts'
import type { OfferFilter } from '../../records/offer/queries.ts'
import { offerKinds } from '../offer-words.ts'

export type NeedChip = 'all' | 'urgent' | 'mine' | CategoryKey
export type OfferChip = 'all' | 'mine' | OfferRow['kind']

export interface BoardView {
  tab: 'needs' | 'offers'
  needChip: NeedChip
  offerChip: OfferChip
  text: string
  /** rows shown; grows as the end comes near */
  limit: number
}

/** Fills a few phone screens; the rest is read when somebody comes near. */
export const pageRows = 40

export const boardView = signal<BoardView>({
  tab: 'needs',
  needChip: 'all',
  offerChip: 'all',
  text: '',
  limit: pageRows,
})

/** Another list begins at its beginning. */
export const changeView = (changes: Partial<BoardView>): void => {
  boardView.value = { ...boardView.peek(), limit: pageRows, ...changes }
}

/** From the address: `/board?tab=offers`, `/board?filter=urgent`. Anything else leaves the board as it was. */
export const viewFromQuery = (query: Readonly<Record<string, string>>): Partial<BoardView> | null => {
  if (query.tab === 'offers') return { tab: 'offers' }
  if (query.filter === 'urgent' || query.filter === 'mine')
    return { tab: 'needs', needChip: query.filter, text: '' }
  return null
}

/** Keys whose word on the screen fits the search: what has no title is shown by that word. */
const keysByWord = <Key extends string>(
  text: string,
  keys: readonly Key[],
  word: (key: Key) => string,
): Key[] => {
  if (text.trim() === '') return []
  const matches = createMatcher(text)
  return keys.filter((key) => matches(searchText(word(key))))
}

export const needFilter = ({ needChip, text }: BoardView): NeedFilter & { involved: boolean } => ({
  involved: needChip === 'mine',
  urgent: needChip === 'urgent' || undefined,
  category: needChip === 'all' || needChip === 'urgent' || needChip === 'mine' ? undefined : needChip,
  text: text.trim() === '' ? undefined : text,
  textCategories: keysByWord(text, categoryKeys, (key) => t(`cat.${key}`)),
})

export const offerFilter = ({ offerChip, text }: BoardView): OfferFilter & { involved: boolean } => ({
  involved: offerChip === 'mine',
  kind: offerChip === 'all' || offerChip === 'mine' ? undefined : offerChip,
  text: text.trim() === '' ? undefined : text,
  textKinds: keysByWord(text, offerKinds, (kind) => t(`offer.${kind}`)),
})

export const isFiltered = ({ tab, needChip, offerChip, text }: BoardView): boolean =>
  text.trim() !== '' || (tab === 'needs' ? needChip : offerChip) !== 'all'
