/**
 * The packet: what one phone hands to another without any network, as a file or as a sequence of QR codes.
 *
 *     3 bytes   `TDP`
 *     1 byte    version: `1`
 *     16 bytes  network id
 *     varUint n × { varUint type · varUint length · body }, at most 512; an unknown type is passed over
 *     64 bytes  the sender's signature over `tadamun/packet/1` ‖ SHA-256 of all before
 *     4 bytes   first bytes of SHA-256 of all before
 *
 *     0 sender  device id (16) · varUint time (ms)
 *     1 relay   varText origin of the network's relay
 *     2 room    varText room · varUint n × varBytes update [R2]
 *     3 has     varText room · varUint n × { varUint client · varUint length · first 4 bytes of the head }
 *     4 partial nothing: what was to be in it did not all fit
 *
 * Entries prove themselves: nothing is believed for being in a packet, and the signature says only whose hand it came from.
 */

import { type Bytes, concatBytes, equalBytes, sha256, toBase64url, utf8 } from './bytes.ts'
import {
  type DeviceId,
  idBytes,
  idLength,
  isRoomName,
  type NetworkId,
  type RoomName,
  rosterRoom,
} from './ids.ts'
import { isRelayOrigin } from './invite-link.ts'
import { limits } from './limits.ts'
import { malformed, type Reader, read } from './reader.ts'
import { fail, ok, type Result } from './result.ts'
import { Writer } from './writer.ts'

/** As much as the sender holds of one list; the head tells apart two histories of it. */
export interface HasList {
  client: number
  length: number
  /** first {@link headLength} bytes of the head hash */
  head: Bytes
}

export interface Packet {
  network: NetworkId
  sender: DeviceId
  /** the sender's clock, ms */
  atMs: number
  /** origin; '' where the sender does not say */
  relay: string
  /** roster first */
  rooms: { room: RoomName; updates: Bytes[] }[]
  /** what the sender holds: an answer brings what goes beyond it */
  has: { room: RoomName; lists: HasList[] }[]
  isPartial: boolean
}

export interface ReadPacket extends Packet {
  /** {@link packetClaim} is what it signs */
  signature: Bytes
  /** all bytes before the signature */
  unsigned: Bytes
}

/** `newer`: of a later version of the app. `noPacket`: something else. `broken`: cut or damaged. */
export type PacketFault = 'noPacket' | 'newer' | 'broken' | 'tooLarge'

export const headLength = 4
const mark = utf8('TDP')
const version = 0x31
const signatureLength = 64
const checkLength = 4
/** Two for each room that a request may name, and what a later version may add. */
const maxParts = 512
const maxTimeMs = 2 ** 45

const part = { sender: 0, relay: 1, room: 2, has: 3, partial: 4 } as const

const hasBytes = (lists: readonly HasList[], room: RoomName): Bytes => {
  const writer = new Writer().varText(room).varUint(lists.length)
  for (const { client, length, head } of lists) writer.varUint(client).varUint(length).raw(head)
  return writer.bytes()
}

const roomBytes = (updates: readonly Bytes[], room: RoomName): Bytes => {
  const writer = new Writer().varText(room).varUint(updates.length)
  for (const update of updates) writer.varBytes(update)
  return writer.bytes()
}

/** All before the signature. */
export const packetBody = ({ network, sender, atMs, relay, rooms, has, isPartial }: Packet): Bytes => {
  const parts: [type: number, body: Bytes][] = [
    [part.sender, new Writer().raw(idBytes(sender)).varUint(atMs).bytes()],
    ...(relay === '' ? [] : [[part.relay, new Writer().varText(relay).bytes()] as [number, Bytes]]),
    ...has.map(({ room, lists }): [number, Bytes] => [part.has, hasBytes(lists, room)]),
    ...rooms.map(({ room, updates }): [number, Bytes] => [part.room, roomBytes(updates, room)]),
    ...(isPartial ? [[part.partial, new Uint8Array()] as [number, Bytes]] : []),
  ]
  const writer = new Writer().raw(mark).byte(version).raw(idBytes(network)).varUint(parts.length)
  for (const [type, body] of parts) writer.varUint(type).varBytes(body)
  return writer.bytes()
}

/** What a sender signs: a word that nothing else begins with, and the hash of the rest. */
export const packetClaim = async (unsigned: Bytes): Promise<Bytes> =>
  concatBytes(utf8('tadamun/packet/1'), await sha256(unsigned))

