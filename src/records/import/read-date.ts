/** A day as tables have it: 2026-11-20, 20/11/2026, «٢٠ تشرين الثاني ٢٠٢٦», "November 20, 2026". */

import { asciiDigits, fold } from '../../i18n/fold.ts'
import { foldedWords } from './map-columns.ts'

/** Folded name → 1…12, of lists of names for each month with ", " between them, January first. */
export const readMonths = (lists: readonly string[]): ReadonlyMap<string, number> =>
  new Map(lists.flatMap((list, i) => [...foldedWords(list)].map((name) => [name, i + 1] as const)))

/** The end of that day on this phone, ms since 1970; null where there is none such as 31 June. */
const endOf = (year: number, month: number, day: number): number | null => {
  const date = new Date(year, month - 1, day, 23, 59, 59)
  const isIt = date.getFullYear() === year && date.getMonth() === month - 1 && date.getDate() === day
  return isIt ? date.getTime() : null
}

/** The day stands first wherever these tables are written; where that cannot be, the month does. */
const inNumbers = (cell: string): number | null | undefined => {
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]|$)/.exec(cell)
  if (yearFirst) return endOf(Number(yearFirst[1]), Number(yearFirst[2]), Number(yearFirst[3]))
  const yearLast = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?:\s|$)/.exec(cell)
  if (!yearLast) return undefined
  const [one, other, last] = [Number(yearLast[1]), Number(yearLast[2]), Number(yearLast[3])]
  const year = last < 100 ? 2000 + last : last
  return other > 12 ? endOf(year, one, other) : endOf(year, other, one)
}

const inWords = (cell: string, months: ReadonlyMap<string, number>): number | null => {
  const folded = fold(cell)
  const numbers = folded.split(' ').filter((word) => /^\d+$/.test(word))
  const year = numbers.find((number) => number.length === 4)
  const day = numbers.find((number) => number.length <= 2)
  const names = [...months.keys()].filter((name) => ` ${folded} `.includes(` ${name} `))
  const month = months.get(names.sort((a, b) => b.length - a.length)[0] ?? '')
  if (numbers.length !== 2 || !year || !day || !month) return null
  return endOf(Number(year), month, Number(day))
}

/** ms since 1970 at the end of that day; null where it is none that can be told for sure, as of a day without its year. */
export const readDate = (cell: string, months: ReadonlyMap<string, number>): number | null => {
  const plain = asciiDigits(cell.replace(/\p{Cf}/gu, '')).trim()
  const read = inNumbers(plain)
  return read === undefined ? inWords(plain, months) : read
}
