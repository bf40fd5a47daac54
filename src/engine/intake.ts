/**
 * The one way in: own entries and those of others take it alike. Gate → room log → projection → barrier; an inbox or
 * outbox row is let go of only behind the barrier. What waits for a gap or an author is parked and tried again when
 * the roster or the list grows [R3].
 */

import { copyBytes } from '../../sync-server/protocol/bytes.ts'
import { entryKind, noHead, parseEntry } from '../../sync-server/protocol/entry.ts'
import { type HeldList, type JudgedEntry, type Judgement, judgeRun } from '../../sync-server/protocol/gate.ts'
import {
  type DeviceId,
  generationOfClient,
  isDeviceId,
  type ListKey,
  type ListName,
  listNameOf,
  type NetworkId,
  parseListName,
  prefixOfClient,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { parseStatement } from '../../sync-server/protocol/statement-codec.ts'
import { isStatementProven, opensRosterList } from '../../sync-server/protocol/statement-proof.ts'
import { type Run, runsOf } from '../../sync-server/protocol/update.ts'
import { importVerifyKey, type SubtleKey } from '../../sync-server/protocol/verify.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { ListRow, OperationRow } from '../storage/schema.ts'
import type { ContentKeys } from './content-keys.ts'
import { learnGranted } from './granted-contacts.ts'
import type { HeldLists } from './held-lists.ts'
import type { Keyring } from './keyring.ts'
import { openEntries } from './opening.ts'
import type { OtherHistory } from './other-history.ts'
import type { ProvenFork } from './people/kept-forks.ts'
import { project, type Reduction } from './projection.ts'
import type { RoomLog } from './room-log.ts'
import type { RoomLogs } from './room-logs.ts'
import type { RosterBook } from './roster-book.ts'
import type { TakenEntry } from './taken-entry.ts'

export interface IntakeParts {
  database: NetworkDatabase
  network: NetworkId
  logs: RoomLogs
  held: HeldLists
  book: RosterBook
  keyring: Keyring
  content: ContentKeys
  rowsBy: Reduction
  me: DeviceId
  /** an own list grew; what this phone did not know of shows that its disk was set back to an earlier day */
  onOwnGrew(row: ListRow): Promise<void>
  /** two histories of one list, signed by its device [R6] */
  onFork(fork: Omit<ProvenFork, 'signKey'>, author: DeviceId): Promise<void>
}

/** What became of one run. */
export interface RunOutcome {
  taken: TakenEntry[]
  /** what has to wait for a gap or an author */
  left: Run | null
  /** refused for good: a bad signature, a fork, nonsense */
  refused: 'fork' | 'signature' | 'malformed' | null
}

const nothing: RunOutcome = { taken: [], left: null, refused: null }

export class Intake {
  readonly #parts: IntakeParts
  /** own lists of which somebody holds another history: this phone lived twice */
  readonly #others: OtherHistory[] = []

  constructor(parts: IntakeParts) {
    this.#parts = parts
  }

  /** Other histories of own lists that came since this was last asked. */
  takeOthers(): OtherHistory[] {
    return this.#others.splice(0)
  }

  /**
   * Takes runs of one room through the gate into log and rows. A run of a list that is here more than once continues
   * what the earlier one added. Resolves when rows are visible; the barrier is the caller's to wait for.
   */
  async take(room: RoomName, runs: readonly Run[]): Promise<RunOutcome[]> {
    const log = await this.#parts.logs.get(room)
    const lists = new Map<ListName, ListRow>()
    const outcomes: RunOutcome[] = []
    for (const run of runs) {
      const outcome = await this.#judge(room, log, lists, run)
      outcomes.push(outcome)
      const last = outcome.taken.at(-1)
      if (last) lists.set(last.list, { room, list: last.list, length: last.index + 1, head: last.head })
    }
    const taken = outcomes.flatMap((outcome) => outcome.taken)
    if (taken.length > 0) await this.#store(room, log, taken, [...lists.values()])
    return outcomes
  }

  /** Opens what waits under any key that is here, whenever it came: the phone may have fallen between the two. */
  async openWaiting(): Promise<void> {
    const { database, network, keyring, content, rowsBy, me } = this.#parts
    const keyIds = [...keyring.keyIds(), ...content.keyIds()]
    const waiting = await database.waiting.where('keyId').anyOf(keyIds).toArray()
    const taken: TakenEntry[] = []
    for (const { room, list, index, entry, previous } of waiting) {
      const parsed = parseEntry(entry)
      const key = parseListName(list)
      if (!parsed.ok || !key) continue
      taken.push({
        room,
        list,
        key,
        index,
        bytes: copyBytes(entry),
        entry: parsed.value,
        previous,
        head: noHead(),
      })
    }
    if (taken.length === 0) return
    const { operations } = await openEntries(network, this.#parts, taken)
    const opened = waiting.map(({ room, list, index }): [string, string, number] => [room, list, index])
    await project(database, { lists: [], statements: [], operations, waiting: [], opened }, rowsBy, me)
    await this.#openGranted(operations)
  }

  /** Contacts that grants among these operations, or grants that waited for them, give to this phone. */
  async #openGranted(operations: readonly OperationRow[]): Promise<void> {
    const { database, content } = this.#parts
    if (await learnGranted(database, content, operations)) await this.openWaiting()
  }

  async #store(room: RoomName, log: RoomLog, taken: TakenEntry[], lists: ListRow[]): Promise<void> {
    const { database, network, held, rowsBy, me, onOwnGrew } = this.#parts
    log.append(runsOf(taken.map(({ list, index, bytes }) => ({ list, index, entry: bytes }))))
    const isRoster = room === rosterRoom
    const opened = isRoster ? { operations: [], waiting: [] } : await openEntries(network, this.#parts, taken)
    const statements = isRoster
      ? taken.map(({ list, index, bytes, head }) => ({ list, index, entry: bytes, head }))
      : []
    const { operations, waiting } = opened
    await project(database, { lists, statements, operations, waiting, opened: [] }, rowsBy, me)
    held.keep(lists)
    await this.#openGranted(operations)
    for (const row of lists) if (parseListName(row.list)?.device === me) await onOwnGrew(row)
  }

  async #judge(room: RoomName, log: RoomLog, lists: Map<ListName, ListRow>, run: Run): Promise<RunOutcome> {
    const { me } = this.#parts
    const list = this.#listOf(room, run)
    if (!list) return { ...nothing, left: run }
    // two devices with the same first 45 bits would write one Yjs client id: the later one is void
    const namesake = this.#parts.book.deviceOfPrefix(prefixOfClient(run.client), true)
    if (namesake && namesake !== list.device) return { ...nothing, refused: 'malformed' }
    const name = listNameOf(list)
    const row = lists.get(name) ?? (await this.#parts.held.get(room, name))
    if (row.length === 0 && (await this.#hasTooManyLists(room, list)))
      return { ...nothing, refused: 'malformed' }
    if (list.device === me && this.#isOfOther(room, name, run)) return { ...nothing, refused: 'fork' }
    const key = await this.#keyOf(room, list, row, run)
    if (key === 'refused') return { ...nothing, refused: 'signature' }
    if (!key) return { ...nothing, left: run }
    const bounded = this.#boundAsker(room, list, run)
    const { network, logs } = this.#parts
    const held: HeldList = {
      ...row,
      entryAt: async (index) => log.entryAt(name, index),
      headBefore: (index) => logs.headAfter(room, log, name, index),
    }
    const judgement = await judgeRun({ network, room, list, held, key, run: bounded })
    const { accepted, skipped, stop } = room === rosterRoom ? await this.#proven(list, judgement) : judgement
    if (stop?.reason === 'fork' && stop.proven) {
      const { index } = stop
      const theirs = bounded.entries.slice(index - bounded.fromIndex).map(copyBytes)
      if (list.device === me) this.#others.push({ room, list: name, index, entries: theirs })
      await this.#tellFork(room, list, log, theirs[0], index)
    }
    const taken = accepted.map((judged, i) =>
      toTaken(room, list, judged, i === 0 ? row.head : accepted[i - 1]?.head),
    )
    const done = stop?.reason === 'gap' ? 0 : skipped + accepted.length
    const isWaiting = stop === null || stop.reason === 'gap'
    const left = isWaiting && done < run.entries.length ? restOf(run, name, done) : null
    return { taken, left, refused: isWaiting ? null : (stop?.reason as RunOutcome['refused']) }
  }

  /** True where the run goes on with another history that has just come: it may take several. */
  #isOfOther(room: RoomName, list: ListName, run: Run): boolean {
    const other = this.#others.findLast((one) => one.room === room && one.list === list)
    if (!other) return false
    const held = other.index + other.entries.length - run.fromIndex
    if (run.fromIndex <= other.index || held < 0) return false
    other.entries.push(...run.entries.slice(held).map(copyBytes))
    return true
  }

  async #tellFork(
    room: RoomName,
    key: ListKey,
    log: RoomLog,
    theirs: Uint8Array | undefined,
    index: number,
  ): Promise<void> {
    const list = listNameOf(key)
    const ours = log.entryAt(list, index)
    if (!ours || !theirs) return
    const previous = copyBytes(await this.#parts.logs.headAfter(room, log, list, index))
    const entries = [copyBytes(ours), copyBytes(theirs)] as const
    await this.#parts.onFork({ room, list, index, previous, entries }, key.device)
  }

  /** Roster entries up to the first whose proof does not hold. */
  async #proven({ device }: ListKey, judgement: Judgement): Promise<Judgement> {
    for (const [i, { index, entry }] of judgement.accepted.entries()) {
      if (await isStatementProven(this.#parts.network, device, entry)) continue
      return { ...judgement, accepted: judgement.accepted.slice(0, i), stop: { reason: 'signature', index } }
    }
    return judgement
  }

  /** An asker's fifth entry waits until somebody admits him, or says to have seen it while he was in [R5]. */
  #boundAsker(room: RoomName, list: ListKey, run: Run): Run {
    if (room !== rosterRoom || !this.#isAsker(list, run)) return run
    const end = Math.max(limits.askerEntries, this.#parts.book.namedLength(listNameOf(list)))
    return { ...run, entries: run.entries.slice(0, Math.max(0, end - run.fromIndex)) }
  }

  /** Not admitted, and not the founder whose genesis this run brings. */
  #isAsker({ device }: ListKey, run: Run): boolean {
    const { book } = this.#parts
    if (book.isAdmitted(device) || book.hasCard(device)) return false
    const first = run.fromIndex === 0 ? run.entries[0] : undefined
    const entry = first && parseEntry(first)
    const statement = entry?.ok ? parseStatement(entry.value.publicPart) : null
    return !(statement?.ok && statement.value.type === 'genesis')
  }

  #listOf(room: RoomName, run: Run): ListKey | null {
    if (run.list) return parseListName(run.list)
    const device = this.#parts.book.deviceOfPrefix(prefixOfClient(run.client), room === rosterRoom)
    return device && isDeviceId(device) ? { device, generation: generationOfClient(run.client) } : null
  }

  async #hasTooManyLists(room: RoomName, { device }: ListKey): Promise<boolean> {
    const lists = await this.#parts.held.ofRoom(room)
    let count = 0
    for (const [name, { length }] of lists) if (length > 0 && parseListName(name)?.device === device) count++
    return count >= limits.generations
  }

  /** The author's key: from the roster, or out of the genesis or ask that opens a roster list. Null = not known yet. */
  async #keyOf(room: RoomName, list: ListKey, row: ListRow, run: Run): Promise<SubtleKey | null | 'refused'> {
    const { book, network } = this.#parts
    if (room !== rosterRoom) return book.isAdmitted(list.device) ? book.verifyKeyOf(list.device) : null
    const known = await book.verifyKeyOf(list.device)
    if (known) return known
    const first = run.fromIndex === 0 && row.length === 0 ? run.entries[0] : undefined
    if (!first) return null
    const entry = parseEntry(first)
    if (!entry.ok) return 'refused'
    const { kind, publicPart } = entry.value
    const statement = kind === entryKind.statement ? parseStatement(publicPart) : null
    // whoever was let in by a card begins with anything: the statement that names him may be on its way
    if (!statement?.ok || !('signKey' in statement.value) || statement.value.type === 'fork') return null
    if (!(await opensRosterList(network, list.device, statement.value, publicPart))) return 'refused'
    return importVerifyKey(statement.value.signKey)
  }
}

const toTaken = (room: RoomName, key: ListKey, judged: JudgedEntry, previous = noHead()): TakenEntry => ({
  room,
  list: listNameOf(key),
  key,
  index: judged.index,
  bytes: judged.bytes,
  entry: judged.entry,
  previous,
  head: judged.head,
})

const restOf = (run: Run, list: ListName, done: number): Run => {
  const fromIndex = run.fromIndex + done
  return {
    client: run.client,
    list: fromIndex === 0 ? list : null,
    fromIndex,
    entries: run.entries.slice(done),
  }
}
