/** A table as the text of a CSV file that Excel opens right: RFC 4180 behind a byte order mark, and no cell is a formula. */

/** How a table program begins a formula, in narrow and in wide letters (OWASP, "CSV Injection"). */
const formulaStart = /^(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])/

/** With the sign that table programs put before what is no formula. */
const harmless = (cell: string): string => (formulaStart.test(cell) ? `'${cell}` : cell)

/** NUL and the like end a cell in some programs. */
const withoutControls = (cell: string): string => cell.replace(/(?![\t\r\n])\p{Cc}/gu, '')

export const csvCell = (cell: string): string => {
  const told = harmless(withoutControls(cell))
  return /[",;\t\r\n]/.test(told) ? `"${told.replaceAll('"', '""')}"` : told
}

/** One line with its end. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/** What a file of UTF-8 begins with, so that Excel reads Arabic. */
export const byteOrderMark = '\ufeff'
