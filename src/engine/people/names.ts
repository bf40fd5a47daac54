/** Which name a person has, where he wrote several on several phones. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { SealedName } from '../../../sync-server/protocol/statement.ts'
import { memberOf } from '../membership.ts'
import type { RosterBook, SealedStatement } from '../roster-book.ts'

/** Longest name that is shown; screens take less, others may write what they like. */
const maxNameChars = 80

export const readName = (object: Record<string, unknown>): SealedName => ({
  name: typeof object.name === 'string' ? object.name.slice(0, maxNameChars) : '',
  languages: Array.isArray(object.languages)
    ? object.languages.filter((language) => typeof language === 'string').slice(0, 8)
    : [],
})

interface Named {
  place: SealedStatement
  name: SealedName
}

/** By person: the one whose author had seen the others; of two that nobody had seen, that of the greater list. */
export const latestNames = (named: readonly Named[], book: RosterBook): Map<DeviceId, SealedName> => {
  const latest = new Map<DeviceId, Named>()
  for (const one of named) {
    const person = memberOf(book.roster, one.place.author)
    const other = latest.get(person)
    const isLater =
      !other ||
      book.hasSeen(one.place, other.place) ||
      (!book.hasSeen(other.place, one.place) && one.place.list > other.place.list)
    if (isLater) latest.set(person, one)
  }
  return new Map([...latest].map(([person, { name }]) => [person, name]))
}
