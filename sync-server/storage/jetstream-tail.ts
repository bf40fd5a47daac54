/** Hears every message of one stream as it is stored, without a gap, through lost servers and connections. */

import { AckPolicy, type ConsumerMessages, DeliverPolicy, type JsMsg } from '@nats-io/jetstream'
import { createInbox, nanos } from '@nats-io/transport-node'
import { type Cluster, hasCode, streamNotFound } from './jetstream-cluster.ts'
import { patiently } from './patiently.ts'

export interface Tail {
  /** Resolves when nothing stands between the stream and us; rejects when that takes too long. */
  live(): Promise<void>
  /** Resolves when the message at this stream sequence, and all before it, were given to us; rejects like `live`. */
  reached(sequence: number): Promise<void>
  close(): void
}

interface TailOptions {
  readonly cluster: Cluster
  readonly stream: string
  readonly patienceMs: number
  readonly onMessage: (message: JsMsg) => void
  /** the stream holds less than was heard of it: nothing that was learned from it can be relied on */
  readonly onSetBack: () => void
  /** what an operator should know */
  readonly onNotice: (notice: string) => void
}

/** The server speaks at least so often. */
const heartbeatMs = 500
/** After such a silence our consumer is lost, or the way to it: its server may be dead. */
const silenceMs = 1600
/** A consumer that nobody listens to goes by itself. */
const forgottenMs = 10_000

/** -1 when the stream is gone. */
const lastSequence = async ({ manager }: Cluster, stream: string): Promise<number> => {
  try {
    return (await manager.streams.info(stream)).state.last_seq
  } catch (cause) {
    if (hasCode(cause, streamNotFound)) return -1
    throw cause
  }
}

type Listening = Pick<ConsumerMessages, 'stop' | 'status'>

class StreamTail implements Tail {
  readonly #options: TailOptions
  readonly #watch: NodeJS.Timeout
  readonly #waiting = new Set<{ readonly sequence: number; readonly resolve: () => void }>()
  /** stream sequence of the last message heard */
  #heard = 0
  /** messages that the present consumer gave us */
  #delivered = 0
  #heardAtMs = Number.NEGATIVE_INFINITY
  #listening: Listening | null = null
  /** counts the consumers that we had */
  #round = 0
  #isOpening = false
  #isClosed = false

  constructor(options: TailOptions) {
    this.#options = options
    this.#watch = setInterval(() => this.#look(), heartbeatMs)
    this.#watch.unref()
  }

  /** Begins behind what the stream holds now. */
  async open(): Promise<void> {
    const { cluster, stream } = this.#options
    this.#heard = await lastSequence(cluster, stream)
    await this.#listen()
  }

  async live(): Promise<void> {
    if (this.#isLive) return
    await patiently(this.#options.patienceMs, async () => {
      if (!this.#isLive) throw new Error('the JetStream store cannot be reached')
    })
  }

  reached(sequence: number): Promise<void> {
    if (sequence <= this.#heard) return Promise.resolve()
    return new Promise((resolve, refuse) => {
      const waiting = {
        sequence,
        resolve: () => {
          clearTimeout(timer)
          this.#waiting.delete(waiting)
          resolve()
        },
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting)
        refuse(new Error('the JetStream store did not say what it stored'))
      }, this.#options.patienceMs)
      this.#waiting.add(waiting)
    })
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#watch)
    this.#listening?.stop()
  }

  get #isLive(): boolean {
    return this.#listening !== null && performance.now() - this.#heardAtMs < silenceMs
  }

  #look(): void {
    if (this.#isLive || this.#isOpening || this.#isClosed) return
    this.#options.onNotice(`${this.#options.stream} is silent: listening anew`)
    this.#renew()
  }

  #renew(): void {
    this.#listening?.stop()
    this.#listening = null
    // fails while servers choose a leader: the watch comes round again
    this.#listen().catch((cause: unknown) =>
      this.#options.onNotice(cause instanceof Error ? cause.message : 'listening failed'),
    )
  }

  async #listen(): Promise<void> {
    if (this.#isOpening || this.#isClosed) return
    this.#isOpening = true
    try {
      this.#listening = await this.#consume()
      if (this.#isClosed) this.#listening.stop()
    } finally {
      this.#isOpening = false
    }
  }

  async #consume(): Promise<Listening> {
    const { cluster, stream } = this.#options
    if ((await lastSequence(cluster, stream)) < this.#heard) this.#options.onSetBack()
    const deliver_subject = createInbox()
    const round = ++this.#round
    this.#delivered = 0
    const consumer = await cluster.client.consumers.getBoundPushConsumer({ deliver_subject })
    const messages = await consumer.consume({
      callback: (message) => {
        // one that was given up may still speak
        if (round === this.#round) this.#take(message)
      },
    })
    try {
      await cluster.manager.consumers.add(stream, {
        deliver_subject,
        deliver_policy: DeliverPolicy.StartSequence,
        opt_start_seq: this.#heard + 1,
        ack_policy: AckPolicy.None,
        idle_heartbeat: nanos(heartbeatMs),
        flow_control: true,
        inactive_threshold: nanos(forgottenMs),
        mem_storage: true,
        num_replicas: 1,
      })
    } catch (cause) {
      messages.stop()
      throw cause
    }
    this.#followStatus(messages, round)
    this.#heardAtMs = performance.now()
    return messages
  }

  #take(message: JsMsg): void {
    const { deliverySequence, streamSequence } = message.info
    // something was lost on the way: everything from there on comes again with a new consumer
    if (deliverySequence !== this.#delivered + 1) {
      this.#renew()
      return
    }
    this.#delivered = deliverySequence
    this.#heard = streamSequence
    this.#heardAtMs = performance.now()
    this.#options.onMessage(message)
    for (const { sequence, resolve } of this.#waiting) if (sequence <= streamSequence) resolve()
  }

  #followStatus(messages: Listening, round: number): void {
    const follow = async (): Promise<void> => {
      for await (const status of messages.status()) {
        if (status.type !== 'heartbeat' || round !== this.#round) continue
        if (status.lastConsumerSequence > this.#delivered) this.#renew()
        else this.#heardAtMs = performance.now()
      }
    }
    follow().catch((cause: unknown) =>
      this.#options.onNotice(cause instanceof Error ? cause.message : 'listening ended'),
    )
  }
}

export const openTail = async (options: TailOptions): Promise<Tail> => {
  const tail = new StreamTail(options)
  await tail.open()
  return tail
}
