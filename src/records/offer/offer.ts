/** An offer: what somebody can give, standing ("I can drive on Fridays") or dated ("tomorrow from two to four"). */

import * as v from 'valibot'
import { areaKey, searchText } from '../../i18n/fold.ts'
import { type Category, categorySchema } from '../categories.ts'
import { clockTime, text, wholeNumber } from '../field-schemas.ts'
import type { RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOnly } from '../rules.ts'

/** Limits of an offer's fields; forms read them from here, the schema enforces them. */
export const offerLimits = {
  titleChars: 80,
  detailsChars: 1000,
  unitChars: 24,
  areaChars: 60,
  quantityMin: 1,
  quantityMax: 9999,
  minutesMin: 5,
  minutesMax: 1440,
} as const

const timeMs = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const standingSchema = v.object({
  type: v.literal('standing'),
  /** 0 Sunday to 6 Saturday, sorted, each once */
  days: v.pipe(
    v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(6))),
    v.minLength(1),
    v.transform((days) => [...new Set(days)].sort((a, b) => a - b)),
  ),
  /** HH:MM; `to` before `from` means over midnight */
  from: clockTime,
  to: clockTime,
})

const datedSchema = v.pipe(
  v.object({ type: v.literal('dated'), from: timeMs, to: timeMs }),
  v.forward(
    v.check(({ from, to }) => from < to, 'an end after the beginning'),
    ['to'],
  ),
)

const always = { type: 'standing' as const, days: [0, 1, 2, 3, 4, 5, 6], from: '08:00', to: '20:00' }

/** What a form fills in. An empty title stands for the kind's word. */
export const offerSchema = v.object({
  kind: v.optional(v.picklist(['time', 'skill', 'goods', 'transport', 'place']), 'time'),
  /** the category of needs that it is for, where that is said; null where its kind and words say it */
  category: v.optional(v.nullable(categorySchema), null),
  title: v.optional(text(offerLimits.titleChars), ''),
  details: v.optional(text(offerLimits.detailsChars), ''),
  schedule: v.optional(v.variant('type', [standingSchema, datedSchema]), always),
  quantity: v.optional(v.nullable(wholeNumber(offerLimits.quantityMin, offerLimits.quantityMax)), null),
  unit: v.optional(text(offerLimits.unitChars), ''),
  area: v.optional(text(offerLimits.areaChars), ''),
  minutes: v.optional(v.nullable(wholeNumber(offerLimits.minutesMin, offerLimits.minutesMax)), null),
  remote: v.optional(v.boolean(), false),
})

export type OfferInput = v.InferInput<typeof offerSchema>

/** Times of a standing offer are local clock times of the network, those of a dated one ms since 1970. */
export type OfferSchedule =
  | { type: 'standing'; days: number[]; from: string; to: string }
  | { type: 'dated'; from: number; to: number }

export interface OfferRow extends Row {
  kind: 'time' | 'skill' | 'goods' | 'transport' | 'place'
  category: Category | null
  title: string
  details: string
  schedule: OfferSchedule
  quantity: number | null
  unit: string
  area: string
  /** how long one piece of help takes, or null */
  minutes: number | null
  /** can be given from afar */
  remote: boolean
  ended: boolean
  /** same for «الشارع 12» and «شارع ١٢» */
  areaKey: string
  /** folded text of `i18n/fold.ts`, for `createMatcher` */
  search: string
  /** order on the board: 0, or 1 once ended */
  boardRank: 0 | 1
  /** -createdAt: IndexedDB reads many rows at once only in ascending order */
  newestFirst: number
}

const schema = v.object({ ...offerSchema.entries, ended: v.optional(v.boolean(), false) })

const toRow = (state: RecordState): OfferRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  if (!fields) return null
  return {
    ...rowBase(state, Object.keys(schema.entries)),
    ...fields,
    areaKey: areaKey(fields.area),
    search: searchText(`${fields.title} ${fields.details} ${fields.area}`),
    boardRank: fields.ended ? 1 : 0,
    newestFirst: -state.createdAt,
  }
}

export const offerType: RecordType<OfferRow> = {
  name: 'offer',
  table: 'offers',
  audience: 'members',
  room: 'board',
  mayWrite: creatorOnly,
  toRow,
}
