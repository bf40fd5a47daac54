/** The board in memory: needs and offers as their tables have them, in order, found by filters and by words at once. */

import type { Category } from '../categories.ts'
import type { ClaimRow } from '../claim/claim.ts'
import { isOver, needStatus } from '../claim/claim-order.ts'
import { compareText } from '../compare-text.ts'
import type { NeedRow } from '../need/need.ts'
import type { NeedCard } from '../need/queries.ts'
import type { OfferRow } from '../offer/offer.ts'
import { type OfferCard, offerState } from '../offer/queries.ts'
import { fitsNeedFilter, fitsState, isArchived, type NeedEntry, type NeedFilter } from './need-filter.ts'
import { WordIndex } from './word-index.ts'

export interface OfferFilter {
  kind?: string | undefined
  areaKey?: string | undefined
  /** only those that this person made */
  creator?: string | undefined
  /** those that ended or whose time has passed, instead of the others */
  isOver?: boolean | undefined
  text?: string | undefined
  /** kinds whose word in the person's language fits `text` */
  textKinds?: readonly string[] | undefined
  /** the same of categories of need that it is for */
  textCategories?: readonly string[] | undefined
  /** `areaKey` of the place whose offers stand first */
  nearKey?: string | undefined
}

/** The first of a list, and how many there are in all. */
export interface Found<Card> {
  cards: readonly Card[]
  total: number
}

export interface BoardCounts {
  /** needs that the board lists: neither met nor cancelled */
  listedNeeds: number
  /** met or cancelled, without those in the archive */
  overNeeds: number
  /** over for so long that the board does not list them any more */
  archivedNeeds: number
  openOffers: number
  /** offers that ended or whose time has passed */
  overOffers: number
}

interface OfferEntry {
  offer: OfferRow
  text: number
}

/** For today first, then the newest; then by id. */
const compareNeeds = ({ need: a }: NeedEntry, { need: b }: NeedEntry): number =>
  a.boardRank - b.boardRank || a.newestFirst - b.newestFirst || compareText(a.id, b.id)
const lastChangedFirst = ({ need: a }: NeedEntry, { need: b }: NeedEntry): number =>
  b.updatedAt - a.updatedAt || compareText(a.id, b.id)
const compareOffers = ({ offer: a }: OfferEntry, { offer: b }: OfferEntry): number =>
  a.newestFirst - b.newestFirst || compareText(a.id, b.id)

/** What coordinators hid from this person, who goes on reading what he wrote himself. */
export interface Unread {
  ids: ReadonlySet<string>
  reader: string
}

const nothing: Unread = { ids: new Set(), reader: '' }

const isUnread = ({ id, creator }: { id: string; creator: string }, { ids, reader }: Unread): boolean =>
  ids.has(id) && creator !== reader

/**
 * A list, and beside it what each letter of a search asks of all of it: reaching into thousands of rows takes a slow phone
 * longer than finding the words.
 */
interface InOrder<Entry> {
  entries: readonly Entry[]
  /** numbers of their texts in the index of words */
  texts: Int32Array
  /** what is shown of them by words of the screen: one list for each kind of such a word */
  labels: readonly (readonly string[])[]
}

const ordered = <Entry extends { text: number }>(
  entries: readonly Entry[],
  ...labels: readonly ((entry: Entry) => string)[]
): InOrder<Entry> => ({
  entries,
  texts: Int32Array.from(entries, ({ text }) => text),
  labels: labels.map((label) => entries.map(label)),
})

/** Those with the words, or with one of the labels (`wanted`: as many lists as `labels`); all of them without words. */
const withWords = <Entry>(
  { entries, texts, labels }: InOrder<Entry>,
  words: Uint8Array | null,
  wanted: readonly (readonly string[])[],
): readonly Entry[] => {
  if (words === null) return entries
  const asked = labels.flatMap((of, kind) => (wanted[kind]?.length ? [{ of, wanted: wanted[kind] }] : []))
  const found: Entry[] = []
  texts.forEach((text, at) => {
    if (words[text] === 1 || asked.some(({ of, wanted }) => wanted.includes(of[at] as string)))
      found.push(entries[at] as Entry)
  })
  return found
}

/** Texts of former rows may stay in the index of words until they are as many as the present ones. */
const maxFormer = 500

/** The same card for the same entry at the same time, so that screens need not draw it again. */
class CardsOfMinute<Entry extends object, Card> {
  #cards = new WeakMap<Entry, Card>()
  #nowMs = Number.NaN

