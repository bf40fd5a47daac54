/** Pairs of open needs that may be one, as screens ask for them; for Dexie's liveQuery. */

import { areaKey } from '../../i18n/fold.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { isOver, needStatus } from '../claim/claim-order.ts'
import { claimsByNeed } from '../claim/claims-by-need.ts'
import { contactAbout } from '../contact/contact-about.ts'
import { allHidings } from '../hiding/queries.ts'
import { readMerges, type SameAsRow, sameAsTable } from '../need/merges.ts'
import { type NeedRow, needType } from '../need/need.ts'
import { type Compared, countWords, isLikely, type Likeness, likenessOf } from './likeness.ts'

export interface Pair {
  /** the older one */
  first: NeedRow
  second: NeedRow
  likeness: Likeness
}

/** The newest needs are compared with all others of their category and place: what came with an exchange is among them. */
const lookedAt = 80
/** Of one place and category so many of the newest. */
const maxOfPlace = 60
/** As many as a person compares at one time. */
const maxPairs = 20
/** Words alone make a pair worth a look at names and phones from here on. */
const worthALook = 0.2

const needsOf = (db: NetworkDatabase) => db.table<NeedRow, string>(needType.table)

/** A category by its key or id. */
interface NeedPlace {
  category: string
  areaKey: string
}

