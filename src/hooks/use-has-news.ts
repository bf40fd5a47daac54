/** Whether Today has anything to say of what others did: cheap, so that the words for it are fetched only then. */

import { type Seen, seenKey } from '../storage/schema.ts'
import { useLiveQuery } from './use-live-query.ts'

export const useHasNews = (): boolean =>
  useLiveQuery(async (db) => {
    const seen = (await db.meta.get(seenKey))?.value as Seen | undefined
    const last = await db.arrivals.orderBy('n').last()
    const isNew = (last?.n ?? 0) > (seen?.n ?? 0)
    const people = await db.members.toArray()
    const mine = people.find(({ isMe }) => isMe === 1)?.seniority ?? 0
    const known = Math.max(mine, seen?.seniority ?? 0)
    return (
      isNew || people.some(({ seniority }) => seniority > known) || (await db.table('reports').count()) > 0
    )
  }) ?? false
