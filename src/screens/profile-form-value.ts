/** What the form about oneself holds, and the command that it becomes. */

import type { RecordCommand } from '../records/commands.ts'
import type { ProfileRow, SkillKey, SpokenLanguage } from '../records/profile/profile.ts'
import { realChanges } from './contact-value.ts'

export interface ProfileValue {
  skills: readonly SkillKey[]
  otherSkills: string
  languages: readonly SpokenLanguage[]
  area: string
  /** a week; '' where nothing is said */
  hours: string
  remote: boolean
}

export const profileValue = (row: ProfileRow | null): ProfileValue => ({
  skills: row?.skills ?? [],
  otherSkills: row?.otherSkills ?? '',
  languages: row?.languages ?? [],
  area: row?.area ?? '',
  hours: row?.hours ? String(row.hours) : '',
  remote: row?.remote ?? false,
})

/** Null when nothing differs from what is there. */
export const saveProfileCommand = (
  row: ProfileRow | null,
  typed: Partial<ProfileValue>,
): RecordCommand | null => {
  const { hours, skills, languages, ...rest } = realChanges<ProfileValue>(typed, profileValue(row))
  const changes = {
    ...rest,
    ...(skills && { skills: [...skills] }),
    ...(languages && { languages: [...languages] }),
    ...(hours === undefined ? {} : { hours: hours === '' ? null : hours }),
  }
  return Object.keys(changes).length === 0 ? null : { type: 'profile.save', ...changes }
}

/** With it where it was not, without it where it was. */
export const toggled = <Key extends string>(keys: readonly Key[], key: Key): Key[] =>
  keys.includes(key) ? keys.filter((other) => other !== key) : [...keys, key]

/** Names under which a command complains about fields that this form shows. */
export const profileFieldNames = ['otherSkills', 'area', 'hours'] as const
