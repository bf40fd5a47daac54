/** What a person can do for others and when: skills, languages, where, how much time. The name is no part of it. */

import * as v from 'valibot'
import { areaKey, searchText } from '../../i18n/fold.ts'
import { text, wholeNumber } from '../field-schemas.ts'
import type { RecordState, RecordType, Row } from '../record-type.ts'
import { readFields, rowBase } from '../row.ts'
import { creatorOnly } from '../rules.ts'

/** Words are in `locales/later` under `skill.<key>`. */
export const skillKeys = [
  'nursing',
  'medicine',
  'firstAid',
  'listening',
  'elderly',
  'children',
  'teaching',
  'translation',
  'driving',
  'cooking',
  'repair',
  'electricity',
  'plumbing',
  'building',
  'sewing',
  'computers',
  'legal',
  'animals',
  'organising',
] as const
export type SkillKey = (typeof skillKeys)[number]

/** BCP 47; browsers know their names in each language. */
export const spokenLanguages = ['ar', 'ckb', 'ku', 'tr', 'fa', 'en', 'fr', 'de', 'tzm', 'so', 'am'] as const
export type SpokenLanguage = (typeof spokenLanguages)[number]

export const profileLimits = {
  otherSkillsChars: 120,
  areaChars: 60,
  hoursMin: 1,
  hoursMax: 60,
} as const

/** Known keys, each once, in the order of the list: a newer version's are passed over. */
const someOf = <Key extends string>(keys: readonly Key[]) =>
  v.pipe(
    v.array(v.string()),
    v.transform((chosen) => keys.filter((key) => chosen.includes(key))),
  )

export const profileSchema = v.object({
  skills: v.optional(someOf(skillKeys), []),
  otherSkills: v.optional(text(profileLimits.otherSkillsChars), ''),
  languages: v.optional(someOf(spokenLanguages), []),
  area: v.optional(text(profileLimits.areaChars), ''),
  hours: v.optional(v.nullable(wholeNumber(profileLimits.hoursMin, profileLimits.hoursMax)), null),
  remote: v.optional(v.boolean(), false),
})

export type ProfileInput = v.InferInput<typeof profileSchema>

export interface ProfileRow extends Row {
  skills: SkillKey[]
  /** in own words */
  otherSkills: string
  languages: SpokenLanguage[]
  /** block or street, coarse */
  area: string
  /** a week, or null where nothing was said */
  hours: number | null
  /** can help by phone or internet */
  remote: boolean
  areaKey: string
  /** folded text of `i18n/fold.ts`, for `createMatcher`; skills from the list are searched by their words */
  search: string
}

const toRow = (state: RecordState): ProfileRow | null => {
  const fields = state.erased ? null : readFields(profileSchema, state)
  if (!fields) return null
  return {
    ...rowBase(state, Object.keys(profileSchema.entries)),
    ...fields,
    areaKey: areaKey(fields.area),
    search: searchText(`${fields.otherSkills} ${fields.area}`),
  }
}

export const profileType: RecordType<ProfileRow> = {
  name: 'profile',
  table: 'profiles',
  audience: 'members',
  room: 'board',
  mayWrite: creatorOnly,
  toRow,
}
