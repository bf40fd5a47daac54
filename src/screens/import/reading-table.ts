/** What the words in a table's cells mean: those of the screen, those of other hands, and the lists for pasted messages. */

import { fold } from '../../i18n/fold.ts'
import { tableWords } from '../../i18n/table-words.ts'
import { t } from '../../i18n/translate.ts'
import type { Category } from '../../records/categories.ts'
import { type Columns, foldedWords } from '../../records/import/map-columns.ts'
import { readMonths } from '../../records/import/read-date.ts'
import type { ReadingTable } from '../../records/import/read-need-row.ts'
import { readPiece } from '../../records/need/reading/read-piece.ts'
import { categoryWord, searchedCategories } from '../category-words.ts'
import { lexiconNow } from '../lexicon.ts'

const urgencies = ['today', 'week', 'possible'] as const

/** For one file, in the language of the screen. */
export const createReadingTable = (): Omit<ReadingTable, 'columns'> => {
  const lexicon = lexiconNow()
  const known = new Map<string, Category | undefined>()
  const categoryOf = (text: string): Category | undefined => {
    if (text.trim() === '') return undefined
    // tables say the same few words in many rows
    if (!known.has(text)) known.set(text, readPiece(lexicon, text.slice(0, 300)).category ?? undefined)
    return known.get(text)
  }
  return {
    categories: new Map(
      searchedCategories().flatMap((key) =>
        [fold(categoryWord(key)), key].map((word) => [word, key] as const),
      ),
    ),
    urgencies: new Map(
      urgencies.flatMap((key) =>
        [...foldedWords(tableWords[key]), fold(t(`when.${key}`))].map((word) => [word, key] as const),
      ),
    ),
    months: readMonths(tableWords.months),
    categoryOf,
  }
}

export const withColumns = (reading: Omit<ReadingTable, 'columns'>, columns: Columns): ReadingTable => ({
  ...reading,
  columns,
})
