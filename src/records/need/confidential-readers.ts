/** Who reads a confidential need, from the grants about it. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { compareText } from '../compare-text.ts'
import { doesGrantCount, type GrantRow, isSelfGrant } from '../grant/grant.ts'
import type { RecordId } from '../operation.ts'
import type { ContentKeyring } from '../record-type.ts'

export interface About {
  id: RecordId
  creator: DeviceId
}

/** Grants of the key of a confidential need that count, the newest first. */
export const needGrants = (grants: readonly GrantRow[], { id, creator }: About): GrantRow[] =>
  grants
    .filter((grant) => grant.aboutId === id && isSelfGrant(grant) && doesGrantCount(grant, creator))
    .sort((a, b) => b.createdAt - a.createdAt || compareText(a.id, b.id))

/** Who may read it now; `grants` as {@link needGrants} gives them. */
export const needReaders = (
  { creator }: About,
  grants: readonly GrantRow[],
  content: Pick<ContentKeyring, 'coordinators'>,
): DeviceId[] => {
  const given = grants.flatMap(({ givenTo }) => (givenTo ? [givenTo] : []))
  return [...new Set([creator, ...content.coordinators(), ...given])]
}
