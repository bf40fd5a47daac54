/** The networks of one stream as this process knows them: read on first use, kept current by the stream's tail. */

import type { NetworkId, RoomName } from '../protocol/ids.ts'
import type { MessageCache } from './jetstream-cache.ts'
import { type Cluster, subjectsOfShard } from './jetstream-cluster.ts'
import { decodeRoomMessage, lastSeqOf, type RoomMessage, rowsOf } from './jetstream-message.ts'
import { NetworkIndex } from './jetstream-network.ts'
import { type Read, readAt, readEnds, readFrom, readLast } from './jetstream-reading.ts'
import type { MessagePlace } from './jetstream-room.ts'
import { openTail, type Tail } from './jetstream-tail.ts'
import { patiently } from './patiently.ts'
import type { Growth, RoomListener } from './store.ts'

export interface ShardOptions {
  readonly cluster: Cluster
  readonly shard: number
  readonly stream: string
  readonly cache: MessageCache
  readonly patienceMs: number
  /** messages whose places are remembered; the networks asked for longest ago go first */
  readonly maxMessages: number
  readonly onGrown: RoomListener
  readonly onSetBack: () => void
  readonly onNotice: (notice: string) => void
}

interface Held {
  /** null while it is being read */
  index: NetworkIndex | null
  readonly loaded: Promise<NetworkIndex>
  /** what came meanwhile */
  readonly waiting: Read[]
}

/** More than that are read through a consumer, fewer one by one. */
const fewMessages = 32

export class Shard {
  readonly #options: ShardOptions
  readonly #heldByNetwork = new Map<NetworkId, Held>()
  #tail: Tail | null = null

  constructor(options: ShardOptions) {
    this.#options = options
  }

  async open(): Promise<void> {
    const { cluster, stream, patienceMs, onSetBack, onNotice } = this.#options
    const onMessage = ({ subject, seq, data }: { subject: string; seq: number; data: Uint8Array }): void =>
      this.#hear({ subject, sequence: seq, bytes: new Uint8Array(data) })
    this.#tail = await openTail({ cluster, stream, patienceMs, onMessage, onSetBack, onNotice })
  }

  get stream(): string {
    return this.#options.stream
  }

  close(): void {
    this.#tail?.close()
    this.#heldByNetwork.clear()
  }

  subjectOf(network: NetworkId, room: RoomName | '*'): string {
    return `${subjectsOfShard(this.#options.shard)}.${network}.${room}`
  }

  get everySubject(): string {
    return `${subjectsOfShard(this.#options.shard)}.*.*`
  }

  nameOf(subject: string): { network: NetworkId; room: RoomName } {
    const [network, room] = subject.split('.').slice(-2)
    return { network: network as NetworkId, room: room as RoomName }
  }

  /** As of a moment ago, or of the last append of this process; rejects when the servers cannot be reached. */
  async network(network: NetworkId): Promise<NetworkIndex> {
    await this.#tail?.live()
    const held = this.#heldByNetwork.get(network) ?? this.#hold(network)
    this.#heldByNetwork.delete(network)
    this.#heldByNetwork.set(network, held)
    return held.loaded
  }

  /** Resolves when this process knows the message at a stream sequence, and all before it. */
  async reached(sequence: number): Promise<void> {
    await this.#tail?.reached(sequence)
  }

  /** Resolves when this process knows all that was stored in a room until now. */
  async catchUp(network: NetworkId, room: RoomName): Promise<void> {
    const { cluster, stream } = this.#options
    const last = await readLast(cluster, stream, this.subjectOf(network, room))
    if (last) await this.reached(last.sequence)
  }

  /** The messages at these places, null for one that is gone. */
  async messagesAt(
    network: NetworkId,
    room: RoomName,
    places: readonly MessagePlace[],
  ): Promise<(RoomMessage | null)[]> {
    const { cache, stream, patienceMs } = this.#options
    const bytesBySequence = new Map(places.map(({ sequence }) => [sequence, cache.get(stream, sequence)]))
    const missing = places
      .map(({ sequence }) => sequence)
      .filter((sequence) => !bytesBySequence.get(sequence))
    const found = await patiently(patienceMs, () => this.#readMissing(this.subjectOf(network, room), missing))
    for (const { sequence, bytes } of found) {
      bytesBySequence.set(sequence, bytes)
      cache.put(stream, sequence, bytes)
    }
    return places.map(({ sequence }) => {
      const bytes = bytesBySequence.get(sequence)
      return bytes ? decodeRoomMessage(bytes) : null
    })
  }

  /** Never throws: the tail goes on. */
  #hear(message: Read): void {
    const { network, room } = this.nameOf(message.subject)
    const news = this.#learn(network, room, message)
    if (news) this.#options.onGrown(network, room, news.seq, news.growth)
  }

