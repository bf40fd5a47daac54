/** The one place that turns a category into its word and its drawing, those of the network's own too. */

import type { IconName } from '../components/icon.tsx'
import { ownCategories } from '../hooks/own-categories.ts'
import { t } from '../i18n/translate.ts'
import { type Category, categoryKeys, isCategoryKey } from '../records/categories.ts'

/** A network's own that is not known here (yet) is called «something else». */
export const categoryWord = (category: string): string => {
  if (isCategoryKey(category)) return t(`cat.${category}`)
  return ownCategories.value.get(category)?.word ?? t('cat.other')
}

/** What the drawing beside a title says to those who hear the page; nothing where the title says it, or is made from it. */
export const heardCategory = (thing: { title: string; category: string }): string | undefined => {
  const word = categoryWord(thing.category)
  return thing.title === '' || thing.title.includes(word) ? undefined : word
}

/** Icons carry the names of the categories. */
export const categoryIcon = (category: string): IconName =>
  isCategoryKey(category) ? category : (ownCategories.value.get(category)?.icon ?? 'other')

/** The network's own that are offered, in the order in which they were added. */
export const ownChoices = (): Category[] =>
  [...ownCategories.value.values()].filter(({ archived }) => !archived).map(({ id }) => id)

/** What a search may mean: what is not offered any more is still found. */
export const searchedCategories = (): Category[] => [
  ...categoryKeys,
  ...[...ownCategories.value.values()].map(({ id }) => id),
]
