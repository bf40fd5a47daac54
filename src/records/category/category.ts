/** A category of the network's own: a word and a drawing that coordinators add to those that every network has. */

import * as v from 'valibot'
import type { OwnCategory } from '../categories.ts'
import { text } from '../field-schemas.ts'
import type { RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { coordinatorsOnly } from '../rules.ts'

export const categoryLimits = { wordChars: 24 } as const

/** Names of drawings in `components/icon-names.ts`; one that this version does not have is read as `other`. */
export const categoryIcons = [
  'bread',
  'milk',
  'fuel',
  'blanket',
  'furniture',
  'tools',
  'bicycle',
  'bus',
  'plants',
  'sport',
  'gift',
  'phone',
  'computer',
  'scissors',
  'food',
  'medicine',
  'health',
  'shelter',
  'water',
  'school',
  'children',
  'elderly',
  'animals',
  'other',
] as const

export const ownCategorySchema = v.object({
  word: v.pipe(text(categoryLimits.wordChars), v.minLength(1)),
  icon: v.optional(v.picklist(categoryIcons), 'other'),
})

export type OwnCategoryInput = v.InferInput<typeof ownCategorySchema>

export interface CategoryRow extends Row {
  id: Row['id'] & OwnCategory
  word: string
  icon: (typeof categoryIcons)[number]
  /** not offered any more; things that carry it keep its word */
  archived: boolean
}

const schema = v.object({ ...ownCategorySchema.entries, archived: v.optional(v.boolean(), false) })

const toRow = (state: RecordState): CategoryRow | null => {
  const fields = state.erased ? null : readFields(schema, state)
  return fields && ({ ...rowBase(state, Object.keys(schema.entries)), ...fields } as CategoryRow)
}

export const categoryType: RecordType<CategoryRow> = {
  name: 'category',
  table: 'categories',
  audience: 'members',
  room: 'board',
  // erased, what carries it would lose its word
  mayWrite: coordinatorsOnly,
  toRow,
}
