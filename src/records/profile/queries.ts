/** Profiles as screens and commands ask for them. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { compareText } from '../compare-text.ts'
import { type ProfileRow, profileType } from './profile.ts'

/** The oldest: two phones of one person may each have begun one while offline. */
export const oldestProfile = (rows: readonly ProfileRow[]): ProfileRow | undefined =>
  [...rows].sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))[0]

export const profileOf = async (db: NetworkDatabase, member: DeviceId): Promise<ProfileRow | undefined> =>
  oldestProfile(
    await db.table<ProfileRow, string>(profileType.table).where('creator').equals(member).toArray(),
  )

/** Of everybody who wrote one, by person. */
export const profilesByMember = async (db: NetworkDatabase): Promise<Map<string, ProfileRow>> => {
  const byMember = new Map<string, ProfileRow>()
  for (const row of await db.table<ProfileRow, string>(profileType.table).toArray()) {
    const held = byMember.get(row.creator)
    byMember.set(row.creator, (held && oldestProfile([held, row])) ?? row)
  }
  return byMember
}
