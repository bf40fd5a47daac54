/** Names of any script in one list: their order, finding one, and telling two of the same name apart. */

import { createMatcher, fold, searchText } from '../i18n/fold.ts'

export interface Named {
  deviceId: string
  name: string
}

/** By the alphabet of `language`; other scripts follow in their own order. The same name keeps the older first. */
export const byName = <Person extends Named>(people: readonly Person[], language: string): Person[] => {
  const { compare } = new Intl.Collator([language, 'ar', 'en'], { sensitivity: 'base', numeric: true })
  return [...people].sort((a, b) => compare(a.name, b.name))
}

/**
 * «3ali» finds «علي», «ayse» finds «Ayşe»; `more`: folded text of what else is known of a person by his id. Folds once: the
 * search that it gives runs with each letter typed.
 */
export const createPeopleSearch = <Person extends Named>(
  people: readonly Person[],
  more: (deviceId: string) => string = () => '',
): ((text: string) => Person[]) => {
  const folded = people.map((person) => ({
    person,
    search: `${searchText(person.name)} ${more(person.deviceId)}`,
  }))
  return (text) => {
    const matches = createMatcher(text)
    return folded.filter(({ search }) => matches(search)).map(({ person }) => person)
  }
}

/** As {@link createPeopleSearch}, for one text. */
export const findPeople = <Person extends Named>(
  people: readonly Person[],
  text: string,
  more: (deviceId: string) => string = () => '',
): Person[] => createPeopleSearch(people, more)(text)

/** Folded names that more than one person has: these are shown with a second line. */
export const sharedNames = (people: readonly Named[]): ReadonlySet<string> => {
  const once = new Set<string>()
  const shared = new Set<string>()
  for (const { name } of people) {
    const key = fold(name)
    if (once.has(key)) shared.add(key)
    once.add(key)
  }
  return shared
}

export const isShared = (shared: ReadonlySet<string>, name: string): boolean => shared.has(fold(name))

/** Colours that people are told apart by, beside their words. */
export const tints = 6

/** The same for a person on every phone: from his device id. */
export const tintOf = (deviceId: string): number => {
  let sum = 0
  for (const letter of deviceId) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973
  return sum % tints
}

/** First letter as it is written, without the article and titles that half of a quarter shares. */
export const initialOf = (name: string): string => {
  const own = name.trim().replace(/^(?:أبو|ابو|أم|ام|د\.|الحاج|الحاجة)\s+(?=\S)/u, '')
  return Array.from(own.replace(/^ال(?=\p{L}{2})/u, ''))[0] ?? ''
}