  get(entry: Entry, nowMs: number, make: (entry: Entry) => Card): Card {
    if (nowMs !== this.#nowMs) this.#cards = new WeakMap()
    this.#nowMs = nowMs
    const card = this.#cards.get(entry) ?? make(entry)
    this.#cards.set(entry, card)
    return card
  }
}

export class Board {
  readonly #needs = new Map<string, NeedEntry>()
  readonly #offers = new Map<string, OfferEntry>()
  #needOrder: InOrder<NeedEntry> | null = null
  #offerOrder: InOrder<OfferEntry> | null = null
  readonly #needCards = new CardsOfMinute<NeedEntry, NeedCard>()
  readonly #offerCards = new CardsOfMinute<OfferEntry, OfferCard>()
  #merged: ReadonlyMap<string, string> = new Map()
  #needWords = new WordIndex()
  #offerWords = new WordIndex()

  get isEmpty(): boolean {
    return this.#needs.size === 0 && this.#offers.size === 0
  }

  get needIds(): readonly string[] {
    return [...this.#needs.keys()]
  }

  need(id: string): NeedRow | undefined {
    return this.#needs.get(id)?.need
  }

  /** `claims`: by need, as `claimsByNeed` gives them. */
  putNeeds(rows: readonly NeedRow[], claims: ReadonlyMap<string, readonly ClaimRow[]>, nowMs: number): void {
    for (const need of rows) {
      const former = this.#needs.get(need.id)
      const text = former?.need.search === need.search ? former.text : this.#needWords.add(need.search)
      const onIt = claims.get(need.id) ?? []
      this.#needs.set(need.id, { need, claims: onIt, isOver: isOver(needStatus(need, onIt, nowMs)), text })
    }
    this.#needOrder = null
    if (this.#needWords.count > 2 * this.#needs.size + maxFormer) {
      this.#needWords = new WordIndex()
      for (const entry of this.#needs.values()) entry.text = this.#needWords.add(entry.need.search)
    }
  }

  /** Those of these needs that are here, with other claims. */
  putClaims(
    needIds: readonly string[],
    claims: ReadonlyMap<string, readonly ClaimRow[]>,
    nowMs: number,
  ): void {
    const held = needIds.flatMap((id) => this.#needs.get(id)?.need ?? [])
    this.putNeeds(held, claims, nowMs)
  }

  /** Needs that are shown as part of another one (`mergesOf`), and so not by themselves; true when they are others than before. */
  putMerged(keptBy: ReadonlyMap<string, string>): boolean {
    const former = JSON.stringify([...this.#merged])
    this.#merged = keptBy
    this.#needOrder = null
    return JSON.stringify([...keptBy]) !== former
  }

  putOffers(rows: readonly OfferRow[]): void {
    for (const offer of rows) {
      const former = this.#offers.get(offer.id)
      const text = former?.offer.search === offer.search ? former.text : this.#offerWords.add(offer.search)
      this.#offers.set(offer.id, { offer, text })
    }
    this.#offerOrder = null
    if (this.#offerWords.count > 2 * this.#offers.size + maxFormer) {
      this.#offerWords = new WordIndex()
      for (const entry of this.#offers.values()) entry.text = this.#offerWords.add(entry.offer.search)
    }
  }

  drop(ids: readonly string[]): void {
    for (const id of ids) {
      this.#needs.delete(id)
      this.#offers.delete(id)
    }
    this.#needOrder = null
    this.#offerOrder = null
  }

  /**
   * Urgent ones, of them the near, then the newest; what is over: what changed last. `unread`: whose words find nothing,
   * for they are not shown.
   */
  needs(filter: NeedFilter, nowMs: number, limit: number, unread = nothing): Found<NeedCard> {
    const words = this.#needWords.find(filter.text ?? '')
    const { nearKey, textCategories = [] } = filter
    const fits = withWords(this.#needsInOrder(), words, [textCategories]).filter(
      (entry) =>
        (words === null || !isUnread(entry.need, unread)) &&
        fitsNeedFilter(entry, filter) &&
        (filter.closed === undefined || isArchived(entry, nowMs) === (filter.closed === 'before')) &&
        ((filter.state !== 'open' && filter.state !== 'covered') ||
          fitsState(needStatus(entry.need, entry.claims, nowMs), filter)),
    )
    if (filter.state === 'met' || filter.state === 'cancelled' || filter.state === 'over')
      fits.sort(lastChangedFirst)
    const inOrder = nearKey === undefined ? fits : nearFirst(fits, nearKey)
    const cards = inOrder.slice(0, limit).map((entry) =>
      this.#needCards.get(entry, nowMs, ({ need, claims }) => ({
        need,
        status: needStatus(need, claims, nowMs),
      })),
    )
    return { cards, total: fits.length }
  }

  /** The first of the list without a filter, to be shown at the next start. */
  firstNeeds(nearKey: string | undefined, count: number): NeedEntry[] {
    const listed = this.#needsInOrder().entries.filter(({ isOver }) => !isOver)
    return (nearKey === undefined ? listed : nearFirst(listed, nearKey)).slice(0, count)
  }

  /** The near ones, then the newest. */
  offers(filter: OfferFilter, nowMs: number, limit: number, unread = nothing): Found<OfferCard> {
    const words = this.#offerWords.find(filter.text ?? '')
    const { kind, areaKey, creator, isOver = false, textKinds = [], textCategories = [], nearKey } = filter
    const fits = withWords(this.#offersInOrder(), words, [textKinds, textCategories]).filter(
      ({ offer }) =>
        (words === null || !isUnread(offer, unread)) &&
        (kind === undefined || offer.kind === kind) &&
        (areaKey === undefined || offer.areaKey === areaKey) &&
        (creator === undefined || offer.creator === creator) &&
        (offerState(offer, nowMs) !== 'open') === isOver,
    )
    const isNear = ({ offer }: OfferEntry): boolean => offer.areaKey === nearKey
    const inOrder =
      nearKey === undefined ? fits : [...fits.filter(isNear), ...fits.filter((one) => !isNear(one))]
    const cards = inOrder
      .slice(0, limit)
      .map((entry) =>
        this.#offerCards.get(entry, nowMs, ({ offer }) => ({ offer, state: offerState(offer, nowMs) })),
      )
    return { cards, total: fits.length }
  }

  counts(nowMs: number): BoardCounts {
    const needs = this.#needsInOrder().entries
    const offers = [...this.#offers.values()]
    const listedNeeds = needs.filter((entry) => !entry.isOver).length
    const archivedNeeds = needs.filter((entry) => isArchived(entry, nowMs)).length
    const openOffers = offers.filter(({ offer }) => offerState(offer, nowMs) === 'open').length
    return {
      listedNeeds,
      overNeeds: needs.length - listedNeeds - archivedNeeds,
      archivedNeeds,
      openOffers,
      overOffers: offers.length - openOffers,
    }
  }

  /** Of needs that are not over, the most frequent first. */
  categories(): Category[] {
    const counts = new Map<Category, number>()
    for (const { need, isOver } of this.#needsInOrder().entries)
      if (!isOver) counts.set(need.category, (counts.get(need.category) ?? 0) + 1)
    return [...counts].sort((a, b) => b[1] - a[1]).map(([category]) => category)
  }

  /** Where needs that are not over and all offers are, each as it was written. */
  places(): Pick<NeedRow, 'area' | 'areaKey' | 'creator'>[] {
    const needs = this.#needsInOrder()
      .entries.filter(({ isOver }) => !isOver)
      .map(({ need }) => need)
    return [...needs, ...[...this.#offers.values()].map(({ offer }) => offer)]
  }

  #needsInOrder(): InOrder<NeedEntry> {
    this.#needOrder ??= ordered(
      [...this.#needs.values()].filter(({ need }) => !this.#merged.has(need.id)).sort(compareNeeds),
      ({ need }) => need.category,
    )
    return this.#needOrder
  }

  #offersInOrder(): InOrder<OfferEntry> {
    this.#offerOrder ??= ordered(
      [...this.#offers.values()].sort(compareOffers),
      ({ offer }) => offer.kind,
      ({ offer }) => offer.category ?? '',
    )
    return this.#offerOrder
  }
}

/** Within one rank those of the place stand first. */
const nearFirst = (entries: readonly NeedEntry[], nearKey: string): NeedEntry[] => {
  const groups: NeedEntry[][] = [[], [], [], [], [], []]
  for (const entry of entries)
    groups[2 * entry.need.boardRank + (entry.need.areaKey === nearKey ? 0 : 1)]?.push(entry)
  return groups.flat()
}
