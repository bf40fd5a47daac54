/**
 * Catch up: one request, one answer (`POST /v1/sync`, both bodies are bytes).
 *
 *     request   version (1) · varBytes token · varUint flags (0) · varUint maxBytes (0 = relay's own limit)
 *               · relay id that the cursors belong to (16 bytes, zeros = none)
 *               · varUint n × { varText room · varUint cursor · digest (8, after the updates sent here)
 *                               · varUint m × varBytes update · varUint k × { varUint client · varUint from } }  roster first
 *     answer    messages, each: varUint length · 1 byte type · body. Hello first, then per room frames and at most
 *               one result, end last. Rooms are referred to by number: those of the request 0 …, then those named by
 *               `room` messages. A room without a result is as the request said: cursor, digest, nothing more.
 *
 * `digest` is the phone's own, or the relay's where a pair of digests was reconciled before [R16].
 */

import { type Bytes, toBase64url } from './bytes.ts'
import { digestLength, type ListState } from './digest.ts'
import { isRoomName, type RoomName } from './ids.ts'
import { limits } from './limits.ts'
import { malformed, type Reader, read } from './reader.ts'
import { fail, ok, type Result } from './result.ts'
import { Writer } from './writer.ts'

/** A list from some index on, by its Yjs client id. */
export interface ListFrom {
  client: number
  from: number
}

export interface RoomRequest {
  room: RoomName
  cursor: number
  digest: Bytes
  updates: Bytes[]
  /** runs of other lists that this phone lacks [R16] */
  want: ListFrom[]
}

export interface SyncRequest {
  token: Bytes
  maxBytes: number
  /** base64url, or null */
  relayId: string | null
  rooms: RoomRequest[]
}

export const relayIdLength = 16

export const encodeRequest = (request: SyncRequest, relayIdBytes: Bytes | null): Bytes => {
  const writer = new Writer()
    .byte(1)
    .varBytes(request.token)
    .varUint(0)
    .varUint(request.maxBytes)
    .raw(relayIdBytes ?? new Uint8Array(relayIdLength))
    .varUint(request.rooms.length)
  for (const { room, cursor, digest, updates, want } of request.rooms) {
    writer.varText(room).varUint(cursor).raw(digest).varUint(updates.length)
    for (const update of updates) writer.varBytes(update)
    writer.varUint(want.length)
    for (const { client, from } of want) writer.varUint(client).varUint(from)
  }
  return writer.bytes()
}

const readRoomName = (reader: Reader): RoomName => {
  const room = reader.varText(64)
  return isRoomName(room) ? room : malformed('not a room')
}

/** Length and the two bytes of an update that holds nothing. */
const minUpdateBytes = 3

const readRoomRequest = (reader: Reader, maxUpdates: number): RoomRequest => {
  const room = readRoomName(reader)
  const cursor = reader.varUint()
  const digest = reader.take(digestLength)
  const updates: Bytes[] = []
  for (let left = reader.count(minUpdateBytes, maxUpdates); left > 0; left--)
    updates.push(reader.varBytes(limits.updateBytes))
  const want: ListFrom[] = []
  for (let left = reader.count(2, limits.listsInRequest); left > 0; left--) {
    want.push({ client: reader.varUint(), from: reader.varUint() })
  }
  return { room, cursor, digest, updates, want }
}

export const parseRequest = (bytes: Uint8Array): Result<SyncRequest, 'malformed' | 'tooLarge'> => {
  if (bytes.length > limits.requestBytes) return fail('tooLarge')
  return read(bytes, (reader) => {
    if (reader.byte() !== 1) malformed('unknown version')
    const token = reader.varBytes(512)
    reader.varUint()
    const maxBytes = reader.varUint()
    const id = reader.take(relayIdLength)
    const rooms: RoomRequest[] = []
    // the bytes of a body could be a million updates of nothing, each an object of its own
    let updatesLeft: number = limits.updatesInRequest
    for (let left = reader.count(12, limits.roomsInRequest); left > 0; left--) {
      const room = readRoomRequest(reader, updatesLeft)
      updatesLeft -= room.updates.length
      rooms.push(room)
    }
    if (new Set(rooms.map(({ room }) => room)).size !== rooms.length) malformed('a room twice')
    return { token, maxBytes, relayId: id.some((byte) => byte !== 0) ? toBase64url(id) : null, rooms }
  })
}