  /** The end of the room's log, with what is new where that is certain; null when the message changes nothing here. */
  #learn(network: NetworkId, room: RoomName, message: Read): { seq: number; growth?: Growth } | null {
    const held = this.#heldByNetwork.get(network)
    try {
      const decoded = decodeRoomMessage(message.bytes)
      const seq = lastSeqOf(message.sequence, decoded)
      if (held) this.#options.cache.put(this.#options.stream, message.sequence, message.bytes)
      if (!held?.index) {
        held?.waiting.push(message)
        return { seq }
      }
      const afterSeq = held.index.room(room)?.seq ?? 0
      if (held.index.apply(room, message.sequence, decoded) !== 'grown') return null
      return decoded.kind === 'drop'
        ? { seq }
        : { seq, growth: { afterSeq, rows: rowsOf(message.sequence, decoded) } }
    } catch (cause) {
      // read anew by whoever asks next
      this.#heldByNetwork.delete(network)
      this.#options.onNotice(cause instanceof Error ? cause.message : 'a message was not understood')
      return { seq: 0 }
    }
  }

  #hold(network: NetworkId): Held {
    const waiting: Read[] = []
    const held: Held = {
      index: null,
      waiting,
      loaded: patiently(this.#options.patienceMs, () => this.#load(network)).then((index) => {
        for (const message of waiting) this.#apply(index, message)
        held.index = index
        this.#forgetOldest()
        return index
      }),
    }
    held.loaded.catch(() => {
      if (this.#heldByNetwork.get(network) === held) this.#heldByNetwork.delete(network)
    })
    return held
  }

  /**
   * The leader says where each room ends, among others by all that the tail brought before; any server may give the
   * messages, also one that lags behind: then they are read again.
   */
  async #load(network: NetworkId): Promise<NetworkIndex> {
    const { cluster, stream } = this.#options
    const filter = this.subjectOf(network, '*')
    const index = new NetworkIndex()
    const ends = await readEnds(cluster, stream, filter)
    if (ends.length === 0) return index
    await readFrom(cluster, stream, filter, 1, (message) => {
      this.#apply(index, message)
      return 'more'
    })
    const isBehind = (end: Read): boolean =>
      (index.room(this.nameOf(end.subject).room)?.heard ?? 0) < end.sequence
    if (ends.some(isBehind)) throw new Error('a server that lags behind was asked for a network')
    return index
  }

  #apply(index: NetworkIndex, message: Read): void {
    const { cache, stream } = this.#options
    index.apply(this.nameOf(message.subject).room, message.sequence, decodeRoomMessage(message.bytes))
    cache.put(stream, message.sequence, message.bytes)
  }

  async #readMissing(subject: string, sequences: readonly number[]): Promise<Read[]> {
    const { cluster, stream } = this.#options
    const [first] = sequences
    const last = sequences.at(-1)
    if (first === undefined || last === undefined) return []
    if (sequences.length <= fewMessages) {
      const read = await Promise.all(sequences.map((sequence) => readAt(cluster, stream, sequence)))
      return read.filter((message) => message !== null)
    }
    const read: Read[] = []
    await readFrom(cluster, stream, subject, first, (message) => {
      read.push(message)
      return message.sequence < last ? 'more' : 'enough'
    })
    return read
  }

  #forgetOldest(): void {
    let size = 0
    for (const { index } of this.#heldByNetwork.values()) size += index?.size ?? 0
    for (const [oldest, { index }] of this.#heldByNetwork) {
      if (size <= this.#options.maxMessages) return
      if (this.#heldByNetwork.size > 1 && index) this.#heldByNetwork.delete(oldest)
      size -= index?.size ?? 0
    }
  }
}
