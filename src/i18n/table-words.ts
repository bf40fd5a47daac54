/** Words that tables of other hands have over their columns and in them: fetched with the screens that read or write such. */

import words from '../../locales/reading/tables.json'

/** Lists with ", " between their words; several languages in each, as tables mix them. */
export const tableWords: {
  columns: Readonly<Record<keyof typeof words.columns, string>>
  /** January first */
  months: readonly string[]
  doors: string
  today: string
  week: string
  possible: string
} = words
