/** Profiles as screens ask for them. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { oldestProfile } from './oldest-profile.ts'
import { type ProfileRow, profileType } from './profile.ts'

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
