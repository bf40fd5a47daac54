/** Needs as screens ask for them; for Dexie's liveQuery. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { type ClaimRow, claimType } from '../claim/claim.ts'
import { isOver, type NeedStatus, needStatus } from '../claim/claim-order.ts'
import { claimsByNeed } from '../claim/claims-by-need.ts'
import { compareText } from '../compare-text.ts'
import { contactType } from '../contact/contact.ts'
import { contactsAbout } from '../contact/contact-about.ts'
import { type ContactView, contactOf } from '../contact/contact-of.ts'
import { grantType } from '../grant/grant.ts'
import { readMerges, sameAsTable } from './merges.ts'
import { type NeedRow, needType } from './need.ts'

export interface NeedCard {
  need: NeedRow
  status: NeedStatus
}

const needsOf = (db: NetworkDatabase) => db.table<NeedRow, string>(needType.table)

/** What this person wrote and is neither met nor cancelled: for today first, then the newest. */
export const listedNeedsOf = async (
  db: NetworkDatabase,
  person: DeviceId,
  nowMs: number,
): Promise<NeedCard[]> => {
  const rows = await needsOf(db).where('creator').equals(person).toArray()
  const claims = await claimsByNeed(
    db,
    rows.map(({ id }) => id),
  )
  return rows
    .sort((a, b) => a.boardRank - b.boardRank || a.newestFirst - b.newestFirst || compareText(a.id, b.id))
    .map((need) => ({ need, status: needStatus(need, claims.get(need.id) ?? [], nowMs) }))
    .filter(({ status }) => !isOver(status))
}

export interface NeedView extends NeedCard {
  /** all of them, the released too, in no order; `status.places` has the order */
  claims: ClaimRow[]
  contact: ContactView
  /** somebody said that it and another need are one */
  isJoined: boolean
}

/** All that {@link needById} reads. By name: the code of some types comes later than the first screens (later-records.ts). */
const tablesOfOne = [
  needType.table,
  claimType.table,
  grantType.table,
  contactType.table,
  'confirmations',
  sameAsTable,
]

/**
 * One need with everything about it, or undefined while it is not here. In one transaction: each that a slow phone begins and
 * ends takes it longer than what is read in it.
 */
export const needById = (db: NetworkDatabase, id: string, nowMs: number): Promise<NeedView | undefined> =>
  db.transaction('r', tablesOfOne, async () => {
    const [need, contacts, merges] = await Promise.all([
      needsOf(db).get(id),
      contactsAbout(db, id),
      readMerges(db),
    ])
    if (!need) return undefined
    const claims = (await claimsByNeed(db, [id], merges)).get(id) ?? []
    return {
      need,
      status: needStatus(need, claims, nowMs),
      claims,
      contact: contactOf(...contacts, need),
      isJoined: merges.keptBy.has(id) || merges.othersOf.has(id),
    }
  })
