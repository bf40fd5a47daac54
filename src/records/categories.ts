/** What a need can be about: the keys of every network, and the ids of the categories that one has added for itself. */

import * as v from 'valibot'
import { recordId } from './field-schemas.ts'

/** In the order of the form. Icons go by the same names; the words are in `locales` under `cat.<key>`. */
export const categoryKeys = [
  'food',
  'medicine',
  'health',
  'mental',
  'winter',
  'shelter',
  'water',
  'electricity',
  'repair',
  'transport',
  'school',
  'children',
  'elderly',
  'disability',
  'work',
  'legal',
  'blood',
  'cleaning',
  'animals',
  'reunion',
  'information',
  'other',
] as const

export type CategoryKey = (typeof categoryKeys)[number]

declare const brand: unique symbol
/** Id of a `category` record: 22 characters, so that no key can be one. */
export type OwnCategory = string & { readonly [brand]: 'OwnCategory' }

export type Category = CategoryKey | OwnCategory

const keys: ReadonlySet<string> = new Set(categoryKeys)

export const isCategoryKey = (category: string): category is CategoryKey => keys.has(category)

const ownCategory = v.pipe(
  recordId,
  v.transform((id) => id as OwnCategory),
)

/** What a record may hold; whether the network knows a category of its own is asked only where it is shown. */
export const categorySchema = v.union([v.picklist(categoryKeys), ownCategory])
