/**
 * What goes out on one live socket, in an order that receipts can rely on [R20]: a single loop pulls rows from the
 * room's log whenever the line has room, so nothing is skipped and a slow reader costs no memory.
 */

import type { Bytes } from '../protocol/bytes.ts'
import type { DeviceId } from '../protocol/ids.ts'
import { limits } from '../protocol/limits.ts'
import { encodeReceipt, encodeStep1, encodeSync, type Lengths } from '../protocol/live.ts'
import { buildUpdate, type Run } from '../protocol/update.ts'
import type { LiveLine } from './live-line.ts'
import { type LiveRoom, type LiveRow, messagesOf } from './live-room.ts'

export interface LiveSender {
  /** Step 1 came: sends what lies beyond, then, the first time, the relay's own step 1. */
  answer(lengths: Lengths): void
  /** These came on this socket: they are not sent back. */
  brought(runs: readonly Run[]): void
  /** A receipt goes out once all that is in the log by then was sent. */
  oweReceipt(): void
  /** The log grew. */
  wake(): void
  /** The line may have room again. */
  drained(): void
  stop(): void
}

export interface SenderOptions {
  readonly relayId: string
  readonly device: DeviceId
  readonly room: LiveRoom
  readonly line: LiveLine
  /** the store could not be read; the sender has stopped */
  readonly onFailure: (cause: unknown) => void
}

/** Nothing more is queued on a line that holds so much already. */
const highWaterBytes = 256 * 1024

class Sender implements LiveSender {
  readonly #options: SenderOptions
  /** what the other side has of each list, as it said, brought, or was sent */
  #heldByClient = new Map<number, number>()
  #asked: Lengths | null = null
  /** the room's log was sent up to here; null until step 1 was answered */
  #sentSeq: number | null = null
  #owesReceipt = false
  #isStopped = false
  #isRunning = false
  #wasWoken = false
  #onRoom: (() => void) | null = null

  constructor(options: SenderOptions) {
    this.#options = options
  }

  answer(lengths: Lengths): void {
    this.#asked = lengths
    this.wake()
  }

  brought(runs: readonly Run[]): void {
    for (const { client, fromIndex, entries } of runs) {
      const held = this.#heldByClient.get(client)
      // lists that nobody has could be made up without end
      if (held === undefined && this.#heldByClient.size >= limits.liveLists) continue
      if (fromIndex <= (held ?? 0)) this.#raise(client, fromIndex + entries.length)
    }
  }

  oweReceipt(): void {
    this.#owesReceipt = true
    this.wake()
  }

  wake(): void {
    this.#wasWoken = true
    this.#onRoom?.()
    if (this.#isRunning || this.#isStopped) return
    this.#run().catch((cause: unknown) => {
      this.stop()
      this.#options.onFailure(cause)
    })
  }

  drained(): void {
    this.#onRoom?.()
  }

  stop(): void {
    this.#isStopped = true
    this.#onRoom?.()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    try {
      while (this.#wasWoken && !this.#isStopped) {
        this.#wasWoken = false
        while (!this.#isStopped && (await this.#step()));
      }
    } finally {
      // in the same turn as the last look at #wasWoken: no call to wake falls between
      this.#isRunning = false
    }
  }

  /** Does the next thing there is; false = there is none. */
  async #step(): Promise<boolean> {
    const asked = this.#asked
    this.#asked = null
    if (asked) {
      await this.#answer(asked)
      return true
    }
    if (this.#sentSeq === null) return false
    const { rows, messages } = await this.#options.room.pieceAfter(this.#sentSeq)
    const last = rows.at(-1)
    if (!last) return this.#sendReceipt()
    const news = rows.filter(({ client, index }) => index >= (this.#heldByClient.get(client) ?? 0))
    const isForAll = news.length === rows.length
    await this.#sendRows(news, isForAll ? messages : messagesOf('update', news))
    this.#sentSeq = last.seq
    this.#owesReceipt = true
    return true
  }

  async #answer(lengths: Lengths): Promise<void> {
    const { room } = this.#options
    const state = await room.state()
    this.#heldByClient = new Map(lengths)
    let batches = 0
    for await (const rows of room.beyond(state, this.#heldByClient)) {
      batches++
      await this.#sendRows(rows, messagesOf('step2', rows))
      if (this.#isStopped) return
    }
    // y-websocket counts as synced only after a step 2
    if (batches === 0) await this.#send(encodeSync('step2', buildUpdate([])))
    if (this.#sentSeq === null) {
      const held = Array.from(state.listsByClient.values(), ({ client, length }) => [client, length] as const)
      await this.#send(encodeStep1(new Map(held)))
    }
    this.#sentSeq = Math.max(this.#sentSeq ?? 0, state.seq)
    this.#owesReceipt = true
  }

  async #sendRows(rows: readonly LiveRow[], messages: readonly Bytes[]): Promise<void> {
    for (const message of messages) await this.#send(message)
    for (const { client, index } of rows) this.#raise(client, index + 1)
  }

  #raise(client: number, length: number): void {
    if (length > (this.#heldByClient.get(client) ?? 0)) this.#heldByClient.set(client, length)
  }

  async #sendReceipt(): Promise<boolean> {
    if (!this.#owesReceipt || this.#sentSeq === null) return false
    this.#owesReceipt = false
    const { relayId, room, device } = this.#options
    const durable = await room.durableOf(device)
    await this.#send(encodeReceipt({ relayId, seq: this.#sentSeq, durable }))
    return true
  }

  async #send(message: Bytes): Promise<void> {
    const { line } = this.#options
    while (!this.#isStopped && line.bufferedBytes > highWaterBytes)
      await new Promise<void>((resolve) => {
        this.#onRoom = resolve
      })
    this.#onRoom = null
    if (!this.#isStopped) line.send(message)
  }
}

export const createLiveSender = (options: SenderOptions): LiveSender => new Sender(options)
