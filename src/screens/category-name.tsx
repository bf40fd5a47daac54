/** The word of a category where it stands alone; one of the network's own is set apart, as somebody typed it. */

import { Bdi } from '../components/bdi.tsx'
import { isCategoryKey } from '../records/categories.ts'
import { categoryWord } from './category-words.ts'

export const CategoryName = ({ category }: { category: string }) => {
  const word = categoryWord(category)
  return isCategoryKey(category) ? word : <Bdi>{word}</Bdi>
}
