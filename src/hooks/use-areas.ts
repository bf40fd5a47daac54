/** Blocks and streets that the network has written before, so that one place keeps one spelling. */

import { type NeedRow, needType } from '../records/need/need.ts'
import { type OfferRow, offerType } from '../records/offer/offer.ts'
import { useLiveQuery } from './use-live-query.ts'

/** So many of the newest rows are looked at: a place that matters now is among them. */
const looked = 300
const offered = 12

/** The spellings used most, each place once; the most common place first. */
export const commonAreas = (rows: readonly Pick<NeedRow, 'area' | 'areaKey'>[]): string[] => {
  const spellingsByKey = new Map<string, Map<string, number>>()
  for (const { area, areaKey } of rows) {
    if (areaKey === '') continue
    const spellings = spellingsByKey.get(areaKey) ?? new Map<string, number>()
    spellings.set(area, (spellings.get(area) ?? 0) + 1)
    spellingsByKey.set(areaKey, spellings)
  }
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0)
  return [...spellingsByKey.values()]
    .sort((a, b) => sum(b) - sum(a))
    .map((spellings) => [...spellings].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '')
    .slice(0, offered)
}

export const useAreas = (): readonly string[] =>
  useLiveQuery(async (db) => {
    const newest = (table: string) =>
      db.table<NeedRow | OfferRow>(table).orderBy('[boardRank+newestFirst+id]')
    const needs = await newest(needType.table).limit(looked).toArray()
    const offers = await newest(offerType.table).limit(looked).toArray()
    return commonAreas([...needs, ...offers])
  }) ?? []
