/** What stands on the board: needs and offers by filter, as many as are shown, and how many there are. */

import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import { type BoardCounts, boardCounts } from '../records/board-counts.ts'
import type { CategoryKey } from '../records/categories.ts'
import { isOver } from '../records/claim/claim-order.ts'
import { myClaims } from '../records/claim/queries.ts'
import { type NeedCard, type NeedFilter, needsOnBoard } from '../records/need/queries.ts'
import { type OfferCard, type OfferFilter, offersOnBoard } from '../records/offer/queries.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useMyId } from './use-network.ts'
import { useNow } from './use-now.ts'

/** `involved`: those that this person wrote or has taken. */
export type BoardFilter<Filter> = Omit<Filter, 'mine' | 'limit'> & { involved?: boolean }

const isClosed = ({ status }: NeedCard): boolean => isOver(status)

/** Own needs and those I have taken, each once, in the order of the board. */
const involvedNeeds = async (
  db: NetworkDatabase,
  filter: NeedFilter,
  device: DeviceId,
  nowMs: number,
): Promise<NeedCard[]> => {
  const own = await needsOnBoard(db, { ...filter, mine: device }, nowMs)
  const held = new Set(own.map(({ need }) => need.id))
  const taken = new Set(
    (await myClaims(db, device, nowMs)).map(({ claim }) => claim.needId).filter((id) => !held.has(id)),
  )
  if (taken.size === 0) return own
  const all = await needsOnBoard(db, filter, nowMs)
  return all.filter(({ need }) => held.has(need.id) || taken.has(need.id))
}

/** `undefined` until read; at most `limit`. */
export const useBoardNeeds = (
  { involved, ...filter }: BoardFilter<NeedFilter>,
  limit: number,
): readonly NeedCard[] | undefined => {
  const now = useNow()
  const device = useMyId()
  return useLiveQuery(
    (db) =>
      involved && device !== undefined
        ? involvedNeeds(db, filter, device, now).then((cards) => cards.slice(0, limit))
        : needsOnBoard(db, { ...filter, limit }, now),
    [involved, device, limit, now, JSON.stringify(filter)],
  )
}

/** Done and cancelled needs, the newest first; nothing is read while `wanted` is false. */
export const useClosedNeeds = (wanted: boolean, limit: number): readonly NeedCard[] | undefined => {
  const now = useNow()
  return useLiveQuery(
    async (db) => {
      if (!wanted) return []
      const closed = (await needsOnBoard(db, { includeClosed: true }, now)).filter(isClosed)
      return closed.sort((a, b) => b.need.updatedAt - a.need.updatedAt).slice(0, limit)
    },
    [wanted, limit, now],
  )
}

/** Open offers, or with `ended` those that are over. */
export const useBoardOffers = (
  { involved, ...filter }: BoardFilter<OfferFilter>,
  limit: number,
  ended = false,
): readonly OfferCard[] | undefined => {
  const now = useNow()
  const device = useMyId()
  return useLiveQuery(
    async (db) => {
      const wanted = { ...filter, includeEnded: ended, ...(involved ? { mine: device } : {}) }
      const cards = await offersOnBoard(db, wanted, now)
      return cards.filter(({ state }) => (state === 'open') !== ended).slice(0, limit)
    },
    [involved, device, limit, ended, now, JSON.stringify(filter)],
  )
}

/** Read once `wanted`: the list itself comes first. */
export const useBoardCounts = (wanted: boolean): BoardCounts | undefined => {
  const now = useNow()
  return useLiveQuery(async (db) => (wanted ? boardCounts(db, now) : undefined), [wanted, now])
}

/** So many needs are looked at for {@link useBoardCategories}: what matters now is among them. */
const lookedForCategories = 100

/** Categories of open needs, the most frequent first; read once `wanted`. */
export const useBoardCategories = (wanted: boolean): readonly CategoryKey[] => {
  const now = useNow()
  const categories = useLiveQuery(
    async (db) => {
      if (!wanted) return []
      const counts = new Map<CategoryKey, number>()
      for (const { need } of await needsOnBoard(db, { limit: lookedForCategories }, now)) {
        counts.set(need.category, (counts.get(need.category) ?? 0) + 1)
      }
      return [...counts].sort((a, b) => b[1] - a[1]).map(([category]) => category)
    },
    [wanted, now],
  )
  return categories ?? []
}