export const encodePacket = async (
  packet: Packet,
  sign: (bytes: Bytes) => Promise<Bytes>,
): Promise<Bytes> => {
  const unsigned = packetBody(packet)
  const signed = concatBytes(unsigned, await sign(await packetClaim(unsigned)))
  return concatBytes(signed, (await sha256(signed)).slice(0, checkLength))
}

const readRoomName = (reader: Reader, seen: Set<RoomName>): RoomName => {
  const room = reader.varText(64)
  if (!isRoomName(room) || seen.has(room)) return malformed('no room, or twice')
  if (seen.size >= limits.roomsInRequest) malformed('too many rooms')
  seen.add(room)
  return room
}

const readUpdates = (reader: Reader): Bytes[] => {
  const count = reader.count(1, limits.updatesInRequest)
  return Array.from({ length: count }, () => reader.varBytes(limits.updateBytes))
}

const readLists = (reader: Reader): HasList[] => {
  const count = reader.count(2 + headLength, limits.liveLists)
  return Array.from({ length: count }, () => ({
    client: reader.varUint(),
    length: reader.varUint(),
    head: reader.take(headLength),
  }))
}

interface Parts extends Omit<Packet, 'network' | 'sender'> {
  sender: DeviceId | null
}

const readPart = (reader: Reader, type: number, length: number, into: Parts, seen: Set<RoomName>[]): void => {
  switch (type) {
    case part.sender:
      into.sender = toBase64url(reader.take(idLength)) as DeviceId
      into.atMs = reader.varUint(maxTimeMs)
      return
    case part.relay:
      into.relay = reader.varText(200)
      if (into.relay !== '' && !isRelayOrigin(into.relay)) malformed('not an origin')
      return
    case part.room: {
      const room = readRoomName(reader, seen[0] as Set<RoomName>)
      // who is judged must be known before
      if (room === rosterRoom && into.rooms.length > 0) malformed('the roster comes first')
      into.rooms.push({ room, updates: readUpdates(reader) })
      return
    }
    case part.has:
      into.has.push({ room: readRoomName(reader, seen[1] as Set<RoomName>), lists: readLists(reader) })
      return
    case part.partial:
      into.isPartial = true
      return
    default:
      reader.take(length)
  }
}

const readBody = (reader: Reader): Packet => {
  reader.take(mark.length + 1)
  const network = toBase64url(reader.take(idLength)) as NetworkId
  const into: Parts = { sender: null, atMs: 0, relay: '', rooms: [], has: [], isPartial: false }
  const seen = [new Set<RoomName>(), new Set<RoomName>()]
  const count = reader.count(2, maxParts)
  for (let i = 0; i < count; i++) {
    const type = reader.varUint()
    const length = reader.varUint()
    if (length > reader.left) malformed('cut short')
    const end = reader.position + length
    readPart(reader, type, length, into, seen)
    if (reader.position !== end) malformed('a part ends elsewhere than it says')
  }
  const { sender } = into
  return sender === null ? malformed('from nobody') : { network, ...into, sender }
}

/** Reads the form alone: whether the bytes are whole is {@link decodePacket}'s to say. */
export const parsePacket = (bytes: Uint8Array): Result<ReadPacket, PacketFault> => {
  if (bytes.length > limits.packetBytes) return fail('tooLarge')
  if (bytes.length <= mark.length || !equalBytes(bytes.subarray(0, mark.length), mark))
    return fail('noPacket')
  const given = bytes[mark.length] as number
  if (given !== version) return fail(given > version ? 'newer' : 'noPacket')
  let bodyEnd = 0
  const parsed = read(bytes, (reader) => {
    const packet = readBody(reader)
    bodyEnd = reader.position
    const signature = reader.take(signatureLength)
    reader.take(checkLength)
    return { ...packet, signature }
  })
  if (!parsed.ok) return fail('broken')
  return ok({ ...parsed.value, unsigned: bytes.slice(0, bodyEnd) as Bytes })
}

export const decodePacket = async (bytes: Uint8Array): Promise<Result<ReadPacket, PacketFault>> => {
  const parsed = parsePacket(bytes)
  if (!parsed.ok) return parsed
  const signed = bytes.slice(0, -checkLength) as Bytes
  const isWhole = equalBytes((await sha256(signed)).subarray(0, checkLength), bytes.subarray(-checkLength))
  return isWhole ? parsed : fail('broken')
}
