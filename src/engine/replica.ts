/**
 * The replica: this device's copy of one network. Local changes and those of others take the same way: outbox or inbox
 * → gate → room log → projection → rows. Jobs run one after another; `write` resolves when the entry is durable and
 * its row is visible.
 */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import {
  boardRoom,
  clientOfList,
  type ListName,
  type NetworkId,
  parseListName,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import type { SealedNetwork } from '../../sync-server/protocol/statement.ts'
import { type Run, runsOf } from '../../sync-server/protocol/update.ts'
import { importVerifyKey } from '../../sync-server/protocol/verify.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import type { Membership } from '../records/record-type.ts'
import { rowFormat } from '../records/row-format.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { Mirror } from '../storage/mirror.ts'
import { forgetUnsent, isUnsent, markLogged, unsentFrom } from '../storage/outbox.ts'
import type { ListRow, OutboxRow } from '../storage/schema.ts'
import type { DocumentChannel, LiveDocument } from '../sync/live/live-document.ts'
import { ContentKeys } from './content-keys.ts'
import { learnAwaited } from './granted-contacts.ts'
import { HeldLists } from './held-lists.ts'
import { inRoom } from './in-room.ts'
import { Inbox } from './inbox.ts'
import { Intake } from './intake.ts'
import { Keyring, type Receiver } from './keyring.ts'
import { membershipBy } from './membership.ts'
import { forgottenLists, putIntoInbox } from './mirror-ahead.ts'
import { type OtherHistory, regainedOperations } from './other-history.ts'
import { closeCut, draftsAgain, openCuts, operationsBehind } from './own-cuts.ts'
import { keepFork } from './people/kept-forks.ts'
import { projectAgain, projectOwed, type Reduction } from './projection.ts'
import { RoomLogs } from './room-logs.ts'
import { RosterBook } from './roster-book.ts'
import { RosterRefresh } from './roster-refresh.ts'
import { sealingAgain } from './sealing-again.ts'
import { Serial } from './serial.ts'
import { type LaterRecords, TypeBook } from './type-book.ts'
import { type EntryDraft, Writer } from './writer.ts'

export interface ReplicaParts {
  database: NetworkDatabase
  network: NetworkId
  prefix: string
  keys: DeviceKeys
  mirror: Mirror
  lease: number
  /** corrected clock, ms */
  now(): number
  currentMonth(): RoomName
  /** keys of an invite whose wraps may be opened until this device has its own */
  inviteReceiver(): Promise<Receiver | null>
  /** the code of types that nobody needs in his first minutes; rejects where it does not come */
  importLaterRecords(): Promise<LaterRecords>
  /** the roster was reduced again; `about` is null while the network's own key is not here */
  onRoster(about: SealedNetwork | null): Promise<void>
  /** gives back what was set aside for a full disk; false where nothing was */
  freeRoom(): Promise<boolean>
  onMirrorFailure(error: unknown): void
  /** the disk did not take what is in memory, again and again: the outbox has it and the next start goes on */
  onLogFailure(error: unknown): void
}

/** Barriers in a row that may fail before this is reported instead of tried again. */
const maxLostWrites = 3

export class Replica {
  readonly #parts: ReplicaParts
  readonly #serial = new Serial()
  readonly #logs: RoomLogs
  readonly #intake: Intake
  readonly #inbox: Inbox
  readonly #refresh: RosterRefresh
  #lostWrites = 0
  #isClosed = false
  readonly held: HeldLists
  readonly book: RosterBook
  readonly keyring: Keyring
  readonly content: ContentKeys
  readonly writer: Writer
  readonly members: Membership
  readonly rowsBy: Reduction

  constructor(parts: ReplicaParts) {
    const { database, network, prefix, keys } = parts
    this.#parts = parts
    this.held = new HeldLists(database)
    this.book = new RosterBook(database, network)
    this.keyring = new Keyring(database, network)
    this.writer = new Writer(parts)
    this.members = membershipBy(() => this.book.roster)
    const { members, book } = this
    this.rowsBy = { members, types: new TypeBook(parts.importLaterRecords) }
    const { rowsBy } = this
    this.content = new ContentKeys({ database, network, members, me: keys, roster: () => book.roster })
    const { held, keyring, content } = this
    const onShortened = (room: RoomName) => this.#fillAgain(room)
    this.#logs = new RoomLogs({ database, network, device: keys.device, prefix, held, onShortened })
    this.#intake = new Intake({
      database,
      network,
      logs: this.#logs,
      held,
      book,
      keyring,
      content,
      rowsBy,
      me: keys.device,
      onOwnGrew: (row) => this.#ownGrew(row),
      onFork: async (fork, author) => {
        // in its place others have built upon what stands there: ours, which nobody has, goes without a word
        if (author === keys.device && fork.room === rosterRoom && (await isUnsent(database, fork))) return
        const signKey = this.book.signKeyOf(author)
        if (signKey) await keepFork(database, { ...fork, signKey })
      },
    })
    const receivers = async () => [keys, await parts.inviteReceiver()].filter((receiver) => receiver !== null)
    this.#refresh = new RosterRefresh({
      database,
      network,
      book,
      keyring,
      rowsBy,
      me: keys.device,
      receivers,
    })
    this.#inbox = new Inbox({
      database,
      intake: this.#intake,
      onRosterGrew: () => this.#rosterGrew(),
      barrier: (room) => this.#barrier(room),
    })
  }

  /** Takes up what an earlier run left: own entries that were saved and not logged, the inbox, logs that lost their end. */
  start(): Promise<void> {
    // beside the start: what a person sees first does not wait for it
    this.readLater().catch(this.#parts.onLogFailure)
    return this.#serial.run(async () => {
      await this.keyring.load()
      await this.content.load()
      await this.writer.load()
      await this.book.load()
      await this.#refresh.load()
      await this.#renewRows()
      const unlogged = await this.#unlogged()
      // the fall may have come between outbox and mirror
      await this.writer.mirror(unlogged)
      await this.#takeOwn(unlogged)
      for (const room of [rosterRoom, boardRoom, this.#parts.currentMonth()]) await this.#logs.get(room)
      await this.#rosterGrew()
      await this.#recall()
      await this.#inbox.drain()
    })
  }

  /**
   * Saves, then shows: see the head of this file. What is in the outbox is saved, also where the disk is too full for
   * its row: to say that it failed would have it written twice. The next start shows it.
   */
  write(drafts: readonly EntryDraft[], replaces: readonly number[] = []): Promise<OutboxRow[]> {
    return this.#serial.run(async () => {
      const rows = await this.writer.commit(drafts, replaces)
      await inRoom(() => this.#takeOwn(rows), this.#parts.freeRoom).catch(this.#parts.onLogFailure)
      return rows
    })
  }

  /** Takes everything that transports have put into the inbox. */
  drain(): Promise<void> {
    return this.#serial.run(async () => {
      await this.#inbox.drain()
      for (const other of this.#intake.takeOthers()) {
        await this.#leaveList(other.room, other.list, other.index)
        await this.#regain(other)
        // statements say what they come after, and cannot be sealed again: nobody will ever take these
        if (other.room === rosterRoom) await forgetUnsent(this.#parts.database, other)
      }
      const unlogged = await this.#unlogged()
      if (unlogged.length > 0) await this.#takeOwn(unlogged)
    })
  }

  /** Where the code of later types is here, their records that came before it get rows; else after another exchange. */
  async readLater(): Promise<void> {
    const { types } = this.rowsBy
    if (!(await types.fetchLater()).ok) return
    await this.#serial.run(async () => {
      if (!this.#isClosed) await projectOwed(this.#parts.database, this.rowsBy)
    })
  }

  /** Copies of a list's entries from an index on, or null when this phone holds none there. */
  runFrom(room: RoomName, list: ListName, from: number): Promise<Run | null> {
    return this.#serial.run(async () => {
      const key = parseListName(list)
      const log = await this.#logs.get(room)
      const entries = log.entriesFrom(list, from)
      if (!key || entries.length === 0) return null
      return { client: clientOfList(key), list: from === 0 ? list : null, fromIndex: from, entries }
    })
  }

  headAfter(room: RoomName, list: ListName, length: number): Promise<Uint8Array> {
    return this.#serial.run(async () => this.#logs.headAfter(room, await this.#logs.get(room), list, length))
  }

  /** Keys out of a backup, those of chains and of single records; what they open is there when this resolves. */
  adopt(keys: readonly Bytes[], contentKeys: readonly Bytes[]): Promise<void> {
    return this.#serial.run(async () => {
      await this.keyring.adopt(keys, this.book.roster)
      await this.content.adopt(contentKeys)
      await this.#rosterGrew()
      await this.#inbox.drain()
    })
  }

  /** Gives a live socket the document of a room; who closes the room detaches it. */
  attach(room: RoomName, open: (document: LiveDocument) => DocumentChannel): Promise<void> {
    return this.#serial.run(async () => (await this.#logs.get(room)).attach(open))
  }

  /** Entries that were refused for good since the start. */
  get refusedCount(): number {
    return this.#inbox.counts.malformed + this.#inbox.counts.refused
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.#serial.settled()
    await this.#logs.close()
    await this.#parts.mirror.close()
  }

  /** Rows are a copy: where another version of the app made them they are made again. */
  async #renewRows(): Promise<void> {
    const { meta } = this.#parts.database
    if ((await meta.get('rowFormat'))?.value === rowFormat.version) return
    await projectAgain(this.#parts.database, this.rowsBy)
    await meta.put({ key: 'rowFormat', value: rowFormat.version })
  }

  #unlogged(): Promise<OutboxRow[]> {
    return this.#parts.database.outbox.filter(({ logged }) => logged === 0).toArray()
  }

  /** Own entries go through the gate like all others; the outbox keeps them until the barrier has held. */
  async #takeOwn(rows: readonly OutboxRow[]): Promise<void> {
    const rooms = new Set(rows.map(({ room }) => room))
    for (const room of rooms) {
      const own = rows.filter((row) => row.room === room).sort((a, b) => a.index - b.index)
      await this.#intake.take(room, runsOf(own))
      this.#inbox.grew(room)
    }
    if (rooms.has(rosterRoom)) await this.#rosterGrew()
    // rows are visible now; the barrier is the next job and nobody waits for it
    this.#serial.run(() => this.#settleOwn(rooms, rows)).catch(this.#parts.onLogFailure)
  }

  /** What is in the log behind its barrier is said to be; what still waits for a hole to fill stays for later. */
  async #settleOwn(rooms: ReadonlySet<RoomName>, rows: readonly OutboxRow[]): Promise<void> {
    let isDurable = true
    for (const room of rooms) isDurable = (await this.#barrier(room)) && isDurable
    if (!isDurable) return this.#takeOwn(await this.#unlogged())
    const logged: number[] = []
    for (const row of rows) {
      const { id, room, list, index } = row
      const isHeld = index < (await this.held.get(room, list)).length
      if (id !== undefined && isHeld && this.writer.isMirrored(row)) logged.push(id)
    }
    await markLogged(this.#parts.database, logged)
  }

  async #barrier(room: RoomName): Promise<boolean> {
    const log = await this.#logs.get(room)
    // a phone that slept comes back without its connections to the database: as if a write was lost
    const lost = await log.barrier().then(
      (held) => (held ? null : { cause: undefined }),
      (cause: unknown) => ({ cause }),
    )
    if (!lost) {
      this.#lostWrites = 0
      return true
    }
    this.#lostWrites++
    if (this.#lostWrites > maxLostWrites)
      throw new Error(`the log of ${room} does not reach the disk`, { cause: lost.cause })
    await this.#logs.reopen(room)
    return false
  }

  async #rosterGrew(): Promise<void> {
    await this.#parts.onRoster(await this.#refresh.run())
    this.#inbox.grew(rosterRoom)
    await this.#writeCutAgain()
    await learnAwaited(this.#parts.database, this.content)
    await this.#intake.openWaiting()
  }

  /**
   * A log that lost its end: own entries come back from mirror and outbox, those of others from relays (cursors are 0
   * now). Where both have lost them, the next own entries begin a new list: nobody may see two histories of one.
   */
  async #fillAgain(room: RoomName): Promise<void> {
    const { mirror, database, keys } = this.#parts
    const isOwn = ({ list }: { list: ListName }) => parseListName(list)?.device === keys.device
    const records = (await mirror.readAll()).filter((record) => record.room === room && isOwn(record))
    const rows = await database.outbox.where({ room }).toArray()
    // an earlier try to join may have left a mirror, but no outbox, of another device
    for (const kept of [records, rows])
      await this.#intake.take(room, runsOf(kept.sort((a, b) => a.index - b.index)))
    const own = this.writer.ownList(room)
    const length = own && (await this.held.get(room, own.list)).length
    if (own && length !== undefined && length < own.nextIndex) await this.#leaveList(room, own.list, length)
  }

  /** A database that lost its end: what the mirror knows beyond it comes in again, and is not written a second time. */
  async #recall(): Promise<void> {
    const { mirror, database, keys } = this.#parts
    const isOwn = ({ list }: { list: ListName }) => parseListName(list)?.device === keys.device
    const records = (await mirror.readAll()).filter(isOwn)
    this.writer.avoid(records.map(({ list }) => list))
    const forgotten = await forgottenLists(records, this.held)
    for (const { room, list, index, entries } of forgotten) {
      const own = this.writer.ownList(room)
      if (own?.list === list && own.nextIndex < index + entries.length)
        await this.writer.beginGeneration(room)
    }
    await putIntoInbox(database, forgotten)
  }

  /** Entries of our own that we did not know of: the disk was set back, and who went on with this list was us. */
  async #ownGrew({ room, list, length }: ListRow): Promise<void> {
    const own = this.writer.ownList(room)
    if (own?.list === list && length > own.nextIndex) await this.writer.beginGeneration(room)
  }

  /** What this phone wrote in a life that it does not remember is written by it once more: then it knows it again. */
  async #regain(other: OtherHistory): Promise<void> {
    const { database, network, keys } = this.#parts
    const log = await this.#logs.get(other.room)
    const previous = await this.#logs.headAfter(other.room, log, other.list, other.index)
    const key = await importVerifyKey(keys.signPublic)
    if (!key || other.room === rosterRoom) return
    const place = { database, network, keys: this, key, previous: new Uint8Array(previous) }
    const drafts = draftsAgain(await regainedOperations(other, place), other.room, this, this.book.roster)
    if (drafts.length > 0) await this.#takeOwn(await this.writer.commit(drafts))
  }

  /** What somebody has found to be two histories of an own list: who lived twice says all that he said once more. */
  async #writeCutAgain(): Promise<void> {
    const { database, keys } = this.#parts
    const { roster } = this.book
    if (!roster.devices.has(keys.device)) return
    for (const cut of await openCuts(database, roster, keys.device)) {
      await this.#leaveList(cut.room, cut.list, cut.index)
      const drafts = draftsAgain(await operationsBehind(database, cut), cut.room, this, roster)
      const rows = drafts.length > 0 ? await this.writer.commit(drafts) : []
      // first: taking own entries comes here again
      await closeCut(database, cut)
      await this.#takeOwn(rows)
    }
  }

  /**
   * The next own entries begin a new list, and what no relay has said to hold from `index` on goes into it: in the old
   * one it would wait for ever behind a hole, or be another history of what somebody has already.
   */
  async #leaveList(room: RoomName, list: ListName, index: number): Promise<void> {
    if (this.writer.ownList(room)?.list === list) await this.writer.beginGeneration(room)
    const left = await unsentFrom(this.#parts.database, { room, list, index })
    const { drafts, replaced } = sealingAgain(left, room, this, this.book.roster)
    if (drafts.length === 0) return
    await this.#takeOwn(await this.writer.commit(drafts, replaced))
    // after the new ones: what stood behind the hole is in no log any more
    const { operations } = this.#parts.database
    const gone = left.filter(({ id }) => id !== undefined && replaced.includes(id)).map(({ index }) => index)
    await operations
      .filter((row) => row.room === room && row.list === list && gone.includes(row.index))
      .delete()
  }
}
