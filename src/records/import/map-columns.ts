/** Which column of a table is what: told by the words over it, by lists of such words in several languages. */

import { fold } from '../../i18n/fold.ts'

export const columnFields = [
  'category',
  'title',
  'details',
  'quantity',
  'unit',
  'urgency',
  'due',
  'area',
  'name',
  'phone',
  'address',
] as const
export type ColumnField = (typeof columnFields)[number]
/** By place in the row; null for what is left out. */
export type Columns = readonly (ColumnField | null)[]

/** A list with ", " between its words, each folded. */
export const foldedWords = (list: string): ReadonlySet<string> => new Set(list.split(',').map(fold))

const withoutArticle = (folded: string): string =>
  folded
    .split(' ')
    .map((word) => word.replace(/^ال(?=\p{L}{2})/u, ''))
    .join(' ')

/** Longest list word that stands in a head, in letters; all of the head counts double. */
const fitOf = (head: string, words: ReadonlySet<string>): number => {
  let best = 0
  for (const word of words) {
    const plain = withoutArticle(word)
    if (plain === '') continue
    if (head === plain) best = Math.max(best, 2 * plain.length + 100)
    else if (` ${head} `.includes(` ${plain} `)) best = Math.max(best, plain.length)
  }
  return best
}

/** Each field has one column, the one whose head fits best; `lists` as `foldedWords` reads them. */
export const guessColumns = (
  heads: readonly string[],
  lists: Readonly<Record<ColumnField, string>>,
): (ColumnField | null)[] => {
  const folded = heads.map((head) => withoutArticle(fold(head)))
  const fits = columnFields.flatMap((field) => {
    const words = foldedWords(lists[field])
    return folded.map((head, column) => ({ field, column, fit: fitOf(head, words) }))
  })
  const columns: (ColumnField | null)[] = heads.map(() => null)
  const sure = fits.filter((each) => each.fit > 0).sort((a, b) => b.fit - a.fit)
  for (const { field, column } of sure) {
    if (columns[column] === null && !columns.includes(field)) columns[column] = field
  }
  return columns
}

/** Whether the first row says what stands below it: two of its words do, or the only one. */
export const hasHeads = (columns: Columns): boolean => {
  const known = columns.filter((field) => field !== null).length
  return known >= Math.min(2, columns.length)
}

/** The same columns with `field` on one of them, and nowhere else. */
export const withColumn = (columns: Columns, column: number, field: ColumnField | null): Columns =>
  columns.map((each, i) => (i === column ? field : each === field ? null : each))
