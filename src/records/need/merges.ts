/** Which needs are shown as one: pure from the words of people, so that every phone shows the same. */

import type { NetworkDatabase } from '../../storage/database.ts'
import { compareText } from '../compare-text.ts'
import type { RecordId } from '../operation.ts'
import type { Row } from '../record-type.ts'
import type { NeedRow } from './need.ts'

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
  /** the quantity that the one that stays had, and the larger one of the other, where it took that; else null */
  raisedFrom: number | null
  raisedTo: number | null
}

export interface Merges {
  /** need → the one that it is shown as part of; needs that stand for themselves are not in it */
  keptBy: ReadonlyMap<string, string>
  /** need that stays → those shown as part of it, in order of their ids */
  othersOf: ReadonlyMap<string, readonly string[]>
  /** of those that go, the ones of which a coordinator said it */
  byCoordinators: ReadonlySet<string>
}

/** What a word about two needs asks of them; undefined where one is not here, or was taken back. */
type Joined = Pick<NeedRow, 'creator' | 'cancelled'> | undefined

/**
 * Nobody makes another's need vanish behind his own: a coordinator says it, or who wrote the one that goes. Nor does it vanish
 * behind one that its author cancels: then it stands for itself again.
 */
export const doesMergeCount = (
  row: SameAsRow,
  other: Pick<NeedRow, 'creator'> | undefined,
  kept: Joined,
): boolean =>
  !row.undone &&
  kept !== undefined &&
  !kept.cancelled &&
  (row.asCoordinator || row.creator === other?.creator)

/** `rows` are those that count. Where two words name two needs to stay, the later one; a circle ends at its first id. */
export const mergesOf = (rows: readonly SameAsRow[]): Merges => {
  const wordOf = new Map<string, SameAsRow>()
  const inTime = [...rows].sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))
  for (const row of inTime) wordOf.set(row.otherId, row)
  const ends = endsOf(wordOf)
  const keptBy = new Map<string, string>()
  const othersOf = new Map<string, string[]>()
  for (const id of [...wordOf.keys()].sort(compareText)) {
    const kept = ends.get(id) ?? id
    if (kept === id) continue
    keptBy.set(id, kept)
    const others = othersOf.get(kept)
    if (others) others.push(id)
    else othersOf.set(kept, [id])
  }
  const said = [...keptBy.keys()].filter((id) => wordOf.get(id)?.asCoordinator)
  return { keptBy, othersOf, byCoordinators: new Set(said) }
}

/** Where the way of each ends. None is gone twice: whoever joins thousands of his own in a row holds nobody up. */
const endsOf = (wordOf: ReadonlyMap<string, SameAsRow>): Map<string, string> => {
  const ends = new Map<string, string>()
  for (const from of wordOf.keys()) {
    const way = new Set<string>()
    let at = from
    for (
      let next = wordOf.get(at)?.keepId;
      next && !ends.has(at) && !way.has(at);
      next = wordOf.get(at)?.keepId
    ) {
      way.add(at)
      at = next
    }
    const steps = [...way]
    const first = way.has(at) ? steps.slice(steps.indexOf(at)).sort(compareText)[0] : undefined
    const end = first ?? ends.get(at) ?? at
    for (const id of way) ends.set(id, end)
  }
  return ends
}

/** As they are now; for a live query as well. */
export const readMerges = async (db: NetworkDatabase): Promise<Merges> => {
  const said = await db.table<SameAsRow, string>(sameAsTable).toArray()
  const rows = said.filter(({ undone }) => !undone)
  if (rows.length === 0) return mergesOf([])
  const ids = [...new Set(rows.flatMap(({ otherId, keepId }): string[] => [otherId, keepId]))]
  const needs = await db.table<NeedRow, string>('needs').bulkGet(ids)
  const byId = new Map(ids.map((id, i) => [id, needs[i]]))
  return mergesOf(rows.filter((row) => doesMergeCount(row, byId.get(row.otherId), byId.get(row.keepId))))
}

/** The needs and those that are shown as part of them. */
export const withOthers = (needIds: readonly string[], { othersOf }: Merges): string[] => [
  ...needIds,
  ...needIds.flatMap((id) => othersOf.get(id) ?? []),
]

/** What stands on the others stands on the one that stays as well, as `joined` has it; on them it stays, too. */
export const joinOthers = <Value>(
  byNeed: Map<string, Value[]>,
  { othersOf }: Merges,
  joined: (values: Value[], other: string, kept: string) => Value[],
): Map<string, Value[]> => {
  for (const [kept, others] of othersOf) {
    const theirs = others.flatMap((id) => joined(byNeed.get(id) ?? [], id, kept))
    const all = [...(byNeed.get(kept) ?? []), ...theirs]
    if (all.length > 0) byNeed.set(kept, all)
  }
  return byNeed
}
