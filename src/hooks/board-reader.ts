/**
 * Reads the board of a network into memory: the first of it at once, the rest in idle pieces, and from then on what
 * changes. One for each open database, and it stays: coming back to the board shows it without reading.
 */

import { signal } from '@preact/signals'
import { Dexie, type ObservabilitySet, RangeSet } from 'dexie'
import { Board } from '../records/board/board.ts'
import type { NeedEntry } from '../records/board/need-filter.ts'
import type { ClaimRow } from '../records/claim/claim.ts'
import { claimsByNeed } from '../records/claim/claims-by-need.ts'
import { readMerges, sameAsTable } from '../records/need/merges.ts'
import type { NeedRow } from '../records/need/need.ts'
import type { OfferRow } from '../records/offer/offer.ts'
import type { NetworkDatabase } from '../storage/database.ts'

/** Read before the first paint where nothing was kept from the last time: as many as a screen shows. */
const firstRows = 24
/** Where the first of the board is kept for the next start, in the table `meta`. */
const keptKey = 'first-of-board'
/** So long the board is at rest before its first is kept. */
const keepAfterMs = 3000
/** Rows of one piece: nobody's finger waits for it, also on a slow phone; and of one while somebody waits for all. */
const pieceRows = { idle: 150, hurried: 600 }
/** While many rows change at once, such as in a first exchange, the board is read again no more often. */
const rereadMs = 1000

/** What says something about a need, and by which field. */
const sayingTables = { claims: 'needId', confirmations: 'needId', grants: 'aboutId' } as const
type SayingTable = keyof typeof sayingTables

interface Place {
  area: string
  areaKey: string
}

export interface BoardState {
  board: Board
  /** false while the rest is being read: lists are then as long as what is here, and counts are not known */
  isWhole: boolean
  /** where this person was the last time, which the order of the first cards goes by; undefined when nothing was kept */
  keptPlace?: Place | undefined
}

/** What stood first when the board was last seen: one row, so that the next start shows it after one read. */
interface Kept {
  needs: readonly NeedEntry[]
  place: Place | undefined
}

/** Ids whose rows changed; null: too many to be told apart. */
type Changed = Set<string> | null

const idsIn = (part: ObservabilitySet[string] | undefined): Changed => {
  const ids = new Set<string>()
  if (!part) return ids
  for (const { from, to } of RangeSet(part)) {
    if (from !== to) return null
    ids.add(String(from))
  }
  return ids
}

