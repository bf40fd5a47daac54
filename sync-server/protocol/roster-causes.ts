/** What a roster statement had seen: the lists of the roster, each as long as its author knew it then. */

import { compareBytes } from './bytes.ts'
import type { ListName } from './ids.ts'
import type { RosterEntry } from './roster-order.ts'

/** Entries by list and index, each place once; of two entries for one place the one with the lesser head. */
export type EntriesByList = ReadonlyMap<ListName, ReadonlyMap<number, RosterEntry>>

export const entriesByList = (entries: readonly RosterEntry[]): EntriesByList => {
  const lists = new Map<ListName, Map<number, RosterEntry>>()
  for (const entry of entries) {
    const list = lists.get(entry.list) ?? new Map<number, RosterEntry>()
    lists.set(entry.list, list)
    const other = list.get(entry.index)
    if (!other || compareBytes(entry.head, other.head) < 0) list.set(entry.index, entry)
  }
  return lists
}

/**
 * Lengths of all lists in the causal past of the entry at this place, itself included: its own list up to it, and
 * whatever it and these come after. Nothing that is written later can change it.
 */
export const pastLengths = (
  byList: EntriesByList,
  place: { list: ListName; index: number },
): Map<ListName, number> => {
  const lengths = new Map<ListName, number>()
  const open: [ListName, number][] = [[place.list, place.index + 1]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [list, length] = next
    const known = byList.get(list)
    const from = lengths.get(list) ?? 0
    // an `after` may name more than there is: what is not here has no causes
    const to = Math.max(from, length)
    lengths.set(list, to)
    for (let index = from; known && index < to && known.has(index); index++) {
      const statement = known.get(index)?.statement
      if (statement && 'after' in statement)
        for (const [other, seen] of statement.after) open.push([other, seen])
    }
  }
  return lengths
}
