/** Who may read a confidential contact now: its author, who coordinates, and who holds an accepted promise. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { withAcceptances } from '../claim/acceptance.ts'
import { type ClaimRow, claimType } from '../claim/claim.ts'
import { isLive } from '../claim/claim-order.ts'
import { type GrantRow, grantType } from '../grant/grant.ts'
import type { CommandContext } from '../record-type.ts'
import type { About } from './contact-of.ts'

export interface Readers {
  persons: DeviceId[]
  /** live claims that were given the contact */
  accepted: ClaimRow[]
}

export const contactReaders = async (about: About, context: CommandContext): Promise<Readers> => {
  const claims = await context.rowsWhere<ClaimRow>(claimType.table, 'needId', about.id)
  const grants = await context.rowsWhere<GrantRow>(grantType.table, 'aboutId', about.id)
  const accepted = withAcceptances(claims, grants, about).filter(
    (claim) => claim.acceptedAt !== null && isLive(claim, context.now),
  )
  const takers = accepted.map(({ creator }) => creator)
  return { persons: [about.creator, ...context.content.coordinators(), ...takers], accepted }
}
