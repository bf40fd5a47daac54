/** Seals, signs and makes durable what this device writes: outbox first, then the mirror, and only then is it saved. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { concatBytes, equalBytes, randomBytes } from '../../sync-server/protocol/bytes.ts'
import {
  contextOf,
  encodeUnsigned,
  headHash,
  noHead,
  type Position,
  type Sealed,
} from '../../sync-server/protocol/entry.ts'
import {
  type ListName,
  listNameOf,
  type NetworkId,
  parseListName,
  type RoomName,
} from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import type { DeviceKeys } from '../crypto/device-keys.ts'
import { type SealingKey, seal } from '../crypto/seal.ts'
import { sign } from '../crypto/sign.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { Mirror } from '../storage/mirror.ts'
import type { OutboxRow, OwnListRow } from '../storage/schema.ts'
import { inRoom } from './in-room.ts'

/** One entry to be written. */
export interface EntryDraft {
  room: RoomName
  kind: number
  publicPart: Bytes
  /** what is sealed, and under which key; null for an entry without a sealed part */
  secret: { key: SealingKey & { audience: string }; plaintext: Bytes } | null
  recordIds: string[]
}

export interface WriterParts {
  database: NetworkDatabase
  network: NetworkId
  keys: DeviceKeys
  mirror: Mirror
  /** checked inside the transaction: a leader that was replaced writes nothing more */
  lease: number
  now(): number
  /** gives back what was set aside for a full disk; false where nothing was */
  freeRoom(): Promise<boolean>
  /** the mirror could not take a copy: the entry is durable in the outbox, the person is told that the disk is full */
  onMirrorFailure(error: unknown): void
}

/** This device is no longer the one that writes. */
export class LeaseLost extends Error {}

export class EntryTooLarge extends Error {}

export class Writer {
  readonly #parts: WriterParts
  readonly #lists = new Map<RoomName, OwnListRow>()
  /** rows that the mirror did not take: tried again with the next ones */
  readonly #unmirrored = new Set<OutboxRow>()
  /** names that a new list may not have */
  #taken: ReadonlySet<ListName> = new Set()

  constructor(parts: WriterParts) {
    this.#parts = parts
  }

