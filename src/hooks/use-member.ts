/** One person of the network, and what is open about them. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { myClaims } from '../records/claim/queries.ts'
import { listedNeedsOf, type NeedCard } from '../records/need/queries.ts'
import { type OfferCard, openOffersOf } from '../records/offer/queries.ts'
import type { MemberRow } from '../storage/schema.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useNow } from './use-now.ts'

export interface MemberThings {
  member: MemberRow
  needs: NeedCard[]
  offers: OfferCard[]
  /** needs that this person has a live claim on */
  taken: NeedCard[]
}

/** null: nobody by this id on this phone; undefined: not read yet. */
export const useMember = (id: string): MemberThings | null | undefined => {
  const now = useNow()
  // a row is read by it; what is no device id finds nobody
  const device = id as DeviceId
  return useLiveQuery(
    async (db) => {
      const member = await db.members.get(device)
      if (!member) return null
      const claims = await myClaims(db, device, now)
      const taken = claims.flatMap(({ claim, need, status, place }) =>
        need && status && place && !place.expired && claim.state !== 'done' ? [{ need, status }] : [],
      )
      const needs = await listedNeedsOf(db, device, now)
      const offers = await openOffersOf(db, device, now)
      return { member, needs, offers, taken }
    },
    [device, now],
  )
}
