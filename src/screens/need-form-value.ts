/** What the form of a need holds, and the command that it becomes. */

import * as v from 'valibot'
import { type Category, categorySchema } from '../records/categories.ts'
import type { RecordCommand } from '../records/commands.ts'
import type { Photo, Voice } from '../records/need/media.ts'
import { type NeedInput, type NeedRow, needSchema } from '../records/need/need.ts'
import type { NeedView } from '../records/need/queries.ts'
import { type ContactValue, contactInput, contactValue, realChanges } from './contact-value.ts'

/** Pictures and voice of a need; their bytes are kept by the engine. */
export interface MediaValue {
  photos: readonly Photo[]
  voice: Voice | null
  /** what the voice note says, in writing */
  said: string
}

export interface NeedValue extends ContactValue, MediaValue {
  category: Category | null
  title: string
  details: string
  urgency: NeedRow['urgency']
  quantity: number
  unit: string
  area: string
  forWhom: NeedRow['forWhom']
  /** of whom it is for, where that is somebody else */
  consent: boolean
  /** YYYY-MM-DD, or '' */
  due: string
  /** '' for no length */
  minutes: string
  /** the message that it was read from */
  original: string
  /** whether that message goes with the need: it names people and houses beside every lock */
  keepsOriginal: boolean
  /** for the coordinators alone */
  confidential: boolean
}

export const emptyNeed = (): NeedValue => ({
  category: null,
  title: '',
  details: '',
  urgency: 'week',
  quantity: 1,
  unit: '',
  area: '',
  forWhom: 'self',
  consent: false,
  due: '',
  minutes: '',
  original: '',
  // also where nobody was found in it: reading knows neither every name nor any house number
  keepsOriginal: false,
  confidential: false,
  photos: [],
  voice: null,
  said: '',
  // who lives where is the first thing to protect
  ...contactValue(undefined, 'approved'),
})

/** What the next need of a row begins with: forty needs of one street are written for its people. */
export const nextNeed = ({ area, forWhom, consent, confidential, category }: NeedValue): NeedValue => ({
  ...emptyNeed(),
  area,
  forWhom,
  consent,
  // chosen by hand it holds for the row: what all have read stays read, the other mistake can be mended
  confidential: confidential && category !== 'mental',
})

/** What a new need of this category proposes; the form shows the choice. */
export const confidentialFor = (
  category: Category | null,
  before: Pick<NeedValue, 'category' | 'confidential'>,
): boolean => category === 'mental' || (before.category !== 'mental' && before.confidential)

/** A draft may come from another version of the app: whatever it holds, the form gets what it knows. */
export const readNeedValue = (kept: NeedValue): NeedValue => ({
  ...kept,
  confidential: kept.confidential === true,
  keepsOriginal: kept.keepsOriginal === true,
  category: v.is(categorySchema, kept.category) ? kept.category : null,
})

const twoDigits = (value: number): string => String(value).padStart(2, '0')
/** As a date field wants it, on this phone's calendar. */
export const dateOf = (ms: number): string => {
  const at = new Date(ms)
  return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
}
/** The last moment of that day on this phone; null for what is no date. */
const endOfDay = (date: string): number | null => {
  const at = new Date(`${date}T23:59:59`).getTime()
  return Number.isNaN(at) ? null : at
}

export const needValue = ({ need, contact }: NeedView): NeedValue => ({
  category: need.category,
  title: need.title,
  details: need.details,
  urgency: need.urgency,
  quantity: need.quantity,
  unit: need.unit,
  area: need.area,
  forWhom: need.forWhom,
  photos: need.photos,
  voice: need.voice,
  said: need.said,
  consent: need.consent,
  due: need.dueAt === null ? '' : dateOf(need.dueAt),
  minutes: need.minutes === null ? '' : String(need.minutes),
  original: need.original,
  keepsOriginal: need.original !== '',
  confidential: need.confidential,
  ...contactValue(contact, 'approved'),
})

/** Any of them says what is needed: whoever does not write speaks. */
export const saysWhat = ({
  category,
  title,
  voice,
}: Pick<NeedValue, 'category' | 'title'> & Partial<Pick<NeedValue, 'voice'>>): boolean =>
  category !== null || title.trim() !== '' || (voice ?? null) !== null

type NeedChanges = Partial<NeedValue>

const needInput = (changes: NeedChanges): NeedInput => {
  const { due, minutes, keepsOriginal, ...rest } = changes
  const known = Object.entries(rest).filter(([name]) => name in needSchema.entries)
  return {
    ...(Object.fromEntries(
      known.map(([name, value]) => [name, name === 'category' ? (value ?? undefined) : value]),
    ) as NeedInput),
    ...(keepsOriginal === false ? { original: '' } : {}),
    ...(due === undefined ? {} : { dueAt: endOfDay(due) }),
    ...(minutes === undefined ? {} : { minutes: minutes.trim() === '' ? null : minutes }),
  }
}

export const addNeedCommand = (value: NeedValue): RecordCommand => {
  const contact = contactInput(value, value.reach)
  return {
    type: 'need.add',
    ...needInput({ ...value, category: value.category ?? 'other' }),
    ...(contact && { contact }),
  }
}

/** Null when nothing differs from what is there. */
export const editNeedCommand = (view: NeedView, typed: NeedChanges): RecordCommand | null => {
  const changes = realChanges<NeedValue>(typed, needValue(view))
  if (Object.keys(changes).length === 0) return null
  const contact = contactInput(changes, needValue(view).reach)
  return { type: 'need.edit', id: view.need.id, changes: needInput(changes), ...(contact && { contact }) }
}

/** Fields of {@link NeedValue} by the name under which a command complains about them. */
export const needFieldNames = [
  'category',
  'title',
  'details',
  'urgency',
  'quantity',
  'unit',
  'area',
  'forWhom',
  'minutes',
  'contact.name',
  'contact.address',
  'contact.phone',
] as const
