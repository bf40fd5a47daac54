/**
 * The order of roster statements: seniors first, each with its causes before it.
 *
 * Of all lists with something to say the one whose author is most senior (place of the person's admission in the order
 * so far, then of the device's) comes next, of two asks the one that was made earlier, then the one with the least head
 * hash; what it must come after is put before it by the same rule. So a coordinator's `cancel` stands before every ask
 * that he had not seen when he wrote it, however those were made, and an ask that he had seen cannot be pushed out by
 * one that turns up later. What stands behind a cut of its list has no place, and nothing waits for it.
 */

import { type Bytes, compareBytes } from './bytes.ts'
import { type DeviceId, type ListName, parseListName } from './ids.ts'
import type { EntriesByList } from './roster-causes.ts'
import { inviteIdOf, type Statement } from './statement.ts'

/** One entry of the roster room; `statement` is null for wraps and whatever is no statement. */
export interface RosterEntry {
  list: ListName
  index: number
  head: Bytes
  statement: Statement | null
}

/** One list: its entries without a hole from index 0 on. */
export interface Line {
  author: DeviceId
  entries: RosterEntry[]
  /** entries that are in the order; wraps and the like have no place of their own and are passed over */
  done: number
  /** {@link OrderView.rankOf} its author, once there is one */
  rank: number | null
  /** what the entry at this index has to wait for: looked up once, then only less of it is left */
  waits: { index: number; causes: Cause[] } | null
}

/** A list that has to grow to this length first; null = it is not here. */
interface Cause {
  line: Line | null
  length: number
}

/** What the order asks of the roster as reduced so far. */
export interface OrderView {
  /** lower = more senior; null for who was never admitted */
  rankOf(author: DeviceId): number | null
  hasInvite(inviteId: string): boolean
}

/** Lengths beyond which lists do not count. */
export type RosterCuts = ReadonlyMap<ListName, number>

const nobody = Number.MAX_SAFE_INTEGER

export class RosterOrder {
  /** statements that may find a place: those given, each once, but for what stands behind a cut */
  readonly statements: number
  readonly #lines = new Map<ListName, Line>()
  /** lines with something left to say */
  readonly #pending = new Set<Line>()
  /** where each invite stands, also behind holes */
  readonly #invites = new Map<string, { list: ListName; index: number }[]>()
  readonly #cuts: RosterCuts
  readonly #view: OrderView

  constructor(lists: EntriesByList, cuts: RosterCuts, view: OrderView) {
    this.#view = view
    this.#cuts = cuts
    let statements = 0
    for (const [list, byIndex] of lists) {
      const author = parseListName(list)?.device
      if (!author) continue
      const end = cuts.get(list) ?? Number.POSITIVE_INFINITY
      const line: Line = { author, entries: [], done: 0, rank: null, waits: null }
      for (let entry = byIndex.get(0); entry && entry.index < end; entry = byIndex.get(line.entries.length))
        line.entries.push(entry)
      this.#lines.set(list, line)
      this.#pending.add(line)
      passOver(line)
      for (const { statement, index } of byIndex.values()) {
        if (index >= end || !statement) continue
        statements++
        if (statement.type === 'invite') this.#noteInvite(inviteIdOf(statement.key), list, index)
      }
    }
    this.statements = statements
  }

  /** The statement whose turn it is, or null when all that is left waits for what is not here. */
  next(): { line: Line; entry: RosterEntry; statement: Statement } | null {
    for (const line of this.#pending) if (line.done === line.entries.length) this.#pending.delete(line)
    const tried = new Set<Line>()
    // most often the most senior leads to a statement: finding it is cheaper than sorting all
    const line = this.#readyAmong(this.#mostSenior(), tried) ?? this.#readyAmong([...this.#pending], tried)
    const entry = line?.entries[line.done]
    return line && entry?.statement ? { line, entry, statement: entry.statement } : null
  }

  /** Puts the statement that {@link next} gave into the order. */
  pass(line: Line): void {
    line.done++
    passOver(line)
  }

  /** Entries of each list that are in the order so far. */
  lengths(): Map<ListName, number> {
    return new Map([...this.#lines].map(([list, { done }]) => [list, done]))
  }

  #noteInvite(id: string, list: ListName, index: number): void {
    const places = this.#invites.get(id) ?? []
    this.#invites.set(id, places)
    places.push({ list, index })
  }

  #compare(a: Line, b: Line): number {
    const difference = this.#rankOf(a) - this.#rankOf(b)
    if (difference !== 0) return difference
    const [one, other] = [a.entries[a.done], b.entries[b.done]]
    const earlier = askedAtS(one) - askedAtS(other)
    return earlier || compareBytes(one?.head ?? new Uint8Array(), other?.head ?? new Uint8Array())
  }

  #mostSenior(): Line[] {
    let best: Line | null = null
    for (const line of this.#pending) if (!best || this.#compare(best, line) > 0) best = line
    return best ? [best] : []
  }

  #rankOf(line: Line): number {
    line.rank ??= this.#view.rankOf(line.author)
    return line.rank ?? nobody
  }

  /** The first of these lines that is ready, or that leads to one by its causes; with a stack of its own, as causes
   * may follow each other thousands deep. */
  #readyAmong(lines: readonly Line[], tried: Set<Line>): Line | null {
    const ranked = (some: readonly Line[]): Line[] => [...some].sort((a, b) => this.#compare(b, a))
    const levels = [ranked(lines)]
    for (let level = levels.at(-1); level; level = levels.at(-1)) {
      const line = level.pop()
      if (!line) levels.pop()
      const statement = line?.entries[line.done]?.statement
      if (!line || !statement || tried.has(line)) continue
      tried.add(line)
      const causes = this.#unmetCauses(line, statement)
      if (causes.length === 0) return line
      levels.push(ranked(causes.map((cause) => cause.line).filter((cause) => cause !== null)))
    }
    return null
  }

  /** What has to grow before this statement can have its place. */
  #unmetCauses(line: Line, statement: Statement): Cause[] {
    if (statement.type === 'ask' && this.#view.hasInvite(inviteIdOf(statement.inviteKey))) return []
    const waits = line.waits?.index === line.done ? line.waits.causes : this.#causesOf(statement)
    const causes = waits.filter((cause) => !cause.line || cause.line.done < cause.length)
    line.waits = { index: line.done, causes }
    return causes
  }

  #causesOf(statement: Statement): Cause[] {
    // an ask whose invite is on its way waits for it; one whose invite is nowhere, or void, is judged at once
    const after: readonly (readonly [ListName, number])[] =
      statement.type === 'ask'
        ? (this.#invites.get(inviteIdOf(statement.inviteKey)) ?? []).map(({ list, index }) => [
            list,
            index + 1,
          ])
        : 'after' in statement
          ? statement.after
          : []
    const causes = after.map(([list, length]) => ({
      line: this.#lines.get(list) ?? null,
      // a cut list grows no further
      length: Math.min(length, this.#cuts.get(list) ?? length),
    }))
    return causes.filter(({ length }) => length > 0)
  }
}

/** Claimed time of an ask: of two that nobody saw, who asked first goes first. Other statements do not compare by time. */
const askedAtS = (entry: RosterEntry | undefined): number =>
  entry?.statement?.type === 'ask' ? entry.statement.atS : 0

const passOver = (line: Line): void => {
  while (line.done < line.entries.length && line.entries[line.done]?.statement === null) line.done++
}
