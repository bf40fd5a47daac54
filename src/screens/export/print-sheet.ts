/** A list on paper: a table beside the app, which alone is printed; its head, with who made it and when, is on every page. */

import './print-sheet.css'
import { digits } from '../../i18n/translate.ts'

export interface PrintedList {
  /** lines over the table, on every page */
  lines: readonly string[]
  heads: readonly string[]
  rows: readonly (readonly string[])[]
}

/** So many rows are made without a pause. */
const sliceRows = 60

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  text?: string,
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  if (text !== undefined) {
    element.textContent = text
    element.dir = 'auto'
  }
  return element
}

const headOf = ({ lines, heads }: PrintedList): HTMLTableSectionElement => {
  const head = make('thead')
  const told = make('tr')
  const cell = make('th')
  cell.colSpan = heads.length + 1
  cell.className = 'print-told'
  cell.append(...lines.map((line) => make('p', line)))
  told.append(cell)
  const names = make('tr')
  // a box to tick on a round of visits
  names.append(make('th'), ...heads.map((each) => make('th', each)))
  head.append(told, names)
  return head
}

const rowOf = (cells: readonly string[]): HTMLTableRowElement => {
  const row = make('tr')
  const box = make('td')
  box.className = 'print-box'
  row.append(box, ...cells.map((each) => make('td', each)))
  return row
}

/** A column in which nothing stands takes no paper. */
const withoutEmpty = ({ lines, heads, rows }: PrintedList): PrintedList => {
  const used = heads.map((_, i) => rows.some((cells) => cells[i] !== ''))
  const kept = (cells: readonly string[]) => cells.filter((_, i) => used[i])
  return { lines, heads: kept(heads), rows: rows.map(kept) }
}

/** From so many columns on the letters are smaller, so that words stay whole. */
const manyColumns = 7

/** Takes the sheet away, so that the app can be printed as it is. */
export const clearPrintSheet = (): void => {
  for (const sheet of document.querySelectorAll('.print-sheet')) sheet.remove()
}

/** Resolves when the browser has been asked to print; the sheet stays until it is taken away. */
export const printList = async (made: PrintedList): Promise<void> => {
  clearPrintSheet()
  const list = withoutEmpty(made)
  const sheet = make('div')
  sheet.className = 'print-sheet'
  sheet.classList.toggle('arabic-digits', digits.peek() === 'arabic')
  sheet.classList.toggle('many-columns', list.heads.length >= manyColumns)
  const [table, body] = [make('table'), make('tbody')]
  table.append(headOf(list), body)
  sheet.append(table)
  document.body.append(sheet)
  for (let from = 0; from < list.rows.length; from += sliceRows) {
    body.append(...list.rows.slice(from, from + sliceRows).map(rowOf))
    await new Promise((resolve) => setTimeout(resolve))
  }
  window.print()
}
