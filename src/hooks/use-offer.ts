/** One offer with its contact. */

import { type OfferView, offerById } from '../records/offer/queries.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useNow } from './use-now.ts'

/** null: not on this phone; undefined: not read yet. */
export const useOffer = (id: string): OfferView | null | undefined => {
  const now = useNow()
  const found = useLiveQuery(async (db) => ({ id, view: (await offerById(db, id, now)) ?? null }), [id, now])
  return found?.id === id ? found.view : undefined
}
