/** A need: something that somebody lacks, with how much of it, where and how soon. */

import * as v from 'valibot'
import { areaKey, searchText } from '../../i18n/fold.ts'
import { type Category, categorySchema } from '../categories.ts'
import { text, wholeNumber } from '../field-schemas.ts'
import type { RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOrCoordinator } from '../rules.ts'
import { needMediaFields, type Photo, type Voice } from './media.ts'

/** Limits of a need's fields; forms read them from here, the schema enforces them. */
export const needLimits = {
  titleChars: 80,
  detailsChars: 1000,
  unitChars: 24,
  areaChars: 60,
  reasonChars: 200,
  quantityMin: 1,
  quantityMax: 9999,
  minutesMin: 1,
  minutesMax: 480,
  originalChars: 2000,
} as const

/** What a form fills in. An empty title stands for the category's word. */
export const needSchema = v.object({
  category: v.optional(categorySchema, 'other'),
  title: v.optional(text(needLimits.titleChars), ''),
  details: v.optional(text(needLimits.detailsChars), ''),
  urgency: v.optional(v.picklist(['today', 'week', 'possible']), 'possible'),
  quantity: v.optional(wholeNumber(needLimits.quantityMin, needLimits.quantityMax), 1),
  unit: v.optional(text(needLimits.unitChars), ''),
  area: v.optional(text(needLimits.areaChars), ''),
  forWhom: v.optional(v.picklist(['self', 'household', 'other']), 'self'),
  /** noted where it is written on behalf of somebody */
  consent: v.optional(v.boolean(), false),
  /** end of the day by which it is needed, ms since 1970 */
  dueAt: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), null),
  /** how long it takes whoever does it, where that is little */
  minutes: v.optional(v.nullable(wholeNumber(needLimits.minutesMin, needLimits.minutesMax)), null),
  /** the message that it was read from, without phones */
  original: v.optional(text(needLimits.originalChars), ''),
  /** for the coordinators alone (confidential.ts); chosen when it is written, for ever */
  confidential: v.optional(v.boolean(), false),
  ...needMediaFields,
})

/** Fields that commands set and forms do not. */
export const needClosingSchema = v.object({
  cancelled: v.optional(v.boolean(), false),
  cancelReason: v.optional(text(needLimits.reasonChars), ''),
})

export type NeedInput = v.InferInput<typeof needSchema>

export interface NeedRow extends Row {
  /** a key that this version does not know is read as `other` */
  category: Category
  title: string
  details: string
  urgency: 'today' | 'week' | 'possible'
  /** 1 to 9999 */
  quantity: number
  /** what is counted, as typed; never inflected */
  unit: string
  /** block or street, coarse */
  area: string
  forWhom: 'self' | 'household' | 'other'
  consent: boolean
  dueAt: number | null
  minutes: number | null
  original: string
  /** sealed under a key of its own: here because it is this person's to read */
  confidential: boolean
  cancelled: boolean
  cancelReason: string
  photos: Photo[]
  voice: Voice | null
  /** what the voice note says, in writing */
  said: string
  /** createdAt of those that have pictures or a voice note, 0 of the others */
  mediaAt: number
  /** same for «الشارع 12» and «شارع ١٢» */
  areaKey: string
  /** folded text of `i18n/fold.ts`, for `createMatcher` */
  search: string
  /** order on the board: 0 for today, 1 for the others, 2 once cancelled */
  boardRank: 0 | 1 | 2
  /** -createdAt: IndexedDB reads many rows at once only in ascending order */
  newestFirst: number
}

const schema = v.object({ ...needSchema.entries, ...needClosingSchema.entries })

const boardRank = ({ cancelled, urgency }: Pick<NeedRow, 'cancelled' | 'urgency'>): NeedRow['boardRank'] => {
  if (cancelled) return 2
  return urgency === 'today' ? 0 : 1
}

/** What was for few does not become something for all by a field: it is written anew (`need.open`). */
const mayWrite: RecordType['mayWrite'] = (author, before, operation, members) =>
  creatorOrCoordinator(author, before, operation, members) &&
  (before === undefined || operation.fields?.confidential === undefined)

const toRow = (state: RecordState): NeedRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  if (!fields) return null
  return {
    ...rowBase(state, Object.keys(schema.entries)),
    ...fields,
    areaKey: areaKey(fields.area),
    search: searchText(`${fields.title} ${fields.details} ${fields.said} ${fields.original} ${fields.area}`),
    boardRank: boardRank(fields),
    newestFirst: -state.createdAt,
    mediaAt: fields.photos.length > 0 || fields.voice ? state.createdAt : 0,
  }
}

export const needType: RecordType<NeedRow> = {
  name: 'need',
  table: 'needs',
  audience: 'members',
  room: 'month',
  mayWrite,
  toRow,
}