/** Why a whole request is refused. */
export const refusals = [
  'malformed',
  'token',
  'clock',
  'notMember',
  'unknownNetwork',
  'tooLarge',
  'tooFast',
  'quota',
  'diskFull',
] as const
export type Refusal = (typeof refusals)[number]

/** Why entries of one list were not taken. */
export const listRefusals = [
  'signature',
  'malformed',
  'fork',
  'quota',
  'room',
  'notAllowed',
  'tooFast',
] as const
export type ListRefusal = (typeof listRefusals)[number]

export interface RoomResult {
  cursor: number
  /** the relay's, after this request */
  digest: Bytes
  /** there is more than fitted; ask again from the cursor */
  more: boolean
  /** own lists of the asking device, as they are durable here: which history of each, its head says [R11] */
  durable: ListState[]
  /** all lists of the relay, where digests differ though nothing is new [R16]; null = no difference */
  differs: ListState[] | null
  /** lists of which the relay lacks what comes before the run that was sent */
  needs: ListFrom[]
  refused: { client: number; index: number; reason: ListRefusal }[]
}

export type AnswerMessage =
  /** `timeMs` = the relay's clock */
  | { type: 'hello'; relayId: Bytes; timeMs: number }
  | { type: 'refused'; reason: Refusal; timeMs: number; retryAfterS: number }
  | { type: 'room'; room: RoomName }
  /** `cursor` = where the reader stands after this frame; 0 for runs that were asked for by `want` */
  | { type: 'frame'; roomRef: number; cursor: number; update: Bytes }
  | { type: 'result'; roomRef: number; result: RoomResult }
  | { type: 'end' }

const types = ['hello', 'refused', 'room', 'frame', 'result', 'end'] as const

const writeLists = (writer: Writer, lists: readonly ListFrom[]): void => {
  writer.varUint(lists.length)
  for (const { client, from } of lists) writer.varUint(client).varUint(from)
}

/** Lists with their heads, in the order given. */
export const writeStates = (writer: Writer, states: readonly ListState[]): void => {
  writer.varUint(states.length)
  for (const { client, length, head } of states) writer.varUint(client).varUint(length).raw(head)
}

const writeResult = (
  writer: Writer,
  { cursor, digest, more, durable, differs, needs, refused }: RoomResult,
): void => {
  writer
    .varUint(cursor)
    .raw(digest)
    .byte((more ? 1 : 0) | (differs ? 2 : 0))
  writeStates(writer, durable)
  writeLists(writer, needs)
  writer.varUint(refused.length)
  for (const { client, index, reason } of refused) {
    writer.varUint(client).varUint(index).byte(listRefusals.indexOf(reason))
  }
  if (differs) writeStates(writer, differs)
}

/** One message with its length in front: the answer is such messages one after another. */
export const encodeMessage = (message: AnswerMessage): Bytes => {
  const writer = new Writer().byte(types.indexOf(message.type))
  if (message.type === 'hello') writer.raw(message.relayId).varUint(message.timeMs)
  if (message.type === 'refused') {
    writer.byte(refusals.indexOf(message.reason)).varUint(message.timeMs).varUint(message.retryAfterS)
  }
  if (message.type === 'room') writer.varText(message.room)
  if (message.type === 'frame')
    writer.varUint(message.roomRef).varUint(message.cursor).varBytes(message.update)
  if (message.type === 'result') {
    writer.varUint(message.roomRef)
    writeResult(writer, message.result)
  }
  return new Writer().varBytes(writer.bytes()).bytes()
}

const readLists = (reader: Reader, max?: number): ListFrom[] => {
  const lists: ListFrom[] = []
  for (let left = reader.count(2, max); left > 0; left--)
    lists.push({ client: reader.varUint(), from: reader.varUint() })
  return lists
}