  async load(): Promise<void> {
    for (const row of await this.#parts.database.ownLists.toArray()) this.#lists.set(row.room, row)
  }

  /** The next own entries of a room go to a new list: this phone cannot prove that it holds all of the old one. */
  async beginGeneration(room: RoomName): Promise<void> {
    const row = this.#newList(room)
    await this.#parts.database.ownLists.put(row)
    this.#lists.set(room, row)
  }

  /** These were written before, and perhaps forgotten: to begin them anew would be a fork. */
  avoid(lists: readonly ListName[]): void {
    this.#taken = new Set(lists)
  }

  ownList(room: RoomName): OwnListRow | undefined {
    return this.#lists.get(room)
  }

  /**
   * Writes all drafts or none. Resolves with their outbox rows once they are durable in the outbox and mirrored;
   * rejects with {@link LeaseLost}, {@link EntryTooLarge} or what IndexedDB gives (a full disk). `replaces`: outbox
   * rows that these stand for, deleted in the same transaction.
   */
  async commit(drafts: readonly EntryDraft[], replaces: readonly number[] = []): Promise<OutboxRow[]> {
    let { rows, lists } = await this.#sealAll(drafts)
    if (!(await this.#storeInRoom(rows, [...lists.values()], replaces))) {
      await this.load()
      ;({ rows, lists } = await this.#sealAll(drafts))
      if (!(await this.#storeInRoom(rows, [...lists.values()], replaces)))
        throw new Error('own lists do not stand still')
    }
    for (const [room, own] of lists) this.#lists.set(room, own)
    await this.mirror(rows)
    return rows
  }

  async #sealAll(
    drafts: readonly EntryDraft[],
  ): Promise<{ rows: OutboxRow[]; lists: Map<RoomName, OwnListRow> }> {
    const lists = new Map<RoomName, OwnListRow>()
    const rows: OutboxRow[] = []
    for (const draft of drafts) {
      const own = lists.get(draft.room) ?? this.#lists.get(draft.room) ?? this.#newList(draft.room)
      const row = await this.#seal(draft, own)
      rows.push(row)
      lists.set(draft.room, { ...own, nextIndex: own.nextIndex + 1, head: row.head })
    }
    return { rows, lists }
  }

  /** A commit that is told as failed has gone through where the disk says so: it would be written twice otherwise. */
  async #isStored(lists: readonly OwnListRow[]): Promise<boolean> {
    const onDisk = await this.#parts.database.ownLists.toArray()
    return lists.every(({ room, head }) =>
      onDisk.some((row) => row.room === room && equalBytes(row.head, head)),
    )
  }

  /** Where the disk is full, once more in the room that was set aside. */
  #storeInRoom(rows: OutboxRow[], lists: OwnListRow[], replaces: readonly number[]): Promise<boolean> {
    return inRoom(() => this.#store(rows, lists, replaces), this.#parts.freeRoom)
  }

  /**
   * False, with nothing written, where the disk is ahead of memory: a commit that was told as failed when the database
   * was ended under it had gone through, and a second entry for its index would be a fork.
   */
  #store(rows: OutboxRow[], lists: OwnListRow[], replaces: readonly number[]): Promise<boolean> {
    const { database, lease } = this.#parts
    const stored = database.transaction('rw', database.meta, database.outbox, database.ownLists, async () => {
      const current = await database.meta.get('lease')
      if (current?.value !== lease) throw new LeaseLost('another tab writes now')
      const onDisk = await database.ownLists.bulkGet(lists.map(({ room }) => room))
      const isAhead = lists.some(({ room }, i) => {
        const known = this.#lists.get(room)
        return onDisk[i]?.list !== known?.list || onDisk[i]?.nextIndex !== known?.nextIndex
      })
      if (isAhead) return false
      await database.outbox.bulkDelete([...replaces])
      const ids = await database.outbox.bulkAdd(rows, { allKeys: true })
      rows.forEach((row, i) => {
        const id = ids[i]
        if (id !== undefined) row.id = id
      })
      await database.ownLists.bulkPut(lists)
      return true
    })
    return stored.catch(async (error: unknown) => {
      // where nothing can be read either, the first failure says more
      const isStored = !(error instanceof LeaseLost) && (await this.#isStored(lists).catch(() => false))
      if (!isStored) throw error
      return true
    })
  }

  /** Copies rows into the mirror, those that it did not take before as well; never rejects. */
  async mirror(rows: readonly OutboxRow[]): Promise<void> {
    const missing = [...this.#unmirrored, ...rows]
    if (missing.length === 0) return
    try {
      await inRoom(() => this.#parts.mirror.append(missing), this.#parts.freeRoom)
      this.#unmirrored.clear()
    } catch (error) {
      for (const row of rows) this.#unmirrored.add(row)
      this.#parts.onMirrorFailure(error)
    }
  }

  /** False while the outbox is the only place that has it: it stays there. */
  isMirrored({ id }: OutboxRow): boolean {
    return ![...this.#unmirrored].some((row) => row.id === id)
  }

  async #seal(draft: EntryDraft, own: OwnListRow): Promise<OutboxRow> {
    const { network, keys, now } = this.#parts
    const { room, kind, publicPart, secret, recordIds } = draft
    const list = parseListName(own.list)
    if (!list) throw new Error('an own list has a list name')
    const position: Position = { network, room, list, index: own.nextIndex, previous: own.head }
    const context = contextOf(position)
    let sealed: Sealed | null = null
    if (secret) sealed = await seal(secret.key, context, kind, publicPart, secret.plaintext)
    const unsigned = encodeUnsigned(kind, publicPart, sealed)
    const entry = concatBytes(unsigned, await sign(keys.signKey, concatBytes(context, unsigned)))
    if (entry.length > limits.entryBytes) throw new EntryTooLarge(`${entry.length} bytes`)
    const again = secret && { kind, audience: secret.key.audience, plaintext: secret.plaintext }
    const head = await headHash(position, unsigned)
    return {
      room,
      list: own.list,
      index: own.nextIndex,
      entry,
      head,
      recordIds,
      savedAt: now(),
      logged: 0,
      delivered: 0,
      again,
    }
  }

  #newList(room: RoomName): OwnListRow {
    const generation = randomBytes(1)[0] ?? 0
    const list = listNameOf({ device: this.#parts.keys.device, generation })
    // the same number again would go on writing the list that was given up
    if (this.#lists.get(room)?.list === list || this.#taken.has(list)) return this.#newList(room)
    return { room, list, nextIndex: 0, head: noHead() }
  }
}
