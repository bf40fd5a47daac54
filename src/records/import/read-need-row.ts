/** One row of a table as a need with its contact, or what is wrong with it; nothing is guessed that a person could not check. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { asciiDigits, fold } from '../../i18n/fold.ts'
import type { Category } from '../categories.ts'
import { contactSchema } from '../contact/contact.ts'
import type { AddedNeed } from '../need/add-many.ts'
import { type NeedInput, needLimits, needSchema } from '../need/need.ts'
import { validate } from '../validate.ts'
import type { ColumnField, Columns } from './map-columns.ts'
import { readDate } from './read-date.ts'

export interface ReadingTable {
  columns: Columns
  /** folded word of any language → category */
  categories: ReadonlyMap<string, Category>
  /** folded word → how soon */
  urgencies: ReadonlyMap<string, NonNullable<NeedInput['urgency']>>
  /** folded name of a month → 1…12 */
  months: ReadonlyMap<string, number>
  /** category that words like these are about, by the lists for pasted messages */
  categoryOf: (text: string) => Category | undefined
}

/** `phoneCut`: the table program wrote the number as a power of ten, and its end is lost. */
export interface RowError {
  field: ColumnField
  rule: 'required' | 'tooLong' | 'tooSmall' | 'tooLarge' | 'format' | 'phoneCut'
  limit?: number
}

type Cells = Readonly<Partial<Record<ColumnField, string>>>

const cellsOf = (row: readonly string[], columns: Columns): Cells =>
  Object.fromEntries(
    columns.flatMap((field, i) => (field && row[i] ? [[field, row[i].replaceAll('\r', '')]] : [])),
  )

/** «5 بطانيات», «٥», «5.0»: a number, and what it counts where that stands beside it. */
const readAmount = (cell: string): { quantity: string; unit: string } => {
  const plain = asciiDigits(cell).replace(/[.٫]0+$/u, '')
  const [, number = '', unit = ''] = /^(\d+)\s*(\p{L}.*)?$/u.exec(plain) ?? []
  return number === '' ? { quantity: plain, unit: '' } : { quantity: number, unit }
}

/** Cut at a word where it is too long; all of it then stands in the details. */
const readTitle = (title: string, details: string): { title: string; details: string } => {
  const line = title.replace(/\s+/g, ' ')
  if (line.length <= needLimits.titleChars) return { title: line, details }
  const head = line.slice(0, needLimits.titleChars - 1).replace(/\s+\S*$/, '')
  return { title: `${head}…`, details: [line, details].filter((words) => words !== '').join('\n') }
}

const isCutPhone = (phone: string): boolean => /^\+?\d+[.,٫]\d*e\+?\d+$/iu.test(asciiDigits(phone))

/** The first of several; the others are kept beside the address. */
const readPhones = (cell: string): { phone: string; others: string } => {
  const [phone = '', ...others] = cell
    .split(/[,،;؛/\n]|\s+(?:و|or|and)\s+/u)
    .map((each) => each.trim())
    .filter((each) => each !== '')
  return { phone, others: others.join(' · ') }
}

const isColumn = (field: string): field is ColumnField =>
  ['title', 'details', 'quantity', 'unit', 'area', 'name', 'phone', 'address'].includes(field)

const errorOf = (error: {
  code: string
  field?: string
  rule?: RowError['rule']
  limit?: number
}): RowError => {
  const field = (error.field ?? '').replace(/^contact\./, '')
  return {
    field: isColumn(field) ? field : 'title',
    rule: error.rule ?? 'format',
    ...(error.limit === undefined ? {} : { limit: error.limit }),
  }
}

/** A day that cannot be read, such as «after the feast», stands in the details: nothing is lost, and nothing made up. */
const readDue = (cell: string, details: string, months: ReadonlyMap<string, number>) => {
  const dueAt = readDate(cell, months)
  const words = dueAt === null && cell !== '' ? [details, cell] : [details]
  return { dueAt, details: words.filter((each) => each !== '').join('\n') }
}

const readCategory = (cells: Cells, table: ReadingTable): Category => {
  const word = fold(cells.category ?? '')
  return (
    table.categories.get(word) ??
    table.categoryOf(cells.category ?? '') ??
    table.categoryOf(`${cells.title ?? ''} ${cells.details ?? ''}`) ??
    'other'
  )
}

/** Confidential where there is something to keep: a table of families is not for every member's phone. */
const contactIn = (cells: Cells): Result<AddedNeed['contact'], RowError> => {
  const { phone, others } = readPhones(cells.phone ?? '')
  if (isCutPhone(phone)) return fail({ field: 'phone', rule: 'phoneCut' })
  const address = [cells.address ?? '', others].filter((words) => words !== '').join(' · ')
  const words = validate(contactSchema, { name: cells.name ?? '', phone, address }, 'contact.')
  if (!words.ok) return fail(errorOf(words.error))
  const isNothing = Object.values(words.value).every((value) => value === '')
  return ok(isNothing ? undefined : { ...words.value, reach: 'approved' as const })
}

export const readNeedRow = (row: readonly string[], table: ReadingTable): Result<AddedNeed, RowError> => {
  const cells = cellsOf(row, table.columns)
  const amount = readAmount(cells.quantity ?? '')
  const contact = contactIn(cells)
  if (!contact.ok) return contact
  const written = [cells.title, cells.details, cells.category].some((words) => words !== undefined)
  if (!written) return fail({ field: 'title', rule: 'required' })
  const { dueAt, details } = readDue(cells.due ?? '', cells.details ?? '', table.months)
  const need = validate(needSchema, {
    ...readTitle(cells.title ?? '', details),
    dueAt,
    category: readCategory(cells, table),
    urgency: table.urgencies.get(fold(cells.urgency ?? '')) ?? 'possible',
    ...(amount.quantity === '' ? {} : { quantity: amount.quantity }),
    unit: cells.unit ?? amount.unit,
    area: cells.area ?? '',
    forWhom: contact.value ? 'other' : 'household',
  } satisfies NeedInput)
  if (!need.ok) return fail(errorOf(need.error))
  return ok({ need: need.value, ...(contact.value ? { contact: contact.value } : {}) })
}
