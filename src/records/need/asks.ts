/** Who was asked for a need, and whether that counts: pure, so that every phone tells the same. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { compareText } from '../compare-text.ts'
import type { RecordId } from '../operation.ts'
import type { Row } from '../record-type.ts'
import type { NeedRow } from './need.ts'

/** By name: the code of the type comes later than the first screens (later-records.ts). */
export const askTable = 'asks'

/** So long a request counts as one of this week's, and stands on the Today of who was asked. */
export const askWeekMs = 7 * 24 * 3600 * 1000

export interface AskRow extends Row {
  needId: RecordId
  /** who is asked */
  personId: DeviceId
  /** what he offers, '' where he was asked for what he can do */
  offerId: RecordId | ''
  /** written by a coordinator about somebody else's need: counts while he is one */
  asCoordinator: boolean
}

/** Nobody is asked in another's name: it is for who wrote the need, and for coordinators. */
export const doesAskCount = (ask: AskRow, need: Pick<NeedRow, 'id' | 'creator'>): boolean =>
  ask.needId === need.id &&
  ask.personId !== ask.creator &&
  (ask.asCoordinator || ask.creator === need.creator)

/** Of several requests to one person for one need the newest. */
export const askedFor = (asks: readonly AskRow[], need: Pick<NeedRow, 'id' | 'creator'>): AskRow[] => {
  const newestOf = new Map<string, AskRow>()
  const inTime = asks
    .filter((ask) => doesAskCount(ask, need))
    .sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))
  for (const ask of inTime) newestOf.set(ask.personId, ask)
  return [...newestOf.values()]
}
