/** Which rows of a table stand here already, or twice in the table itself: as the duplicates of the board are found. */

import { areaKey, fold } from '../../i18n/fold.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { isOver, needStatus } from '../claim/claim-order.ts'
import { claimsByNeed } from '../claim/claims-by-need.ts'
import { contactAbout } from '../contact/contact-about.ts'
import type { AddedNeed } from '../need/add-many.ts'
import { readMerges } from '../need/merges.ts'
import type { NeedRow } from '../need/need.ts'
import { needsOfPlace } from '../same-as/duplicates.ts'
import { type Compared, countWords, isLikely, likenessOf } from '../same-as/likeness.ts'

interface Place {
  compared: Compared[]
  counts: ReadonlyMap<string, number>
}

/** All that a row says, in one form: two rows with the same are one. */
export const rowKey = ({ need, contact }: AddedNeed): string =>
  [need.category, need.title, need.details, need.area, String(need.quantity), contact?.name, contact?.phone]
    .map((words) => fold(words ?? ''))
    .join('|')

const comparedOf = ({ need, contact }: AddedNeed): Compared => ({
  need: { title: need.title ?? '', details: need.details ?? '' },
  contact: contact && { name: contact.name ?? '', phone: contact.phone ?? '' },
})

/** Compares rows one after the other; reads each place of the network once. */
export class KnownNeeds {
  readonly #db: NetworkDatabase
  readonly #nowMs: number
  readonly #places = new Map<string, Place>()
  readonly #rows = new Map<string, number>()

  constructor(db: NetworkDatabase, nowMs: number) {
    this.#db = db
    this.#nowMs = nowMs
  }

  /** `here`: an open need that it may be; `above`: the same row stood further up. */
  async find(row: AddedNeed, index: number): Promise<'here' | 'above' | null> {
    const key = rowKey(row)
    const former = this.#rows.get(key)
    if (former === undefined) this.#rows.set(key, index)
    else if (former !== index) return 'above'
    const { compared, counts } = await this.#place(row)
    const self = comparedOf(row)
    const isHere = compared.some((other) =>
      isLikely(self, other, likenessOf(self, other, counts, compared.length)),
    )
    return isHere ? 'here' : null
  }

  async #place({ need }: AddedNeed): Promise<Place> {
    const asked = { category: need.category ?? 'other', areaKey: areaKey(need.area ?? '') }
    const key = `${asked.category} ${asked.areaKey}`
    const held = this.#places.get(key)
    if (held) return held
    const open = await this.#openOnes(await needsOfPlace(this.#db, asked))
    const compared: Compared[] = []
    for (const each of open) {
      compared.push({ need: each, contact: (await contactAbout(this.#db, each)).row })
    }
    const place = { compared, counts: countWords(open) }
    this.#places.set(key, place)
    return place
  }

  async #openOnes(needs: readonly NeedRow[]): Promise<NeedRow[]> {
    const claims = await claimsByNeed(
      this.#db,
      needs.map(({ id }) => id),
    )
    const { keptBy } = await readMerges(this.#db)
    return needs.filter(
      (need) => !keptBy.has(need.id) && !isOver(needStatus(need, claims.get(need.id) ?? [], this.#nowMs)),
    )
  }
}
