/** What people say they can do for others. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { ProfileRow } from '../records/profile/profile.ts'
import { profileOf, profilesByMember } from '../records/profile/queries.ts'
import { useLiveQuery } from './use-live-query.ts'

/** `memberId` as in the rows of members. null: nothing was said; undefined: not read yet. */
export const useProfile = (memberId: string): ProfileRow | null | undefined =>
  useLiveQuery(async (db) => (await profileOf(db, memberId as DeviceId)) ?? null, [memberId])

/** Of everybody, by `memberId`; empty until read. */
export const useProfiles = (): ReadonlyMap<string, ProfileRow> => useLiveQuery(profilesByMember) ?? nobody

const nobody: ReadonlyMap<string, ProfileRow> = new Map()
