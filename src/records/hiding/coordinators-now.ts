/** Persons who coordinate and are in: the last role of who is not in any more stays in his row. */

import type { NetworkDatabase } from '../../storage/database.ts'

export const coordinatorsNow = async ({ members }: NetworkDatabase): Promise<Set<string>> => {
  const people = await members.filter(({ role, end }) => role === 'coordinator' && end === null).toArray()
  return new Set(people.map(({ deviceId }) => deviceId))
}