/** At most `max` of them. */
export const readStates = (reader: Reader, max?: number): ListState[] => {
  const states: ListState[] = []
  for (let left = reader.count(34, max); left > 0; left--)
    states.push({ client: reader.varUint(), length: reader.varUint(), head: reader.take(32) })
  return states
}

const readReason = <Name>(reader: Reader, names: readonly Name[]): Name =>
  names[reader.byte()] ?? malformed('unknown reason')

const readResult = (reader: Reader): RoomResult => {
  const cursor = reader.varUint()
  const digest = reader.take(digestLength)
  const bits = reader.byte()
  const durable = readStates(reader, limits.generations)
  const needs = readLists(reader)
  const refused: RoomResult['refused'] = []
  for (let left = reader.count(3); left > 0; left--) {
    refused.push({
      client: reader.varUint(),
      index: reader.varUint(),
      reason: readReason(reader, listRefusals),
    })
  }
  const differs = bits & 2 ? readStates(reader) : null
  return { cursor, digest, more: (bits & 1) === 1, durable, differs, needs, refused }
}

const readMessage = (reader: Reader): AnswerMessage => {
  const type = types[reader.byte()]
  switch (type) {
    case 'hello':
      return { type, relayId: reader.take(relayIdLength), timeMs: reader.varUint() }
    case 'refused':
      return {
        type,
        reason: readReason(reader, refusals),
        timeMs: reader.varUint(),
        retryAfterS: reader.varUint(),
      }
    case 'room':
      return { type, room: readRoomName(reader) }
    case 'frame':
      return {
        type,
        roomRef: reader.varUint(),
        cursor: reader.varUint(),
        update: reader.varBytes(limits.updateBytes),
      }
    case 'result':
      return { type, roomRef: reader.varUint(), result: readResult(reader) }
    case 'end':
      return { type }
    default:
      return malformed('unknown message')
  }
}

/**
 * Takes an answer in pieces as they arrive and gives the messages that are whole [R12]; what a cut leaves behind is
 * never looked at. `malformed` is final: its bytes stay, so the rest of that answer is never read.
 */
export class AnswerReader {
  /** grows by doubling: a message that comes in many small pieces is not copied with each of them */
  #held: Uint8Array = new Uint8Array()
  #length = 0

  push(piece: Uint8Array): Result<AnswerMessage[], 'malformed'> {
    this.#hold(piece)
    const bytes = this.#held.subarray(0, this.#length)
    const messages: AnswerMessage[] = []
    let at = 0
    for (;;) {
      const frame = lengthAt(bytes, at)
      if (frame === 'malformed') return fail('malformed')
      if (!frame || frame.start + frame.length > bytes.length) break
      const message = read(bytes.subarray(frame.start, frame.start + frame.length), readMessage)
      if (!message.ok) return message
      messages.push(message.value)
      at = frame.start + frame.length
    }
    this.#held.copyWithin(0, at, this.#length)
    this.#length -= at
    return ok(messages)
  }

  #hold(piece: Uint8Array): void {
    const length = this.#length + piece.length
    if (length > this.#held.length) {
      const larger = new Uint8Array(Math.max(length, this.#held.length * 2))
      larger.set(this.#held.subarray(0, this.#length))
      this.#held = larger
    }
    this.#held.set(piece, this.#length)
    this.#length = length
  }
}

const maxMessageBytes = limits.updateBytes + 64 * 1024

/** The length that begins at `at`, null while its bytes are not all here. */
const lengthAt = (bytes: Uint8Array, at: number): { start: number; length: number } | null | 'malformed' => {
  let end = at
  while (end < bytes.length && (bytes[end] as number) > 127 && end - at < 4) end++
  if (end >= bytes.length) return null
  const length = read(bytes.subarray(at, end + 1), (reader) => reader.varUint(maxMessageBytes))
  return length.ok ? { start: end + 1, length: length.value } : 'malformed'
}
