/** Appends to one room: all that waits becomes one message, stored only if the room is still as it was judged. */

import { JetStreamApiError } from '@nats-io/jetstream'
import { fail, ok, type Result } from '../protocol/result.ts'
import type { BlobFailure } from './blob-store.ts'
import type { Cluster } from './jetstream-cluster.ts'
import { type AskedAppend, type Judgement, judgeAppends } from './jetstream-judge.ts'
import type { ShardRoom } from './jetstream-log.ts'
import {
  encodeRoomMessage,
  lastSeqOf,
  maxMessageBytes,
  placesPerMessage,
  type RoomMessage,
} from './jetstream-message.ts'
import { patiently } from './patiently.ts'
import type { Appended, AppendFailure } from './store.ts'

type Outcome = Result<Appended, AppendFailure>

interface Waiting {
  readonly asked: AskedAppend
  readonly resolve: (outcome: Outcome) => void
}

/** What a message and its entries take beside the bytes of the entries, at most. */
const entryOverheadBytes = 48
const runOverheadBytes = 64
/** One message is the unit of all or none, and of what a conflict makes us send again. */
const groupBytes = 256 * 1024
/** Under load each try finds the room grown by another relay; one of them always gets through. */
const maxConflicts = 200
const publishMs = 2500

/** https://github.com/nats-io/nats-server/blob/main/server/errors.json */
const wrongLastSequence = [10071, 10164]
const noRoom = [10023, 10028, 10047]
const storeFailed = 10077

const codeOf = (cause: unknown): number => (cause instanceof JetStreamApiError ? cause.code : 0)
const isConflict = (cause: unknown): boolean => wrongLastSequence.includes(codeOf(cause))
const isFull = (cause: unknown): boolean =>
  noRoom.includes(codeOf(cause)) ||
  (codeOf(cause) === storeFailed && cause instanceof Error && cause.message.includes('maximum'))

/** What the servers' refusal of a message means. */
export const failureOf = (cause: unknown): AppendFailure & BlobFailure =>
  isFull(cause)
    ? { code: 'full' }
    : { code: 'unavailable', detail: cause instanceof Error ? cause.message : String(cause) }

const weightOf = ({ entries }: AskedAppend): number =>
  entries.reduce((sum, { entry }) => sum + entry.length + entryOverheadBytes, runOverheadBytes)

export class RoomWriter {
  readonly #cluster: Cluster
  readonly #room: ShardRoom
  readonly #patienceMs: number
  #waiting: Waiting[] = []
  #work: Promise<void> | null = null

  constructor(cluster: Cluster, room: ShardRoom, patienceMs: number) {
    this.#cluster = cluster
    this.#room = room
    this.#patienceMs = patienceMs
  }

  get isIdle(): boolean {
    return this.#work === null
  }

  /** Resolves when the entries are stored on most of the servers, or why they are not. */
  append(asked: AskedAppend): Promise<Outcome> {
    if (weightOf(asked) > maxMessageBytes || asked.entries.length > placesPerMessage)
      throw new Error('more entries at once than an update can hold')
    return new Promise((resolve) => {
      this.#waiting.push({ asked, resolve })
      this.#work ??= this.#storeAll()
    })
  }

  /** Forgets the room for every relay, then frees what it took. */
  async drop(): Promise<void> {
    await this.idle()
    for (let tries = 0; tries < maxConflicts; tries++) {
      const index = await this.#index()
      if (!index || index.isEmpty) return
      const message: RoomMessage = { previous: index.sequence, kind: 'drop', runs: [] }
      const sequence = await this.#publish(message, index.heard)
      if (sequence === null) continue
      const { stream } = this.#room.shard
      await this.#cluster.manager.streams.purge(stream, { filter: this.#subject, seq: sequence })
      return
    }
    throw new Error('others kept writing to a room that is to be dropped')
  }

  async idle(): Promise<void> {
    while (this.#work) await this.#work
  }

  get #subject(): string {
    return this.#room.shard.subjectOf(this.#room.network, this.#room.name)
  }

  async #index() {
    return (await this.#room.shard.network(this.#room.network)).room(this.#room.name)
  }

  async #storeAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup()
      const outcomes = await this.#store(group.map(({ asked }) => asked)).catch((cause: unknown) => {
        const failure = fail(failureOf(cause))
        return group.map((): Outcome => failure)
      })
      for (const [i, { resolve }] of group.entries()) resolve(outcomes[i] as Outcome)
    }
    this.#work = null
  }

  #takeGroup(): Waiting[] {
    let bytes = 0
    let entries = 0
    const end = this.#waiting.findIndex(({ asked }, i) => {
      bytes += weightOf(asked)
      entries += asked.entries.length
      return i > 0 && (bytes > groupBytes || entries > placesPerMessage)
    })
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end)
  }

  async #store(appends: readonly AskedAppend[]): Promise<Outcome[]> {
    for (let tries = 0; tries < maxConflicts; tries++) {
      const index = await this.#index()
      // taken before judging: what comes in between makes the message void
      const [previous, heard] = [index?.sequence ?? 0, index?.heard ?? 0]
      const judgement = await judgeAppends(this.#room, index, appends)
      if (judgement.runs.length === 0) return this.#outcomes(judgement, index?.seq ?? 0)
      const message: RoomMessage = { previous, kind: 'entries', runs: judgement.runs }
      const sequence = await this.#publish(message, heard)
      if (sequence !== null) return this.#outcomes(judgement, lastSeqOf(sequence, message))
    }
    throw new Error('other relays kept writing to this room')
  }

  #outcomes({ judged }: Judgement, seq: number): Outcome[] {
    return judged.map((each) => (each.ok ? ok({ seq, ...each.value }) : each))
  }

  /**
   * The stream sequence of the message, or null when the room is not as it says any more, and what it is was learned.
   * The servers refuse most of those, not all (nats-server issues 4320 and 8469): whether ours counts is known when all
   * before it are. That a subject is empty is not expected at all: replicas came apart over it (pull request 5794).
   */
  async #publish(message: RoomMessage, heard: number): Promise<number | null> {
    const { shard, network, name } = this.#room
    const bytes = encodeRoomMessage(message)
    const expect = heard > 0 ? { lastSubjectSequence: heard } : {}
    // the same in every try: the server drops the second copy of one whose answer was lost
    const options = { msgID: crypto.randomUUID(), expect, timeout: publishMs }
    try {
      const { seq } = await patiently(
        this.#patienceMs,
        () => this.#cluster.client.publish(this.#subject, bytes, options),
        (cause) => isConflict(cause) || isFull(cause),
      )
      await shard.reached(seq)
      return (await this.#index())?.hasCounted(seq) ? seq : null
    } catch (cause) {
      if (!isConflict(cause)) throw cause
      await patiently(this.#patienceMs, () => shard.catchUp(network, name))
      return null
    }
  }
}