export class BoardReader {
  /** undefined until the first rows are here; a new value with each change */
  readonly state = signal<BoardState | undefined>(undefined)
  readonly failure = signal<unknown>(undefined)
  readonly #database: NetworkDatabase
  readonly #changed = new Map<string, Changed>()
  #isWorking = false
  #isHurried = false
  /** Says that the first of the board is painted. */
  readOn: () => void = () => undefined
  /** the rest may follow */
  readonly #isShown = new Promise<void>((resolve) => {
    this.readOn = resolve
  })
  #rereadAfter = 0
  #kept: Kept | undefined
  #keepTimer: ReturnType<typeof setTimeout> | undefined

  constructor(database: NetworkDatabase) {
    this.#database = database
    Dexie.on.storagemutated.subscribe(this.#noteChanges)
    void this.#work()
  }

  /** Somebody waits for all of it. */
  hurry(): void {
    this.#isHurried = true
    this.readOn()
  }

  /** What stands first on a board that is read whole, without any filter. */
  keep(kept: Kept): void {
    if (JSON.stringify(kept) === JSON.stringify(this.#kept)) return
    this.#kept = kept
    clearTimeout(this.#keepTimer)
    this.#keepTimer = setTimeout(() => {
      if (!this.#database.isOpen()) return
      // a start without it is slower, and nothing else
      this.#database.meta.put({ key: keptKey, value: kept }).catch((reason: unknown) => console.warn(reason))
    }, keepAfterMs)
  }

  readonly #noteChanges = (parts: ObservabilitySet): void => {
    if (!this.#database.isOpen()) return
    for (const table of ['needs', 'offers', sameAsTable, ...Object.keys(sayingTables)]) {
      const part = parts[`idb://${this.#database.name}/${table}/`]
      if (!part) continue
      const ids = idsIn(part)
      const held = this.#changed.get(table)
      this.#changed.set(table, held === null || ids === null ? null : new Set([...(held ?? []), ...ids]))
    }
    // who has just saved something looks at that first
    if (this.#changed.size > 0) void this.#pause().then(() => this.#work())
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return
    this.#isWorking = true
    try {
      if (!this.state.peek()) {
        await this.#showKept()
        await this.#readAll()
      }
      while (this.#changed.size > 0) {
        const changed = new Map(this.#changed)
        this.#changed.clear()
        if ([...changed.values()].includes(null)) await this.#readAgain()
        else await this.#take(changed as Map<string, Set<string>>)
      }
    } catch (reason) {
      // another network came onto the screen, and this one was closed
      if (!this.#database.isOpen()) Dexie.on.storagemutated.unsubscribe(this.#noteChanges)
      else this.failure.value = reason
    } finally {
      this.#isWorking = false
    }
  }

  /** It may be older than the rows: they replace it as soon as they are read. */
  async #showKept(): Promise<void> {
    const kept = (await this.#database.meta.get(keptKey))?.value as Kept | undefined
    if (!kept) return
    this.#kept = kept
    const board = new Board()
    const claims = new Map(kept.needs.map(({ need, claims }) => [String(need.id), claims]))
    board.putNeeds(
      kept.needs.map(({ need }) => need),
      claims,
      Date.now(),
    )
    this.state.value = { board, isWhole: false, keptPlace: kept.place }
  }

  async #readAgain(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#rereadAfter - Date.now()))
    this.#changed.clear()
    await this.#readAll()
    this.#rereadAfter = Date.now() + rereadMs
  }

  async #readAll(): Promise<void> {
    const board = new Board()
    // what was there before stays on the screen until all of the new is here
    const isFirst = this.state.peek()?.board.isEmpty ?? true
    const show = (isWhole: boolean) => {
      if (isFirst || isWhole) this.state.value = { board, isWhole }
    }
    if (!isFirst) await this.#isShown
    board.putMerged((await readMerges(this.#database)).keptBy)
    let needs = await this.#needsAfter(undefined, firstRows)
    board.putNeeds(needs, await this.#claimsOn(needs.map(({ id }) => id)), Date.now())
    if (needs.length === firstRows) {
      show(false)
      await this.#isShown
    }
    const claims = needs.length < firstRows ? noClaims : await this.#claimsOn('all')
    while (needs.length > 0) {
      await this.#pause()
      needs = await this.#needsAfter(needs.at(-1), this.#pieceRows)
      board.putNeeds(needs, claims, Date.now())
    }
    await this.#putOffers(board)
    show(true)
  }

  async #putOffers(board: Board): Promise<void> {
    let last = ''
    for (;;) {
      const limit = this.#pieceRows
      const offers = await this.#offers().where('id').above(last).limit(limit).toArray()
      board.putOffers(offers)
      const end = offers.at(-1)
      if (!end || offers.length < limit) return
      last = end.id
      await this.#pause()
    }
  }

  async #take(changed: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
    const state = this.state.peek()
    if (!state) return
    const { board } = state
    const needIds = [...(changed.get('needs') ?? [])]
    const offerIds = [...(changed.get('offers') ?? [])]
    const { keptBy } = await readMerges(this.#database)
    // what is said of one need is said of the one that it is shown as part of as well
    const isMergedAnew = board.putMerged(keptBy)
    const saidAbout = isMergedAnew ? null : await this.#needsOf(changed, keptBy)
    const needs = present(await this.#needs().bulkGet(needIds))
    const offers = present(await this.#offers().bulkGet(offerIds))
    const claims = await this.#claimsOn(saidAbout === null ? 'all' : [...needIds, ...saidAbout])
    board.drop([...needIds, ...offerIds])
    board.putNeeds(needs, claims, Date.now())
    board.putOffers(offers)
    board.putClaims(saidAbout ?? board.needIds, claims, Date.now())
    this.state.value = { ...state }
  }

  /** Needs that something was said about; null where a row is gone, and nothing tells which need it was on. */
  async #needsOf(
    changed: ReadonlyMap<string, ReadonlySet<string>>,
    keptBy: ReadonlyMap<string, string>,
  ): Promise<string[] | null> {
    const needIds: string[] = []
    for (const [table, field] of Object.entries(sayingTables) as [SayingTable, string][]) {
      const ids = [...(changed.get(table) ?? [])]
      const rows = await this.#database.table<Record<string, unknown>, string>(table).bulkGet(ids)
      if (rows.includes(undefined)) return null
      needIds.push(...rows.map((row) => String(row?.[field])))
    }
    return [...needIds, ...needIds.flatMap((id) => keptBy.get(id) ?? [])]
  }

  #needs() {
    return this.#database.table<NeedRow, string>('needs')
  }

  #offers() {
    return this.#database.table<OfferRow, string>('offers')
  }

  /** In the order of the board, the cancelled last. */
  #needsAfter(last: NeedRow | undefined, limit: number): PromiseLike<NeedRow[]> {
    const after = last ? [last.boardRank, last.newestFirst, last.id] : [0]
    return this.#needs().where('[boardRank+newestFirst+id]').above(after).limit(limit).toArray()
  }

  #claimsOn(needIds: readonly string[] | 'all'): Promise<Map<string, ClaimRow[]>> {
    return claimsByNeed(this.#database, needIds)
  }

  get #pieceRows(): number {
    return pieceRows[this.#isHurried ? 'hurried' : 'idle']
  }

  /** Lets the page answer a finger. */
  #pause(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isHurried || typeof requestIdleCallback !== 'function') setTimeout(resolve)
      else requestIdleCallback(() => resolve(), { timeout: 300 })
    })
  }
}

const noClaims: ReadonlyMap<string, ClaimRow[]> = new Map()
const present = <Row>(rows: readonly (Row | undefined)[]): Row[] => rows.filter((row) => row !== undefined)
