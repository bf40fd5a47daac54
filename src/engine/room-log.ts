/** The log of one room: a Y.Doc kept by y-indexeddb. Only what went through the gate is appended. */

import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { type Bytes, copyBytes } from '../../sync-server/protocol/bytes.ts'
import {
  clientOfName,
  clientPrefix,
  type DeviceId,
  type ListName,
  prefixOfClient,
} from '../../sync-server/protocol/ids.ts'
import type { Lengths } from '../../sync-server/protocol/live.ts'
import { buildUpdate, type Run } from '../../sync-server/protocol/update.ts'
import type { DocumentChannel, LiveDocument } from '../sync/live/live-document.ts'
import { mendRoomDatabase, readDurableRuns } from './room-database.ts'

/** y-indexeddb's `whenSynced` never rejects: a database that does not answer within this is reported. */
const openTimeoutMs = 20_000
/** The provider of a live socket sends each document update whole, so they are applied in pieces [R21]. */
const pieceBytes = 64 * 1024

/** Splits runs so that each piece builds an update of about `pieceBytes`. */
const pieces = (runs: readonly Run[]): Run[][] => {
  const result: Run[][] = [[]]
  let size = 0
  for (const run of runs) {
    let from = 0
    run.entries.forEach((entry, i) => {
      size += entry.length
      if (size < pieceBytes) return
      result
        .at(-1)
        ?.push({ ...run, fromIndex: run.fromIndex + from, entries: run.entries.slice(from, i + 1) })
      result.push([])
      from = i + 1
      size = 0
    })
    const rest = run.entries.slice(from)
    if (rest.length > 0) result.at(-1)?.push({ ...run, fromIndex: run.fromIndex + from, entries: rest })
  }
  return result.filter((piece) => piece.length > 0)
}

export class RoomLog {
  readonly #doc: Y.Doc
  readonly #persistence: IndexeddbPersistence
  /** entries known to be on disk, by client */
  readonly #durable = new Map<number, number>()
  #lastKey = -1
  readonly #device: DeviceId
  /** the live socket that hears of what is appended */
  #channel: DocumentChannel | null = null

  private constructor(doc: Y.Doc, persistence: IndexeddbPersistence, device: DeviceId) {
    this.#doc = doc
    this.#persistence = persistence
    this.#device = device
  }

  /** Damaged rows are left out: the log is shorter then. Throws when the database does not open. */
  static async open(name: string, device: DeviceId): Promise<RoomLog> {
    await mendRoomDatabase(name)
    const doc = new Y.Doc({ gc: false })
    const persistence = new IndexeddbPersistence(name, doc)
    let timer: ReturnType<typeof setTimeout> | undefined
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`the log ${name} did not open`)), openTimeoutMs)
    })
    try {
      await Promise.race([persistence.whenSynced, tooLate])
    } finally {
      clearTimeout(timer)
    }
    return new RoomLog(doc, persistence, device)
  }

  length(list: ListName): number {
    return Y.getState(this.#doc.store, clientOfName(list))
  }

  entryAt(list: ListName, index: number): Uint8Array | null {
    return index < this.length(list) ? this.#array(list).get(index) : null
  }

  /** Copies of the entries from an index on. */
  entriesFrom(list: ListName, from: number): Bytes[] {
    return this.#array(list).slice(from).map(copyBytes)
  }

  /** The runs must continue what is here; what is here already changes nothing. Only own entries go out live. */
  append(runs: readonly Run[]): void {
    this.#apply(runs.filter((run) => this.#isOwn(run.client)))
    this.#apply(
      runs.filter((run) => !this.#isOwn(run.client)),
      this.#channel?.origin,
    )
  }

  /** From now on this channel hears of own entries, until the log closes or another one is attached. */
  attach(open: (document: LiveDocument) => DocumentChannel): void {
    this.#channel?.detach()
    this.#channel = open({ doc: this.#doc, ownBeyond: (lengths) => this.#ownBeyond(lengths) })
  }

  #isOwn(client: number): boolean {
    return prefixOfClient(client) === clientPrefix(this.#device)
  }

  #ownBeyond(lengths: Lengths): Bytes[] {
    const runs: Run[] = []
    for (const name of this.#doc.share.keys()) {
      const list = name as ListName
      const client = clientOfName(list)
      const fromIndex = lengths.get(client) ?? 0
      if (!this.#isOwn(client) || fromIndex >= this.length(list)) continue
      const entries = this.entriesFrom(list, fromIndex)
      runs.push({ client, list: fromIndex === 0 ? list : null, fromIndex, entries })
    }
    return pieces(runs).map(buildUpdate)
  }

  #apply(runs: readonly Run[], origin: unknown = null): void {
    for (const piece of pieces(runs)) {
      try {
        Y.applyUpdate(this.#doc, buildUpdate(piece), origin)
      } catch (error) {
        // thrown by y-indexeddb whose connection is gone, after the document took the piece: the barrier will say so
        if (!(error instanceof Error) || error.name !== 'InvalidStateError') throw error
      }
    }
  }

  /** True when everything appended so far is on disk; false when y-indexeddb lost a write (it does so silently). */
  async barrier(): Promise<boolean> {
    const expected = Y.decodeStateVector(Y.encodeStateVector(this.#doc))
    const database = this.#persistence.db
    if (!database) return false
    const { lastKey, runs } = await readDurableRuns(database, this.#lastKey)
    this.#lastKey = lastKey
    for (const { client, fromIndex, entries } of runs) {
      const held = this.#durable.get(client) ?? 0
      if (fromIndex <= held) this.#durable.set(client, Math.max(held, fromIndex + entries.length))
    }
    return [...expected].every(([client, length]) => (this.#durable.get(client) ?? 0) >= length)
  }

  async close(): Promise<void> {
    this.#channel?.detach()
    this.#channel = null
    await this.#persistence.destroy()
    this.#doc.destroy()
  }

  #array(list: ListName): Y.Array<Uint8Array> {
    return this.#doc.getArray<Uint8Array>(list)
  }
}
