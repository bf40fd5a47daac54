/** What stands in the columns of an exported list: without whom it is about, or with, in the words of the screen. */

import { tableWords } from '../../i18n/table-words.ts'
import { formatDate } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { coarseArea } from '../../records/export/coarse-area.ts'
import type { ExportedNeed } from '../../records/export/export-pieces.ts'
import { foldedWords } from '../../records/import/map-columns.ts'
import { withoutPhones } from '../share-text.ts'

export interface ListShape {
  /** names, phones and addresses too */
  isFull: boolean
  /** what was typed, which may name somebody */
  withTitles: boolean
}

interface Column {
  head: string
  cell: (exported: ExportedNeed) => string
}

/** Areas of these would tell a neighbour who it is about. */
const isPlaceless = new Set<string>(['mental'])

const spaced = (phone: string): string =>
  // a number that is one run of digits loses its first nought in a table program
  phone.replace(/^(\+?\d{3,4})(\d{3})(\d+)$/, '$1 $2 $3')

/** A name as typed: «me» says nothing on a list that goes elsewhere. */
type NameOf = (person: string) => string

const takers = ({ status }: ExportedNeed, nameOf: NameOf): string =>
  [
    ...new Set(
      status.places.filter(({ place }) => place === 'covering').map(({ claim }) => nameOf(claim.creator)),
    ),
  ].join(t('export.between'))

const plainColumns = (): Column[] => [
  { head: t('export.category'), cell: ({ need }) => t(`cat.${need.category}`) },
]

const amountColumns = (): Column[] => [
  { head: t('export.quantity'), cell: ({ need }) => String(need.quantity) },
  { head: t('export.unit'), cell: ({ need }) => withoutPhones(need.unit) },
  { head: t('export.urgency'), cell: ({ need }) => t(`when.${need.urgency}`) },
]

const stateColumns = (): Column[] => [
  { head: t('export.state'), cell: ({ status }) => t(`state.${status.state}`) },
  { head: t('export.written'), cell: ({ need }) => formatDate(need.createdAt) },
]

const redactedColumns = ({ withTitles }: ListShape): Column[] => {
  const doors = foldedWords(tableWords.doors)
  const area = ({ need }: ExportedNeed): string =>
    isPlaceless.has(need.category) ? '' : coarseArea(withoutPhones(need.area), doors)
  return [
    ...plainColumns(),
    ...(withTitles
      ? [{ head: t('export.title'), cell: ({ need }: ExportedNeed) => withoutPhones(need.title) }]
      : []),
    ...amountColumns(),
    { head: t('export.area'), cell: area },
    ...stateColumns(),
  ]
}

const fullColumns = (nameOf: NameOf): Column[] => [
  ...plainColumns(),
  { head: t('export.title'), cell: ({ need }) => need.title },
  { head: t('export.details'), cell: ({ need }) => [need.details, need.said].filter(Boolean).join('\n') },
  ...amountColumns(),
  { head: t('export.area'), cell: ({ need }) => need.area },
  { head: t('contact.name'), cell: ({ contact }) => contact?.name ?? '' },
  { head: t('contact.phone'), cell: ({ contact }) => spaced(contact?.phone ?? '') },
  { head: t('contact.address'), cell: ({ contact }) => contact?.address ?? '' },
  ...stateColumns(),
  { head: t('export.takenBy'), cell: (exported) => takers(exported, nameOf) },
  { head: t('export.writtenBy'), cell: ({ need }) => nameOf(need.creator) },
]

export interface ListColumns {
  heads: string[]
  cells: (exported: ExportedNeed) => string[]
}

export const listColumns = (shape: ListShape, nameOf: NameOf): ListColumns => {
  const columns = shape.isFull ? fullColumns(nameOf) : redactedColumns(shape)
  return {
    heads: columns.map(({ head }) => head),
    cells: (exported) => columns.map(({ cell }) => cell(exported)),
  }
}
