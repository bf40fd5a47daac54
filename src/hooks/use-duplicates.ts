/** Needs that may be one, and needs that somebody said are one. */

import { doesMergeCount, readMerges, type SameAsRow, sameAsTable } from '../records/need/merges.ts'
import type { NeedRow } from '../records/need/need.ts'
import { alreadyTold, likelyPairs, type Pair } from '../records/same-as/duplicates.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { useLiveQuery } from './use-live-query.ts'
import { useMe } from './use-network.ts'
import { useNow } from './use-now.ts'

/** Pairs that this person can say something of: all for a coordinator, else those with a need of his. `undefined` until read. */
export const usePairs = (): readonly Pair[] | undefined => {
  const now = useNow()
  const me = useMe()
  const mine = me?.role === 'coordinator' ? undefined : me?.deviceId
  return useLiveQuery(
    async (db) => (me ? likelyPairs(db, now, mine) : undefined),
    [me?.deviceId, me?.role, now],
  )
}

export interface Typed {
  category: string
  area: string
  title: string
  name: string
  phone: string
}

/** Open needs that what is being typed may repeat; none while it says too little. */
export const useAlreadyTold = (typed: Typed | null): readonly NeedRow[] => {
  const now = useNow()
  const key = JSON.stringify(typed)
  return useLiveQuery(async (db) => (typed ? alreadyTold(db, typed, now) : []), [key, now]) ?? []
}

/** What people said of a need and another: that they are one. */
export interface Merged {
  /** the need that stays, where this one is shown as part of it */
  kept: NeedRow | undefined
  /** those shown as part of this one */
  others: readonly NeedRow[]
  /** the words that join this need, the newest first */
  words: readonly SameAsRow[]
}

const needRows = async (db: NetworkDatabase, ids: readonly string[]): Promise<NeedRow[]> => {
  const found = await db.table<NeedRow, string>('needs').bulkGet([...ids])
  return found.filter((row) => row !== undefined)
}

const readMerged = async (db: NetworkDatabase, id: string): Promise<Merged | undefined> => {
  const { keptBy, othersOf } = await readMerges(db)
  const keptId = keptBy.get(id)
  const otherIds = othersOf.get(id) ?? []
  if (keptId === undefined && otherIds.length === 0) return undefined
  const said = await db.table<SameAsRow, string>(sameAsTable).toArray()
  const ids = new Set(keptId === undefined ? otherIds : [id])
  const about = said.filter((row) => ids.has(row.otherId))
  const named = await needRows(db, [...new Set(about.flatMap((row): string[] => [row.otherId, row.keepId]))])
  const needs = new Map(named.map((need) => [String(need.id), need]))
  const words = about
    .filter((row) => doesMergeCount(row, needs.get(row.otherId), needs.get(row.keepId)))
    .sort((a, b) => b.createdAt - a.createdAt)
  const [kept] = keptId === undefined ? [] : await needRows(db, [keptId])
  return { kept, others: await needRows(db, otherIds), words }
}

/** undefined: it stands for itself, or is not read yet. */
export const useMerged = (needId: string): Merged | undefined =>
  useLiveQuery((db) => readMerged(db, needId), [needId])
