/** Which needs are shown as one: pure from the words of people, so that every phone shows the same. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { compareText } from '../compare-text.ts'
import type { RecordId } from '../operation.ts'
import type { Row } from '../record-type.ts'

/** By name: the code of the type comes later than the first screens (later-records.ts). */
export const sameAsTable = 'sameAs'

/** So long who said it may take it back; coordinators may at any time (records design, "Undo"). */
export const sameAsUndoMs = 24 * 3600 * 1000

export interface SameAsRow extends Row {
  /** the need that stays on the board */
  keepId: RecordId
  /** the need that is shown as part of it */
  otherId: RecordId
  /** taken back, or said from the first that they are two */
  undone: boolean
  /** said by a coordinator; else it counts where who said it wrote the other need */
  asCoordinator: boolean
}

export interface Merges {
  /** need → the one that it is shown as part of; needs that stand for themselves are not in it */
  keptBy: ReadonlyMap<string, string>
  /** need that stays → those shown as part of it, in order of their ids */
  othersOf: ReadonlyMap<string, readonly string[]>
}

/** Nobody makes another's need vanish behind his own: a coordinator says it, or who wrote the one that goes. */
export const doesMergeCount = (row: SameAsRow, authorOfOther: DeviceId | undefined): boolean =>
  !row.undone && (row.asCoordinator || row.creator === authorOfOther)

/** `rows` are those that count. Where two words name two needs to stay, the later one; a circle ends at its first id. */
export const mergesOf = (rows: readonly SameAsRow[]): Merges => {
  const nextOf = new Map<string, string>()
  const inTime = [...rows].sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))
  for (const { keepId, otherId } of inTime) nextOf.set(otherId, keepId)
  const keptBy = new Map<string, string>()
  const othersOf = new Map<string, string[]>()
  for (const id of [...nextOf.keys()].sort(compareText)) {
    const kept = endOf(nextOf, id)
    if (kept === id) continue
    keptBy.set(id, kept)
    othersOf.set(kept, [...(othersOf.get(kept) ?? []), id])
  }
  return { keptBy, othersOf }
}

const endOf = (nextOf: ReadonlyMap<string, string>, from: string): string => {
  const way = new Set([from])
  let at = from
  for (let next = nextOf.get(at); next !== undefined; next = nextOf.get(at)) {
    if (way.has(next)) return [...way].slice([...way].indexOf(next)).sort(compareText)[0] ?? at
    way.add(next)
    at = next
  }
  return at
}

/** As they are now; for a live query as well. */
export const readMerges = async (db: NetworkDatabase): Promise<Merges> => {
  const said = await db.table<SameAsRow, string>(sameAsTable).toArray()
  const rows = said.filter(({ undone }) => !undone)
  if (rows.length === 0) return { keptBy: new Map(), othersOf: new Map() }
  const ids = [...new Set(rows.map(({ otherId }): string => otherId))]
  const others = await db.table<{ creator: DeviceId }, string>('needs').bulkGet(ids)
  const authorById = new Map(ids.map((id, i) => [id, others[i]?.creator]))
  return mergesOf(rows.filter((row) => doesMergeCount(row, authorById.get(row.otherId))))
}

/** The needs and those that are shown as part of them. */
export const withOthers = (needIds: readonly string[], { othersOf }: Merges): string[] => [
  ...needIds,
  ...needIds.flatMap((id) => othersOf.get(id) ?? []),
]

/** What stands on the others stands on the one that stays as well; on them it stays, too. */
export const joinOthers = <Value>(
  byNeed: Map<string, Value[]>,
  { othersOf }: Merges,
): Map<string, Value[]> => {
  for (const [kept, others] of othersOf) {
    const all = [kept, ...others].flatMap((id) => byNeed.get(id) ?? [])
    if (all.length > 0) byNeed.set(kept, all)
  }
  return byNeed
}
