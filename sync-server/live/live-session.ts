/** One live socket: takes in turn all that its messages have brought by then, stores what is good, and says what became of it. */

import { readUpdates, takeUpdates } from '../intake.ts'
import type { Bytes } from '../protocol/bytes.ts'
import type { DeviceId } from '../protocol/ids.ts'
import { limits } from '../protocol/limits.ts'
import { closeText, encodeRefusals, liveCloseCodes, parseLiveMessage } from '../protocol/live.ts'
import { type Intake, type IntakeDependencies, type IntakeSession, StoreFailure } from '../run-intake.ts'
import type { TokenBuckets } from '../token-buckets.ts'
import type { LiveRefusal } from './live-admission.ts'
import type { LiveLine } from './live-line.ts'
import type { LiveRoom } from './live-room.ts'
import { createLiveSender } from './live-sender.ts'

export interface LiveDependencies extends IntakeDependencies {
  /** [R4] verifications by device, the same as for its POSTs */
  readonly verifies: TokenBuckets
  /** [R23] messages by session */
  readonly messages: TokenBuckets
  /** [R23] live sessions of one device */
  readonly sessionsOfDevice: number
  readonly onStoreFailure: (failure: StoreFailure) => void
  /** a fault of the relay itself; the session is closed */
  readonly onFault: (cause: unknown) => void
}

export interface LiveSession {
  readonly device: DeviceId
  readonly room: LiveRoom
  /** One message of the socket; `isBinary` false = a text frame, which nobody sends. */
  receive(message: Uint8Array, isBinary: boolean): void
  /** A frame that is no message: it counts against the rate all the same. */
  receiveControl(): void
  /** The line took something: there may be room for more. */
  drained(): void
  /** The room's log grew. */
  wake(): void
  /** At least every 20 s [R20]; drops a reader that took nothing for three of these. */
  tick(): void
  close(refusal: LiveRefusal): void
  /** The line is gone. */
  ended(): void
}

export interface SessionOptions {
  readonly deps: LiveDependencies
  readonly device: DeviceId
  readonly room: LiveRoom
  readonly line: LiveLine
  /** called once, however it ends */
  readonly onEnd: () => void
}

/** Updates that wait to be judged; beyond it nothing further is read from the socket. */
const maxQueuedBytes = 256 * 1024
/** [R23] a line that holds more than this belongs to nobody who reads */
const maxBufferedBytes = 1024 * 1024
const maxStalledTicks = 3
/** refusals named in one message; a phone learns the rest from its next POST */
const maxRefusals = 1000

let sessionCount = 0

class Session implements LiveSession {
  readonly device: DeviceId
  readonly room: LiveRoom
  readonly #deps: LiveDependencies
  readonly #line: LiveLine
  readonly #onEnd: () => void
  readonly #sender: ReturnType<typeof createLiveSender>
  readonly #intake: IntakeSession
  readonly #key = `live/${++sessionCount}`
  #queue: Bytes[] = []
  #queuedBytes = 0
  #isTaking = false
  #isEnded = false
  #stalledTicks = 0

  constructor({ deps, device, room, line, onEnd }: SessionOptions) {
    this.device = device
    this.room = room
    this.#deps = deps
    this.#line = line
    this.#onEnd = onEnd
    const who = `${room.network}/${device}`
    this.#intake = {
      network: room.network,
      device,
      isRefill: false,
      wasIn: false,
      takeVerifies: (count) => deps.verifies.take(who, count),
      strikes: 0,
    }
    const { relayId } = deps.store
    const onFailure = (cause: unknown): void => this.#fail(cause)
    this.#sender = createLiveSender({ relayId, device, room, line, onFailure })
  }

  receive(message: Uint8Array, isBinary: boolean): void {
    if (this.#isEnded || !this.#isWithinRate()) return
    const parsed = isBinary ? parseLiveMessage(message) : null
    if (!parsed?.ok) {
      this.#strike()
      return
    }
    const { value } = parsed
    if (value.type === 'step1') this.#sender.answer(value.lengths)
    if (value.type === 'step2' || value.type === 'update') this.#enqueue(value.update)
  }

  receiveControl(): void {
    if (!this.#isEnded) this.#isWithinRate()
  }

  drained(): void {
    this.#stalledTicks = 0
    this.#sender.drained()
  }

  wake(): void {
    this.#sender.wake()
  }

  tick(): void {
    const { bufferedBytes } = this.#line
    this.#stalledTicks = bufferedBytes > 0 ? this.#stalledTicks + 1 : 0
    if (this.#stalledTicks >= maxStalledTicks) this.#drop()
    else this.#sender.oweReceipt()
  }

  close({ reason, amount }: LiveRefusal): void {
    if (this.#isEnded) return
    this.ended()
    this.#line.close(liveCloseCodes[reason], closeText(reason, amount))
  }

  ended(): void {
    if (this.#isEnded) return
    this.#isEnded = true
    this.#queue = []
    this.#sender.stop()
    this.#onEnd()
  }

  #drop(): void {
    this.ended()
    this.#line.drop()
  }

  #fail(cause: unknown): void {
    if (cause instanceof StoreFailure) {
      this.#deps.onStoreFailure(cause)
      this.close({ reason: 'diskFull', amount: 60 })
      return
    }
    this.#deps.onFault(cause)
    // the phone comes back as after a restart: whatever went wrong may be gone then
    this.close({ reason: 'restart', amount: 30 })
  }

  #isWithinRate(): boolean {
    const { messages } = this.#deps
    if (messages.take(this.#key, 1) === 1) return true
    this.close({ reason: 'tooFast', amount: 10 })
    return false
  }

  #strike(): void {
    this.#intake.strikes++
    this.#closeAfterStrikes()
  }

  #closeAfterStrikes(): void {
    if (this.#intake.strikes >= limits.strikes) this.close({ reason: 'malformed' })
  }

  #enqueue(update: Bytes): void {
    this.#queue.push(update)
    this.#queuedBytes += update.length
    if (this.#queuedBytes > maxQueuedBytes) this.#line.pause()
    if (this.#isTaking) return
    this.#takeAll().catch((cause: unknown) => this.#fail(cause))
  }

  async #takeAll(): Promise<void> {
    this.#isTaking = true
    try {
      while (this.#queue.length > 0) {
        const updates = this.#queue
        this.#queue = []
        await this.#take(updates)
        for (const { length } of updates) this.#queuedBytes -= length
        if (this.#queuedBytes <= maxQueuedBytes) this.#line.resume()
      }
    } finally {
      this.#isTaking = false
    }
  }

  /** What is told of it is told after it is durable [R11]. */
  async #take(updates: readonly Bytes[]): Promise<void> {
    const { room } = this
    const read = readUpdates(updates, this.#intake, limits.liveUpdateBytes)
    // before it is stored: the store tells everybody in the same turn
    this.#sender.brought(read.runs)
    const intake = await takeUpdates(this.#deps, this.#intake, room.room, read)
    this.#tell(intake)
    this.#sender.oweReceipt()
    this.#closeAfterStrikes()
  }

  #tell({ refused, needs }: Intake): void {
    if (this.#isEnded || refused.length + needs.length === 0) return
    if (this.#line.bufferedBytes > maxBufferedBytes) {
      this.#drop()
      return
    }
    const cut = { refused: refused.slice(0, maxRefusals), needs: needs.slice(0, maxRefusals) }
    this.#line.send(encodeRefusals(cut))
  }
}

export const createLiveSession = (options: SessionOptions): LiveSession => new Session(options)
