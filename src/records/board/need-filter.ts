/** Which needs of the board somebody wants to see: said by a filter, decided row by row. */

import type { ClaimRow } from '../claim/claim.ts'
import type { NeedStatus } from '../claim/claim-order.ts'
import type { NeedRow } from '../need/need.ts'

export interface NeedFilter {
  category?: string | undefined
  urgency?: NeedRow['urgency'] | undefined
  /** `areaKey` of a block or street */
  areaKey?: string | undefined
  /** only those that this person wrote or has taken */
  involved?: string | undefined
  /** without one: what is neither met nor cancelled */
  state?: 'open' | 'covered' | 'met' | 'cancelled' | 'over' | undefined
  /** of what is over: in the last {@link archiveAfterMs}, or before; without it both */
  closed?: 'lately' | 'before' | undefined
  text?: string | undefined
  /** categories whose word in the person's language fits `text`: a need without a title is shown by that word */
  textCategories?: readonly string[] | undefined
  /** `areaKey` of the place whose needs stand before others that are as urgent */
  nearKey?: string | undefined
}

/** What has been over for so long leaves the board for the archive. */
export const archiveAfterMs = 30 * 24 * 3600 * 1000

/** A need with the claims on it that `claimsByNeed` gives. */
export interface NeedEntry {
  need: NeedRow
  claims: readonly ClaimRow[]
  /** met or cancelled: by no clock, so that it need not be asked again */
  isOver: boolean
  /** number of its text in the index of words */
  text: number
}

const isInvolved = ({ need, claims }: NeedEntry, person: string): boolean =>
  need.creator === person || claims.some(({ creator, state }) => creator === person && state !== 'released')

/** Everything about the filter that no clock and no text decides. */
export const fitsNeedFilter = (entry: NeedEntry, filter: NeedFilter): boolean => {
  const { category, urgency, areaKey, involved, state } = filter
  const { need } = entry
  const wantsOver = state === 'met' || state === 'cancelled' || state === 'over'
  return (
    entry.isOver === wantsOver &&
    (category === undefined || need.category === category) &&
    (urgency === undefined || need.urgency === urgency) &&
    (areaKey === undefined || need.areaKey === areaKey) &&
    (state === undefined || state === 'over' || need.cancelled === (state === 'cancelled')) &&
    (involved === undefined || isInvolved(entry, involved))
  )
}

/** When the last thing happened to it: a correction, its end, somebody's «done», or the word that it arrived. */
const lastWordAt = ({ need, claims }: NeedEntry): number =>
  Math.max(need.updatedAt, ...claims.map(({ stateAt, word }) => Math.max(stateAt, word?.at ?? 0)))

export const isArchived = (entry: NeedEntry, nowMs: number): boolean =>
  entry.isOver && lastWordAt(entry) <= nowMs - archiveAfterMs

/** Whether the state, which a clock has a say in, is the one that is wanted. */
export const fitsState = (status: NeedStatus, { state }: NeedFilter): boolean =>
  (state !== 'open' && state !== 'covered') || status.state === state
