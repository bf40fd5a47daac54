/**
 * A CSV text as rows of cells (RFC 4180, and what table programs make of it: `;` or a tab in place of the comma, `sep=`
 * first, lone quotes). One pass, whatever stands in it; own, as it is shorter than what a library would have to be told.
 */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'

/** What one phone reads at once; a network of some hundred families has less. */
export const tableLimits = { bytes: 4 * 1024 * 1024, rows: 5000, columns: 60, cellChars: 4000 } as const

export interface Table {
  rows: string[][]
  /** more rows than `tableLimits.rows` stood there: those are left out */
  isCut: boolean
}

type Separator = ',' | ';' | '\t'
const separators: readonly Separator[] = [',', ';', '\t']

/** The sign that the first lines have most of, outside of quotes. */
const separatorOf = (text: string): Separator => {
  const counts: Record<Separator, number> = { ',': 0, ';': 0, '\t': 0 }
  let quoted = false
  for (const sign of text.slice(0, 8000)) {
    if (sign === '"') quoted = !quoted
    else if (!quoted && sign in counts) counts[sign as Separator]++
  }
  return separators.reduce((best, each) => (counts[each] > counts[best] ? each : best))
}

/** The cell that begins at `from`, and where it ends: at a separator, an end of line, or the end of the text. */
const readCell = (text: string, from: number, separator: string): { cell: string; end: number } => {
  if (text[from] !== '"') {
    let end = from
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
    return { cell: text.slice(from, end), end }
  }
  const parts: string[] = []
  let at = from + 1
  for (;;) {
    const quote = text.indexOf('"', at)
    // never closed: all that is left is the cell
    if (quote < 0) return { cell: parts.join('') + text.slice(at), end: text.length }
    parts.push(text.slice(at, quote))
    if (text[quote + 1] !== '"') {
      // «"a" b»: what stands behind the quote belongs to the cell
      const rest = readCell(text, quote + 1, separator)
      return { cell: parts.join('') + rest.cell, end: rest.end }
    }
    parts.push('"')
    at = quote + 2
  }
}

const tidy = (cell: string): string => {
  const told = cell.trim().slice(0, tableLimits.cellChars)
  // the sign by which table programs say that a cell is no formula
  return /^'[\s\d=+\-@\uff1d\uff0b\uff0d\uff20]/.test(told) ? told.slice(1).trim() : told
}

/** `empty`: no cell holds anything. Lines that begin with `#`, and empty ones, are left out. */
export const parseTable = (text: string): Result<Table, 'empty'> => {
  const named = /^sep=([,;\t])\r?\n/i.exec(text)
  const separator = (named?.[1] as Separator | undefined) ?? separatorOf(text)
  const rows: string[][] = []
  let at = named?.[0].length ?? 0
  while (at < text.length && rows.length <= tableLimits.rows) {
    const row: string[] = []
    for (;;) {
      const { cell, end } = readCell(text, at, separator)
      if (row.length < tableLimits.columns) row.push(tidy(cell))
      at = end + 1
      if (text[end] !== separator) {
        if (text[end] === '\r' && text[end + 1] === '\n') at++
        break
      }
    }
    if (row.some((cell) => cell !== '') && !row[0]?.startsWith('#')) rows.push(row)
  }
  if (rows.length === 0) return fail('empty')
  const isCut = rows.length > tableLimits.rows
  return ok({ rows: isCut ? rows.slice(0, tableLimits.rows) : rows, isCut })
}
