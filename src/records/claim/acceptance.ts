/** What giving the address does to a claim: pure, so that every phone names the same winner. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { doesGrantCount, type GrantRow } from '../grant/grant.ts'
import type { NeedRow } from '../need/need.ts'
import type { ClaimRow } from './claim.ts'

/** The earliest acceptance of a claim by the author of the need or a coordinator, or null. Nobody accepts himself. */
const acceptedAt = (claim: ClaimRow, grants: readonly GrantRow[], author: DeviceId): number | null => {
  const times = grants
    .filter(
      (grant) =>
        grant.claimId === claim.id &&
        grant.aboutId === claim.needId &&
        grant.creator !== claim.creator &&
        doesGrantCount(grant, author),
    )
    .map(({ createdAt }) => createdAt)
  return times.length === 0 ? null : Math.min(...times)
}

/**
 * An accepted claim is firm from the acceptance on, and its hours begin anew there: nobody's promise runs out while
 * he waits for an address. `need` is the one that the claims are on.
 */
export const withAcceptances = (
  claims: readonly ClaimRow[],
  grants: readonly GrantRow[],
  need: Pick<NeedRow, 'creator'>,
): ClaimRow[] =>
  claims.map((claim) => {
    const at = acceptedAt(claim, grants, need.creator)
    if (at === null) return claim
    const isPromise = claim.state === 'taken' || claim.state === 'onWay'
    return {
      ...claim,
      acceptedAt: at,
      firmAt: Math.min(claim.firmAt ?? at, at),
      stateAt: isPromise ? Math.max(claim.stateAt, at) : claim.stateAt,
    }
  })
