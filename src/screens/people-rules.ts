/** What one coordinator may do alone, and what is a vote until another one says the same: for the words beside the button. */

export type RoleName = 'coordinator' | 'member' | 'follower'

export interface Person {
  deviceId: string
  role: RoleName
  seniority: number
  votes: readonly { by: string; change: 'remove' | RoleName }[]
}

/** From so many coordinators on, two decide about one (the roster has the last word: PROTOCOL.md). */
const twoFrom = 3

/** Others who have asked for the same change. */
export const votersFor = (person: Person, change: 'remove' | RoleName, me: string): string[] =>
  person.votes.filter((vote) => vote.change === change && vote.by !== me).map(({ by }) => by)

/** True when my word alone would not make it so. */
export const isVoteOnly = (
  person: Person,
  me: Person,
  people: readonly Person[],
  change: 'remove' | RoleName,
): boolean => {
  const isAboutCoordinators = person.role === 'coordinator' || change === 'coordinator'
  if (!isAboutCoordinators || votersFor(person, change, me.deviceId).length > 0) return false
  const coordinators = people.filter(({ role }) => role === 'coordinator').length
  const isSenior = person.role === 'coordinator' && person.seniority < me.seniority
  return coordinators >= twoFrom || isSenior
}

/** Whoever is invited as a coordinator is a member until a second one agrees. */
export const comesAsMember = (role: RoleName, people: readonly Pick<Person, 'role'>[]): boolean =>
  role === 'coordinator' && people.filter((person) => person.role === 'coordinator').length >= twoFrom

/** The one coordinator there is, when others are here who could be one too. */
export const isOnlyCoordinator = (me: Person, people: readonly Person[]): boolean =>
  me.role === 'coordinator' &&
  people.length > 1 &&
  people.filter(({ role }) => role === 'coordinator').length === 1
