/** What stands in the columns of an exported list: without whom it is about, or with, in the words of the screen. */

import { tableWords } from '../../i18n/table-words.ts'
import { formatDate } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { coarseArea } from '../../records/export/coarse-area.ts'
import type { ExportedOffer } from '../../records/export/export-offers.ts'
import type { ExportedNeed } from '../../records/export/export-pieces.ts'
import { foldedWords } from '../../records/import/map-columns.ts'
import { categoryWord } from '../category-words.ts'
import { scheduleWords } from '../offer-words.ts'
import { withoutPhones } from '../share-text.ts'

export interface ListShape {
  /** names, phones and addresses too */
  isFull: boolean
  /** what was typed, which may name somebody */
  withTitles: boolean
}

interface Column<Thing> {
  head: string
  cell: (exported: Thing) => string
}
type NeedColumn = Column<ExportedNeed>
type OfferColumn = Column<ExportedOffer>

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

const plainColumns = (): NeedColumn[] => [
  { head: t('export.category'), cell: ({ need }) => categoryWord(need.category) },
]

const amountColumns = (): NeedColumn[] => [
  { head: t('export.quantity'), cell: ({ need }) => String(need.quantity) },
  { head: t('export.unit'), cell: ({ need }) => withoutPhones(need.unit) },
  { head: t('export.urgency'), cell: ({ need }) => t(`when.${need.urgency}`) },
  { head: t('more.due'), cell: ({ need }) => (need.dueAt === null ? '' : formatDate(need.dueAt)) },
]

const stateColumns = (): NeedColumn[] => [
  { head: t('export.state'), cell: ({ status }) => t(`state.${status.state}`) },
  { head: t('export.written'), cell: ({ need }) => formatDate(need.createdAt) },
]

const redactedColumns = ({ withTitles }: ListShape): NeedColumn[] => {
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

const fullColumns = (nameOf: NameOf): NeedColumn[] => [
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

const offerWhen = ({ offer }: ExportedOffer): string => {
  const { days, hours } = scheduleWords(offer.schedule)
  return `${days} ${hours}`
}

const offerAmount = (): OfferColumn[] => [
  {
    head: t('export.quantity'),
    cell: ({ offer }) => (offer.quantity === null ? '' : String(offer.quantity)),
  },
  { head: t('export.unit'), cell: ({ offer }) => withoutPhones(offer.unit) },
  { head: t('export.urgency'), cell: offerWhen },
]

const offerWritten = (): OfferColumn => ({
  head: t('export.written'),
  cell: ({ offer }) => formatDate(offer.createdAt),
})

const offerKind = (): OfferColumn => ({
  head: t('offer.kind'),
  cell: ({ offer }) =>
    [t(`offer.${offer.kind}`), offer.category ? categoryWord(offer.category) : '']
      .filter((words) => words !== '')
      .join(t('export.between')),
})

const redactedOffer = ({ withTitles }: ListShape): OfferColumn[] => {
  const doors = foldedWords(tableWords.doors)
  const title: OfferColumn = { head: t('type.offer'), cell: ({ offer }) => withoutPhones(offer.title) }
  return [
    offerKind(),
    ...(withTitles ? [title] : []),
    ...offerAmount(),
    { head: t('export.area'), cell: ({ offer }) => coarseArea(withoutPhones(offer.area), doors) },
    offerWritten(),
  ]
}

const fullOffer = (nameOf: NameOf): OfferColumn[] => [
  offerKind(),
  { head: t('type.offer'), cell: ({ offer }) => offer.title },
  { head: t('export.details'), cell: ({ offer }) => offer.details },
  ...offerAmount(),
  { head: t('export.area'), cell: ({ offer }) => offer.area },
  { head: t('contact.name'), cell: ({ contact }) => contact?.name ?? '' },
  { head: t('contact.phone'), cell: ({ contact }) => spaced(contact?.phone ?? '') },
  { head: t('contact.address'), cell: ({ contact }) => contact?.address ?? '' },
  offerWritten(),
  { head: t('export.writtenBy'), cell: ({ offer }) => nameOf(offer.creator) },
]

export interface ListColumns<Thing> {
  heads: string[]
  cells: (exported: Thing) => string[]
}

const asList = <Thing>(columns: readonly Column<Thing>[]): ListColumns<Thing> => ({
  heads: columns.map(({ head }) => head),
  cells: (exported) => columns.map(({ cell }) => cell(exported)),
})

export const needColumns = (shape: ListShape, nameOf: NameOf): ListColumns<ExportedNeed> =>
  asList(shape.isFull ? fullColumns(nameOf) : redactedColumns(shape))

export const offerColumns = (shape: ListShape, nameOf: NameOf): ListColumns<ExportedOffer> =>
  asList(shape.isFull ? fullOffer(nameOf) : redactedOffer(shape))
