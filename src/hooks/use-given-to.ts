/** To whom a confidential need was handed. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type GrantRow, grantType } from '../records/grant/grant.ts'
import { needGrants } from '../records/need/confidential-readers.ts'
import type { NeedRow } from '../records/need/need.ts'
import { useLiveQuery } from './use-live-query.ts'

/** Persons, in the order in which they were given it; `undefined` until read. */
export const useGivenTo = ({ id, creator }: NeedRow): readonly DeviceId[] | undefined =>
  useLiveQuery(
    async (db) => {
      const grants = await db.table<GrantRow, string>(grantType.table).where('aboutId').equals(id).toArray()
      const given = needGrants(grants, { id, creator }).reverse()
      return [...new Set(given.flatMap(({ givenTo }) => (givenTo ? [givenTo] : [])))]
    },
    [id, creator],
  )
