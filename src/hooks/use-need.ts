/** One need with all about it. */

import { type NeedView, needById } from '../records/need/queries.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useNow } from './use-now.ts'

/** null: not on this phone; undefined: not read yet. */
export const useNeed = (id: string): NeedView | null | undefined => {
  const now = useNow()
  const found = useLiveQuery(async (db) => ({ id, view: (await needById(db, id, now)) ?? null }), [id, now])
  return found?.id === id ? found.view : undefined
}
