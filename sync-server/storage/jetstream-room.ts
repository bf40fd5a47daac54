/** What one relay process remembers of a room in JetStream: where its entries stand, not the entries. */

import type { Bytes } from '../protocol/bytes.ts'
import { clientOfList, type DeviceId, type ListName, parseListName } from '../protocol/ids.ts'
import { lastSeqOf, placesPerMessage, type RoomMessage, type StoredRun } from './jetstream-message.ts'
import type { ListLength } from './store.ts'

interface ListIndex {
  readonly device: DeviceId
  readonly client: number
  length: number
  head: Bytes
  /** of its entries */
  bytes: number
  /** index of the first entry of each run, and stream sequence of the message that holds it; both grow */
  readonly firstIndexes: number[]
  readonly sequences: number[]
}

/** Where a message stands, and how many bytes of entries it holds. */
export interface MessagePlace {
  readonly sequence: number
  readonly bytes: number
}

/** Messages do not follow one another: something of the room was missed, and it must be read anew. */
export class MissedMessage extends Error {
  constructor() {
    super('a room of the JetStream store lacks a message')
  }
}

const bytesOf = ({ entries }: StoredRun): number => entries.reduce((sum, { entry }) => sum + entry.length, 0)

/** Place of the last of growing `numbers` that is not above `most`, or -1. */
const placeOfLast = (numbers: ArrayLike<number>, most: number): number => {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] as number) > most) high = middle
    else low = middle + 1
  }
  return low - 1
}

export const clientAndDevice = (list: ListName): { client: number; device: DeviceId } => {
  const key = parseListName(list)
  if (!key) throw new Error('a list name is checked at the edge')
  return { client: clientOfList(key), device: key.device }
}

/**
 * Grows by whole messages, in their order, whoever appended them. A message was judged by a relay that knew the room up
 * to `previous`. If another message came in between it is void, for everybody alike: so two relays never both have
 * their way, whatever the servers let through, and nobody needs a lock.
 */
export class RoomIndex {
  /** stream sequence of the last message on the room's subject, void or not; 0 = none */
  heard = 0
  /** of the last one that counts */
  sequence = 0
  /** of the last one that emptied the room */
  droppedAt = 0
  /** end of the room's log */
  seq = 0
  readonly #lists = new Map<ListName, ListIndex>()
  readonly #listByClient = new Map<number, ListName>()
  readonly #sequences: number[] = []
  readonly #bytes: number[] = []
  readonly #onBytes: (device: DeviceId, change: number) => void

  /** `onBytes` hears how many bytes of entries a device has more, or fewer, from now on. */
  constructor(onBytes: (device: DeviceId, change: number) => void) {
    this.#onBytes = onBytes
  }

  get isEmpty(): boolean {
    return this.#lists.size === 0
  }

  /** how many messages it knows */
  get size(): number {
    return this.#sequences.length
  }

  /** Takes the next message; one that is known already changes nothing. Throws `MissedMessage`. */
  apply(sequence: number, message: RoomMessage): 'grown' | 'void' | 'known' {
    if (sequence <= this.heard) return 'known'
    // what stands before a drop may be gone from the stream
    const isFirst = this.heard === 0 && message.kind === 'drop'
    if (message.previous > this.sequence && !isFirst) throw new MissedMessage()
    this.heard = sequence
    if (message.previous < this.sequence) return 'void'
    if (message.kind === 'drop') this.#forget(sequence)
    else this.#grow(sequence, message.runs)
    this.sequence = sequence
    this.seq = lastSeqOf(sequence, message)
    return 'grown'
  }

  /** Did the message at this sequence count, when it came? To be asked once it was heard. */
  hasCounted(sequence: number): boolean {
    return sequence <= this.droppedAt || this.#sequences[placeOfLast(this.#sequences, sequence)] === sequence
  }

  lengthOf(list: ListName): number {
    return this.#lists.get(list)?.length ?? 0
  }

  /** The list that has this Yjs client id here. */
  listOfClient(client: number): ListName | undefined {
    return this.#listByClient.get(client)
  }

  lists(): ListLength[] {
    return Array.from(this.#lists, ([list, { length, head }]) => ({ list, length, head }))
  }

  /**
   * Messages with entries after a cursor, the first of them perhaps in part, until they hold more than `maxBytes`;
   * among them is at least one such entry, if there is any.
   */
  placesAfter(cursor: number, maxBytes: number): MessagePlace[] {
    // the message that the cursor stands in may hold more behind it
    const at = placeOfLast(this.#sequences, Math.floor(cursor / placesPerMessage))
    return this.#places(this.#sequences.slice(Math.max(0, at)), maxBytes)
  }

  /** Messages with entries of a list from an index on, until they hold more than `maxBytes`. */
  placesOfList(name: ListName, fromIndex: number, maxBytes: number): MessagePlace[] {
    const list = this.#lists.get(name)
    if (!list || fromIndex >= list.length) return []
    return this.#places(
      [...new Set(list.sequences.slice(placeOfLast(list.firstIndexes, fromIndex)))],
      maxBytes,
    )
  }

  #places(sequences: readonly number[], maxBytes: number): MessagePlace[] {
    const places: MessagePlace[] = []
    let sum = 0
    for (const sequence of sequences) {
      if (sum > maxBytes) break
      const bytes = this.#bytes[placeOfLast(this.#sequences, sequence)] ?? 0
      // of the first one only a part may be wanted
      if (places.length > 0) sum += bytes
      places.push({ sequence, bytes })
    }
    return places
  }

  #grow(sequence: number, runs: readonly StoredRun[]): void {
    let bytes = 0
    for (const run of runs) {
      const list = this.#lists.get(run.list) ?? this.#open(run.list)
      const last = run.entries.at(-1)
      if (run.fromIndex !== list.length || !last) throw new MissedMessage()
      list.firstIndexes.push(run.fromIndex)
      list.sequences.push(sequence)
      list.length += run.entries.length
      list.head = last.head
      list.bytes += bytesOf(run)
      bytes += bytesOf(run)
      this.#onBytes(list.device, bytesOf(run))
    }
    this.#sequences.push(sequence)
    this.#bytes.push(bytes)
  }

  #open(name: ListName): ListIndex {
    const { client, device } = clientAndDevice(name)
    const list = {
      device,
      client,
      length: 0,
      head: new Uint8Array(),
      bytes: 0,
      firstIndexes: [],
      sequences: [],
    }
    this.#lists.set(name, list)
    this.#listByClient.set(client, name)
    return list
  }

  #forget(sequence: number): void {
    this.droppedAt = sequence
    for (const { device, bytes } of this.#lists.values()) this.#onBytes(device, -bytes)
    this.#lists.clear()
    this.#listByClient.clear()
    this.#sequences.length = 0
    this.#bytes.length = 0
  }
}
