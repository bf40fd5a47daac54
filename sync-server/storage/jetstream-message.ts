/** One message of a room's subject in JetStream: all runs of one group of appends, or the room's end. */

import type { Bytes } from '../protocol/bytes.ts'
import { type ListName, parseListName } from '../protocol/ids.ts'
import { limits } from '../protocol/limits.ts'
import { malformed, type Reader, read } from '../protocol/reader.ts'
import { Writer } from '../protocol/writer.ts'
import type { HeadedEntry, LoggedEntry } from './store.ts'

/** Entries that follow one another in a list. */
export interface StoredRun {
  readonly list: ListName
  readonly fromIndex: number
  readonly entries: readonly HeadedEntry[]
}

export interface RoomMessage {
  /** stream sequence of the last message that counted when this one was judged, 0 = none */
  readonly previous: number
  /** `drop`: all that stands before it on this subject is forgotten */
  readonly kind: 'entries' | 'drop'
  readonly runs: readonly StoredRun[]
}

/**
 * Places in one message. An entry ends with a signature of 64 bytes and is longer than that, so an update of 1 MiB
 * [R2] holds fewer; stream sequences up to 2^39 stay whole numbers in a cursor of 2^53.
 */
export const placesPerMessage = 2 ** 14

/** The `seq` of an entry: its message's stream sequence and its place in the message, in one growing number. */
export const seqOf = (sequence: number, place: number): number => sequence * placesPerMessage + place

/** Largest message that a relay writes: one update of entries, their heads, and what stands before them. */
export const maxMessageBytes = 2 * 1024 * 1024

const format = 1
const kinds = ['entries', 'drop'] as const
const headBytes = 32
const maxListNameBytes = 26

export const countEntries = (runs: readonly StoredRun[]): number =>
  runs.reduce((sum, { entries }) => sum + entries.length, 0)

/**
 * `format 1 byte · kind 1 byte · varUint previous ·
 * varUint n × { varText list · varUint from · varUint m × { head 32 bytes · varBytes entry } }`
 */
export const encodeRoomMessage = ({ previous, kind, runs }: RoomMessage): Bytes => {
  const writer = new Writer().byte(format).byte(kinds.indexOf(kind))
  writer.varUint(previous).varUint(runs.length)
  for (const { list, fromIndex, entries } of runs) {
    writer.varText(list).varUint(fromIndex).varUint(entries.length)
    for (const { head, entry } of entries) writer.raw(head).varBytes(entry)
  }
  return writer.bytes()
}

const readEntry = (reader: Reader): HeadedEntry => ({
  head: reader.take(headBytes),
  entry: reader.varBytes(limits.updateBytes),
})

const readRun = (reader: Reader): StoredRun => {
  const name = reader.varText(maxListNameBytes)
  if (!parseListName(name)) malformed('no list name')
  const fromIndex = reader.varUint()
  const entries = Array.from({ length: reader.count(headBytes + 1) }, () => readEntry(reader))
  return { list: name as ListName, fromIndex, entries }
}

const readStart = (reader: Reader) => {
  if (reader.byte() !== format) malformed('another format')
  const kind = kinds[reader.byte()] ?? malformed('another kind')
  return { kind, previous: reader.varUint() }
}

/** Throws for what no relay wrote: nobody else may publish on these subjects. */
export const decodeRoomMessage = (bytes: Uint8Array): RoomMessage => {
  const message = read(bytes, (reader) => {
    const { kind, previous } = readStart(reader)
    const runs = Array.from({ length: reader.count(3) }, () => readRun(reader))
    return { kind, previous, runs }
  })
  if (!message.ok) throw new Error('a room of the JetStream store holds a message that no relay wrote')
  return message.value
}

/** `seq` of the last entry of a message, or of the message itself when it holds none. */
export const lastSeqOf = (sequence: number, { runs }: RoomMessage): number =>
  seqOf(sequence, Math.max(0, countEntries(runs) - 1))

/** Its entries with their places in the room's log. */
export const rowsOf = (sequence: number, { runs }: RoomMessage): LoggedEntry[] => {
  const rows: LoggedEntry[] = []
  for (const { list, fromIndex, entries } of runs)
    for (const [i, entry] of entries.entries())
      rows.push({ seq: seqOf(sequence, rows.length), list, index: fromIndex + i, ...entry })
  return rows
}
