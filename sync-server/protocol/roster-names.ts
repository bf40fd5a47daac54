/** Up to where the names of each list count. */

import { type ListName, parseListName } from './ids.ts'
import { type EntriesByList, pastLengths } from './roster-causes.ts'
import type { Ballot, RosterState } from './roster-state.ts'

const seenBy = (lists: EntriesByList, ballots: readonly Ballot[], list: ListName): number =>
  Math.max(0, ...ballots.map((ballot) => pastLengths(lists, ballot).get(list) ?? 0))

/**
 * Index of the last one that counts, by list. A removed one's end where those who removed him had seen them: he can write
 * one at any time that stands before his end. His first one stays, or he would have none.
 */
export const namesThatCount = (
  lists: EntriesByList,
  { names, former, ballots }: RosterState,
): Map<ListName, number> => {
  const counting = new Map<ListName, number>()
  for (const [list, indexes] of names) {
    const key = parseListName(list)
    const device = key && former.get(key.device)
    const isFirst = key?.generation === 0
    // most people have one name
    const isAsked = device?.end === 'removed' && (indexes.length > 1 || !isFirst)
    const about = isAsked ? ballots.filter(({ member }) => member === device.member) : []
    const end = isAsked ? seenBy(lists, about, list) : Number.POSITIVE_INFINITY
    const last = indexes.findLast((index) => index < end) ?? (isFirst ? indexes[0] : undefined)
    if (last !== undefined) counting.set(list, last)
  }
  return counting
}