const placeKey = ({ category, areaKey }: NeedPlace): string => `${category} ${areaKey}`
export const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`)

/** Not cancelled, of one category; of the place itself and those that name none. */
export const needsOfPlace = async (
  db: NetworkDatabase,
  { category, areaKey }: NeedPlace,
): Promise<NeedRow[]> => {
  const read = (area: string) =>
    needsOf(db)
      .where('[category+areaKey+newestFirst]')
      .between([category, area, -Infinity], [category, area, Infinity])
      .limit(maxOfPlace)
      .toArray()
  const named = areaKey === '' ? [] : await read(areaKey)
  return [...named, ...(await read(''))].filter(({ cancelled, confidential }) => !cancelled && !confidential)
}

/** What two coordinators hid is put before nobody in another way. */
const hiddenIds = async (db: NetworkDatabase): Promise<ReadonlySet<string>> =>
  new Set([...(await allHidings(db))].flatMap(([id, { state }]) => (state === 'hidden' ? [id] : [])))

const saidAbout = async (db: NetworkDatabase): Promise<ReadonlySet<string>> => {
  const rows = await db.table<SameAsRow, string>(sameAsTable).toArray()
  return new Set(rows.map(({ keepId, otherId }) => pairKey(keepId, otherId)))
}

const newestNeeds = async (db: NetworkDatabase): Promise<NeedRow[]> => {
  const index = needsOf(db)
  const ranks = await Promise.all(
    [0, 1].map((rank) =>
      index
        .where('[boardRank+newestFirst+id]')
        .between([rank], [rank + 1], false, false)
        .limit(lookedAt)
        .toArray(),
    ),
  )
  const open = ranks.flat().filter(({ confidential }) => !confidential)
  return open.sort((a, b) => b.createdAt - a.createdAt)
}

interface Rough {
  a: NeedRow
  b: NeedRow
  counts: ReadonlyMap<string, number>
  inPlace: number
}

/** Pairs whose words are alike enough to read their names and phones. */
const roughPairs = (
  fresh: readonly NeedRow[],
  byPlace: ReadonlyMap<string, readonly NeedRow[]>,
  isSettled: (a: string, b: string) => boolean,
): Rough[] => {
  const found = new Map<string, Rough & { words: number }>()
  const countsByPlace = new Map([...byPlace].map(([key, place]) => [key, countWords(place)]))
  for (const a of fresh) {
    const place = byPlace.get(placeKey(a)) ?? []
    const counts = countsByPlace.get(placeKey(a)) ?? new Map<string, number>()
    for (const b of place) {
      const key = pairKey(a.id, b.id)
      if (a.id === b.id || found.has(key) || isSettled(a.id, b.id)) continue
      const like = likenessOf(
        { need: a, contact: undefined },
        { need: b, contact: undefined },
        counts,
        place.length,
      )
      const isBare = a.title === '' || b.title === ''
      if (isBare || like.words >= worthALook)
        found.set(key, { a, b, counts, inPlace: place.length, words: like.words })
    }
  }
  return [...found.values()].sort((x, y) => y.words - x.words).slice(0, 4 * maxPairs)
}

const withContact = async (db: NetworkDatabase, need: NeedRow): Promise<Compared> => ({
  need,
  contact: (await contactAbout(db, need)).row,
})

/** `mine`: only pairs of which this person wrote one; undefined for a coordinator. The surest first. */
export const likelyPairs = async (db: NetworkDatabase, nowMs: number, mine?: string): Promise<Pair[]> => {
  const [newest, said, merges] = [await newestNeeds(db), await saidAbout(db), await readMerges(db)]
  const hidden = await hiddenIds(db)
  const isAway = (id: string): boolean => merges.keptBy.has(id) || hidden.has(id)
  const fresh = newest.filter(({ id, creator }) => !isAway(id) && (mine === undefined || creator === mine))
  const byPlace = new Map<string, NeedRow[]>()
  for (const need of fresh.slice(0, lookedAt)) {
    const key = placeKey(need)
    if (!byPlace.has(key)) byPlace.set(key, await needsOfPlace(db, need))
  }
  const rough = roughPairs(fresh.slice(0, lookedAt), byPlace, (a, b) => said.has(pairKey(a, b)) || isAway(b))
  const compared = new Map<string, Compared>()
  for (const need of rough.flatMap(({ a, b }) => [a, b])) {
    if (!compared.has(need.id)) compared.set(need.id, await withContact(db, need))
  }
  const claims = await claimsByNeed(db, [...compared.keys()])
  const isOpen = (need: NeedRow): boolean => !isOver(needStatus(need, claims.get(need.id) ?? [], nowMs))
  return rough
    .filter(({ a, b }) => isOpen(a) && isOpen(b))
    .flatMap(({ a, b, counts, inPlace }): Pair[] => {
      const [left, right] = [compared.get(a.id) as Compared, compared.get(b.id) as Compared]
      const likeness = likenessOf(left, right, counts, inPlace)
      if (!isLikely(left, right, likeness)) return []
      const [first, second] = a.createdAt <= b.createdAt ? [a, b] : [b, a]
      return [{ first, second, likeness }]
    })
    .sort((x, y) => sureness(y.likeness) - sureness(x.likeness))
    .slice(0, maxPairs)
}

const sureness = ({ samePhone, sameName, words }: Likeness): number =>
  (samePhone ? 2 : 0) + (sameName ? 1 : 0) + words

/** Open needs that what is being typed may already be told by: the surest two. */
export const alreadyTold = async (
  db: NetworkDatabase,
  typed: { category: string; area: string; title: string; name: string; phone: string },
  nowMs: number,
): Promise<NeedRow[]> => {
  const [place, merges] = [
    await needsOfPlace(db, { category: typed.category, areaKey: areaKey(typed.area) }),
    await readMerges(db),
  ]
  const hidden = await hiddenIds(db)
  const shown = place.filter(({ id }) => !merges.keptBy.has(id) && !hidden.has(id))
  const counts = countWords(shown)
  const self: Compared = {
    need: { title: typed.title, details: '' },
    contact: { name: typed.name, phone: typed.phone },
  }
  const found: { need: NeedRow; sure: number }[] = []
  for (const need of shown) {
    const rough = likenessOf(self, { need, contact: undefined }, counts, shown.length)
    if (rough.words < worthALook && typed.phone === '' && typed.name === '') continue
    const other = await withContact(db, need)
    const like = likenessOf(self, other, counts, shown.length)
    if (isLikely(self, other, like)) found.push({ need, sure: sureness(like) })
  }
  const claims = await claimsByNeed(
    db,
    found.map(({ need }) => need.id),
  )
  return found
    .filter(({ need }) => !isOver(needStatus(need, claims.get(need.id) ?? [], nowMs)))
    .sort((a, b) => b.sure - a.sure)
    .slice(0, 2)
    .map(({ need }) => need)
}
