/** Lists that somebody wrote twice [R6]: a proven fork ends its list at that index, in its room, for everybody. */

import { rosterRoom } from './ids.ts'
import { cutId } from './roster.ts'
import type { EntriesByList } from './roster-causes.ts'
import type { Fork } from './statement.ts'

/** The founder's list begins with what the network is named by: another entry in its place proves nothing against it. */
const firstCut = (lists: EntriesByList, { room, list, index }: Fork): number =>
  room === rosterRoom && lists.get(list)?.get(0)?.statement?.type === 'genesis' ? Math.max(1, index) : index

/** By {@link cutId}. Wherever a fork statement stands it counts: its two signatures are its proof. */
export const forkCuts = (lists: EntriesByList): Map<string, number> => {
  const cuts = new Map<string, number>()
  for (const byIndex of lists.values()) {
    for (const { statement } of byIndex.values()) {
      if (statement?.type !== 'fork') continue
      const id = cutId(statement.room, statement.list)
      cuts.set(id, Math.min(cuts.get(id) ?? Number.POSITIVE_INFINITY, firstCut(lists, statement)))
    }
  }
  return cuts
}
