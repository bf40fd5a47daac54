/** Which places a network names most, each in the spelling that is used most. */

import type { NeedRow } from '../records/need/need.ts'

/** As many as a person can look over while typing. */
const offered = 12

type Place = Pick<NeedRow, 'area' | 'areaKey'>

/** Each place once, in the spelling used most; the most common place first. */
export const placesByUse = (rows: readonly Place[]): Place[] => {
  const spellingsByKey = new Map<string, Map<string, number>>()
  for (const { area, areaKey } of rows) {
    if (areaKey === '') continue
    const spellings = spellingsByKey.get(areaKey) ?? new Map<string, number>()
    spellings.set(area, (spellings.get(area) ?? 0) + 1)
    spellingsByKey.set(areaKey, spellings)
  }
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((all, one) => all + one, 0)
  return [...spellingsByKey]
    .sort((a, b) => sum(b[1]) - sum(a[1]))
    .map(([areaKey, spellings]) => ({
      areaKey,
      area: [...spellings].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '',
    }))
}

export const knownAreas = (rows: readonly Place[]): string[] =>
  placesByUse(rows)
    .slice(0, offered)
    .map(({ area }) => area)
