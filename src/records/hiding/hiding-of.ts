/** Whether a thing is hidden: pure, so that every phone hides the same. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { compareText } from '../compare-text.ts'
import type { HidingRow } from './hiding.ts'

/** Nobody hides another's thing alone. */
export const hidersNeeded = 2

export interface HidingView {
  /** `review`: one coordinator wants it hidden, which coordinators alone are told */
  state: 'shown' | 'review' | 'hidden'
  /** persons whose word counts, the first first */
  by: DeviceId[]
  /** their reasons, those who gave none left out */
  notes: string[]
}

/**
 * `hidings` are those about one thing, in any order; of one person any that is not lifted counts, once. `coordinators`
 * are the persons who coordinate now: nobody else could be asked, and none but himself lifts what he said.
 */
export const hidingOf = (hidings: readonly HidingRow[], coordinators: ReadonlySet<string>): HidingView => {
  const standing = hidings
    .filter(({ lifted, creator }) => !lifted && coordinators.has(creator))
    .sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))
  const by = [...new Set(standing.map(({ creator }) => creator))]
  const state = by.length >= hidersNeeded ? 'hidden' : by.length > 0 ? 'review' : 'shown'
  return { state, by, notes: [...new Set(standing.map(({ note }) => note))].filter((note) => note !== '') }
}
