/** A profile in words: what can be done, in which languages, how much time. */

import { areaKey, searchText } from '../i18n/fold.ts'
import { intlWord, language, t } from '../i18n/translate.ts'
import type { ProfileRow, SpokenLanguage } from '../records/profile/profile.ts'

/** As the browser calls it in the language on the screen; its code where it has no name for it. */
export const spokenName = (spoken: SpokenLanguage): string => {
  // no browser has a short name for the first in Arabic, and one of the two others it calls just Kurdish
  if (spoken === 'tzm') return t('profile.amazigh')
  if (spoken === 'ckb') return t('profile.sorani')
  if (spoken === 'ku') return t('profile.kurmanji')
  const own = intlWord(spoken)
  if (own !== undefined) return own
  try {
    return new Intl.DisplayNames([language.value], { type: 'language' }).of(spoken) ?? spoken
  } catch {
    // old browsers know neither the list nor some of the codes: the code is better than nothing
    return spoken
  }
}

export const skillWords = ({ skills }: Pick<ProfileRow, 'skills'>): string[] =>
  skills.map((skill) => t(`skill.${skill}`))

/** For the search over people: everything that the profile says, folded. */
export const profileText = (profile: ProfileRow): string =>
  `${searchText([...skillWords(profile), ...profile.languages.map(spokenName)].join(' '))} ${profile.search}`

/** Nobody wrote anything yet, or took all of it back. */
export const saysNothing = (profile: ProfileRow): boolean =>
  profile.skills.length === 0 &&
  profile.languages.length === 0 &&
  profile.otherSkills === '' &&
  areaKey(profile.area) === '' &&
  profile.hours === null &&
  !profile.remote
