/** Needs as screens ask for them; for Dexie's liveQuery. */

import type { DeviceId } from '../../../sync-server/protocol/ids.ts'
import { areaKey, createMatcher } from '../../i18n/fold.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { ClaimRow } from '../claim/claim.ts'
import { isOver, type NeedStatus, needStatus } from '../claim/claim-order.ts'
import { claimsByNeed } from '../claim/claims-by-need.ts'
import { compareText } from '../compare-text.ts'
import { contactAbout } from '../contact/contact-about.ts'
import type { ContactView } from '../contact/contact-of.ts'
import { type NeedRow, needType } from './need.ts'

export interface NeedFilter {
  category?: string | undefined
  /** only those for today */
  urgent?: boolean | undefined
  /** only those that this device logged */
  mine?: DeviceId | undefined
  /** block or street, in any spelling */
  area?: string | undefined
  text?: string | undefined
  /** categories whose word in the person's language fits `text`: a need without a title is shown by that word */
  textCategories?: readonly string[] | undefined
  /** also done and cancelled ones; they come last */
  includeClosed?: boolean | undefined
  /** how many are wanted at most; the screen asks for as many as it shows */
  limit?: number | undefined
}

export interface NeedCard {
  need: NeedRow
  status: NeedStatus
}

const needsOf = (db: NetworkDatabase) => db.table<NeedRow, string>(needType.table)

/** The order of the board: for today first, then the newest; then by id. */
const compareOnBoard = (a: NeedRow, b: NeedRow): number =>
  a.boardRank - b.boardRank || a.newestFirst - b.newestFirst || compareText(a.id, b.id)

const isClosed = ({ status }: NeedCard): boolean => isOver(status)

const rowFilter = (filter: NeedFilter): ((need: NeedRow) => boolean) => {
  const matches = createMatcher(filter.text ?? '')
  const area = areaKey(filter.area ?? '')
  return (need) =>
    (filter.category === undefined || need.category === filter.category) &&
    (!filter.urgent || need.urgency === 'today') &&
    (area === '' || need.areaKey === area) &&
    (matches(need.search) || (filter.textCategories?.includes(need.category) ?? false))
}

const cardsOf = async (db: NetworkDatabase, needs: NeedRow[], nowMs: number): Promise<NeedCard[]> => {
  const claims = await claimsByNeed(
    db,
    needs.map(({ id }) => id),
  )
  return needs.map((need) => ({ need, status: needStatus(need, claims.get(need.id) ?? [], nowMs) }))
}

/** Every need of the filter, closed ones last. */
const allCards = async (db: NetworkDatabase, filter: NeedFilter, nowMs: number): Promise<NeedCard[]> => {
  const table = needsOf(db)
  const rows = filter.mine
    ? (await table.where('creator').equals(filter.mine).toArray()).sort(compareOnBoard)
    : await table.orderBy('[boardRank+newestFirst+id]').toArray()
  const cards = await cardsOf(db, rows.filter(rowFilter(filter)), nowMs)
  const open = cards.filter((card) => !isClosed(card))
  return filter.includeClosed ? [...open, ...cards.filter(isClosed)] : open
}

/** The first `limit` open needs, read in growing pieces so that a long board costs what is shown of it. */
const firstCards = async (
  db: NetworkDatabase,
  filter: NeedFilter,
  limit: number,
  nowMs: number,
): Promise<NeedCard[]> => {
  const isWanted = rowFilter(filter)
  const found: NeedCard[] = []
  let after: readonly unknown[] = [0]
  for (let size = Math.max(64, 2 * limit); found.length < limit; size *= 2) {
    const rows = await needsOf(db)
      .where('[boardRank+newestFirst+id]')
      .between(after, [2], false, false)
      .limit(size)
      .toArray()
    const cards = await cardsOf(db, rows.filter(isWanted), nowMs)
    found.push(...cards.filter((card) => !isClosed(card)))
    const last = rows.at(-1)
    if (!last || rows.length < size) break
    after = [last.boardRank, last.newestFirst, last.id]
  }
  return found.slice(0, limit)
}

/** For today first, then the newest. Covered needs stay on the board until they are done: they take reserves. */
export const needsOnBoard = async (
  db: NetworkDatabase,
  filter: NeedFilter,
  nowMs: number,
): Promise<NeedCard[]> => {
  const { limit, includeClosed, mine } = filter
  if (limit !== undefined && !includeClosed && !mine) return firstCards(db, filter, limit, nowMs)
  return (await allCards(db, filter, nowMs)).slice(0, limit)
}

export interface NeedView extends NeedCard {
  /** all of them, the released too, in no order; `status.places` has the order */
  claims: ClaimRow[]
  contact: ContactView
}

/** One need with everything about it, or undefined while it is not here. */
export const needById = async (
  db: NetworkDatabase,
  id: string,
  nowMs: number,
): Promise<NeedView | undefined> => {
  const need = await needsOf(db).get(id)
  if (!need) return undefined
  const claims = (await claimsByNeed(db, [id])).get(id) ?? []
  return { need, status: needStatus(need, claims, nowMs), claims, contact: await contactAbout(db, need) }
}
