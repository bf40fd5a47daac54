/** A chosen file as a table, with what its columns are taken for. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { tableWords } from '../../i18n/table-words.ts'
import { decodeText } from '../../records/import/decode-text.ts'
import { type Columns, guessColumns, hasHeads } from '../../records/import/map-columns.ts'
import { parseTable, tableLimits } from '../../records/import/parse-table.ts'

export interface ReadFile {
  name: string
  /** words over the columns; '' where the table has none */
  heads: readonly string[]
  rows: readonly (readonly string[])[]
  columns: Columns
  isCut: boolean
  /** lines of the file above the first row of `rows` */
  headLines: number
}

/** `workbook`: the file of a table program itself, not CSV. */
export type FileError = 'empty' | 'tooLarge' | 'workbook' | 'unreadable'

/** First bytes of a zip (xlsx, ods) and of old Excel files. */
const isWorkbook = ([a, b, c, d]: Uint8Array): boolean =>
  (a === 0x50 && b === 0x4b && c === 3 && d === 4) || (a === 0xd0 && b === 0xcf && c === 0x11 && d === 0xe0)

const bytesOf = async (file: File): Promise<Uint8Array | null> => {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch (reason) {
    // it is gone, or lies where the app may not read
    console.warn('the file could not be read', reason)
    return null
  }
}

export const readFile = async (file: File): Promise<Result<ReadFile, FileError>> => {
  if (file.size > tableLimits.bytes) return fail('tooLarge')
  const bytes = await bytesOf(file)
  if (!bytes) return fail('unreadable')
  if (isWorkbook(bytes)) return fail('workbook')
  const table = parseTable(decodeText(bytes))
  if (!table.ok) return table
  const { rows, isCut } = table.value
  const width = Math.max(...rows.map((row) => row.length))
  const first = Array.from({ length: width }, (_, i) => rows[0]?.[i] ?? '')
  const guessed = guessColumns(first, tableWords.columns)
  const withHeads = hasHeads(guessed)
  const data = withHeads ? rows.slice(1) : rows
  if (data.length === 0) return fail('empty')
  return ok({
    name: file.name,
    heads: withHeads ? first : first.map(() => ''),
    rows: data,
    columns: withHeads ? guessed : first.map(() => null),
    isCut,
    headLines: withHeads ? 1 : 0,
  })
}
