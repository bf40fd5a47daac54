/** The needs of a list that leaves the network, read piece by piece so that the page answers a finger in between. */

import { createMatcher } from '../../i18n/fold.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { fitsNeedFilter, fitsState, type NeedFilter } from '../board/need-filter.ts'
import { isOver, needStatus } from '../claim/claim-order.ts'
import { claimsByNeed } from '../claim/claims-by-need.ts'
import type { ContactRow } from '../contact/contact.ts'
import { allHidings } from '../hiding/queries.ts'
import { readMerges } from '../need/merges.ts'
import { type NeedRow, needType } from '../need/need.ts'
import type { NeedCard } from '../need/queries.ts'
import { contactsOf } from './contacts-of.ts'

export interface ExportedNeed extends NeedCard {
  /** only where they are wanted, and as far as this phone can open them */
  contact: ContactRow | undefined
}

interface Wanted {
  filter: NeedFilter
  /** with who receives, phone and address, and with needs that only coordinators read */
  isFull: boolean
  nowMs: number
}

/** So many rows are read and judged without a pause: less than 200 ms on a phone six times slower than a desktop. */
const pieceRows = 25

const needsAfter = (db: NetworkDatabase, last: NeedRow | undefined): PromiseLike<NeedRow[]> => {
  const after = last ? [last.boardRank, last.newestFirst, last.id] : [0]
  const table = db.table<NeedRow, string>(needType.table)
  return table.where('[boardRank+newestFirst+id]').above(after).limit(pieceRows).toArray()
}

/**
 * In the order of the board. What two coordinators hid and what is shown as part of another need is left out. Each piece
 * comes with how many needs were looked at for it.
 */
export const exportPieces = async function* (
  db: NetworkDatabase,
  { filter, isFull, nowMs }: Wanted,
): AsyncGenerator<{ needs: ExportedNeed[]; looked: number }> {
  const fitsText = createMatcher(filter.text ?? '')
  const [hidings, merges] = [await allHidings(db), await readMerges(db)]
  const mayLeave = (need: NeedRow): boolean =>
    hidings.get(need.id)?.state !== 'hidden' &&
    !merges.keptBy.has(need.id) &&
    // what only coordinators read: its place alone may tell whose it is
    (isFull || !need.confidential)
  let last: NeedRow | undefined
  for (;;) {
    const read = await needsAfter(db, last)
    if (read.length === 0) return
    last = read.at(-1)
    const asked = read.filter((need) => mayLeave(need) && fitsText(need.search))
    const claims = await claimsByNeed(
      db,
      asked.map(({ id }) => id),
    )
    const fits = asked.flatMap((need): NeedCard[] => {
      const onIt = claims.get(need.id) ?? []
      const status = needStatus(need, onIt, nowMs)
      const entry = { need, claims: onIt, isOver: isOver(status), text: 0 }
      return fitsNeedFilter(entry, filter) && fitsState(status, filter) ? [{ need, status }] : []
    })
    const contacts = isFull
      ? await contactsOf(
          db,
          fits.map(({ need }) => need),
        )
      : null
    yield {
      needs: fits.map((card) => ({ ...card, contact: contacts?.get(card.need.id) })),
      looked: read.length,
    }
  }
}
