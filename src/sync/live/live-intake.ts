/**
 * Makes durable what live sockets bring, in the order in which it came: updates go into the inbox, and a cursor moves
 * only in the transaction that holds all that was sent before it [R20]. Then the replica takes the inbox.
 */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { RoomName } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import type { LiveReceipt } from '../../../sync-server/protocol/live.ts'
import { buildUpdate, parseUpdate, type Run } from '../../../sync-server/protocol/update.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { markDelivered } from '../../storage/outbox.ts'
import { listOfClient } from '../digests.ts'

export interface LiveIntakeParts {
  database: NetworkDatabase
  /** origin of the relay */
  relay: string
  /** takes the inbox through the gate */
  drain(): Promise<void>
  /** rooms of which something was taken */
  onTaken(rooms: ReadonlySet<RoomName>): void
  /** a receipt was heeded */
  onReceipt(room: RoomName): void
  /** `nonsense`: what came is no update, or of another relay than the one that was caught up with; else what the disk said */
  onFailure(error: unknown): void
}

interface Arrived {
  room: RoomName
  what: { update: Bytes } | { receipt: LiveReceipt }
  done(): void
}

/** Bytes that may wait for the disk: a phone that cannot keep up goes back to exchanges. */
const maxPendingBytes = 4 * limits.updateBytes

/** What one receipt takes in memory, about: an honest relay sends one for each growth. */
const receiptBytes = 1024

export class LiveNonsense extends Error {}

const isWithin = (run: Run, parked: readonly Run[]): boolean =>
  parked.some(
    ({ client, fromIndex, entries }) =>
      client === run.client &&
      fromIndex <= run.fromIndex &&
      run.fromIndex + run.entries.length <= fromIndex + entries.length,
  )

export class LiveIntake {
  readonly #parts: LiveIntakeParts
  readonly #arrived: Arrived[] = []
  #pendingBytes = 0
  #isRunning = false
  #last: Promise<void> | null = null
  #isClosed = false

  constructor(parts: LiveIntakeParts) {
    this.#parts = parts
  }

  /** Resolves when the update is durable and was taken, or will not be any more. */
  update(room: RoomName, update: Bytes): Promise<void> {
    this.#pendingBytes += update.length
    return this.#enqueue(room, { update })
  }

  receipt(room: RoomName, receipt: LiveReceipt): void {
    this.#pendingBytes += receiptBytes
    void this.#enqueue(room, { receipt })
  }

  /** What has not reached the disk yet is forgotten: no cursor says that it was read. */
  close(): void {
    this.#isClosed = true
    for (const { done } of this.#arrived.splice(0)) done()
  }

  /** Resolves when nothing of it runs any more. */
  async settled(): Promise<void> {
    await this.#last
  }

  #enqueue(room: RoomName, what: Arrived['what']): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    return new Promise((resolve) => {
      this.#arrived.push({ room, what, done: resolve })
      if (this.#pendingBytes > maxPendingBytes) this.#fail(new LiveNonsense('too much at once'))
      else if (!this.#isRunning) this.#last = this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#arrived.length > 0) {
      const batch = this.#arrived.splice(0)
      this.#pendingBytes = 0
      try {
        await this.#keep(batch)
      } catch (error) {
        this.#fail(error)
      }
      for (const { done } of batch) done()
    }
    // in the same turn as the last look at what has arrived: nothing falls between
    this.#isRunning = false
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return
    this.close()
    this.#parts.onFailure(error)
  }

  async #keep(batch: readonly Arrived[]): Promise<void> {
    const { database, drain, onTaken, onReceipt } = this.#parts
    const { inbox, cursors, meta, outbox, lists } = database
    const rooms = new Set<RoomName>()
    const heeded = new Set<RoomName>()
    await database.transaction('rw', [inbox, cursors, meta, outbox, lists], async () => {
      for (const { room, what } of batch) {
        // asked inside: a log that lost its end is let go of before its cursors are, and this would bring them back
        const isUpdate = 'update' in what
        const isKept = isUpdate
          ? await this.#keepUpdate(room, what.update)
          : await this.#heed(room, what.receipt)
        if (isKept) (isUpdate ? rooms : heeded).add(room)
      }
    })
    if (this.#isClosed) return
    if (rooms.size > 0) {
      await drain()
      onTaken(rooms)
    }
    for (const room of heeded) onReceipt(room)
  }

  /** What waits in the inbox already (a gap, an unknown author) comes again with every new socket: once is enough. */
  async #keepUpdate(room: RoomName, update: Bytes): Promise<boolean> {
    const { database, relay } = this.#parts
    const parsed = parseUpdate(update, limits.liveUpdateBytes)
    if (!parsed.ok) throw new LiveNonsense('not an update')
    const parked = await database.inbox.filter((row) => row.room === room && row.parked === 1).toArray()
    const waiting = parked.flatMap((row) => {
      const runs = parseUpdate(row.update)
      return runs.ok ? runs.value : []
    })
    const news = parsed.value.filter((run) => !isWithin(run, waiting))
    if (news.length === 0 || this.#isClosed) return false
    await database.inbox.add({ room, update: buildUpdate(news), source: relay, parked: 0 })
    return true
  }

  async #heed(room: RoomName, { relayId, seq, durable }: LiveReceipt): Promise<boolean> {
    const { database, relay } = this.#parts
    const known = await database.meta.get(`relay ${relay}`)
    if (known?.value !== relayId) throw new LiveNonsense('another relay')
    if (this.#isClosed) return false
    await database.cursors.put({ relay, room, cursor: seq })
    if ((await database.outbox.where({ room }).count()) === 0) return true
    for (const { client, length, head } of durable) {
      const list = await listOfClient(database, room, client)
      if (list) await markDelivered(database, { room, list, length, head })
    }
    return true
  }
}
