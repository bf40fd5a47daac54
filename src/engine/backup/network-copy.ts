/**
 * Everything that a phone holds of one network, as it stands in a backup. Entries stay sealed and signed as they are: what
 * is restored goes through the gate like everything. The keys that open them stand beside them.
 *
 *     varUint   version (1)
 *     16 bytes  network id, 16 bytes id of the person whose phone it was
 *     varUint   made at, ms since 1970
 *     varText   origin of the relay, name of the network, nickname, language
 *     varUint n, then n × 32 bytes: keys of chains; the same once more: keys of single records
 *     varUint n, then n × { varText room, varUint m, then m × varBytes update [R2] }: roster first
 *     varUint n, then n × { varText room, varText list, varUint index, varBytes operations }: what no relay had confirmed
 *     varUint n, then n × { 32 bytes id, byte kind (0 photo, 1 voice), byte 1 = not at a relay yet, varBytes sealed }
 */

import { type Bytes, fromBase64url, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import {
  type DeviceId,
  idBytes,
  idLength,
  isRoomName,
  type ListName,
  type NetworkId,
  parseListName,
  type RoomName,
} from '../../../sync-server/protocol/ids.ts'
import { isRelayOrigin } from '../../../sync-server/protocol/invite-link.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { malformed, type Reader, read } from '../../../sync-server/protocol/reader.ts'
import { fail, type Result } from '../../../sync-server/protocol/result.ts'
import { Writer } from '../../../sync-server/protocol/writer.ts'
import { audienceKeyLength } from '../../crypto/seal.ts'

export interface NetworkCopy {
  network: NetworkId
  /** the person */
  member: DeviceId
  /** ms since 1970 */
  madeAt: number
  /** origin */
  relay: string
  networkName: string
  nickname: string
  language: string
  keys: Bytes[]
  contentKeys: Bytes[]
  rooms: { room: RoomName; updates: Bytes[] }[]
  unsent: UnsentOperations[]
  blobs: CopiedBlob[]
}

/** What an own entry says that no relay has confirmed: operations as they were sealed. */
export interface UnsentOperations {
  room: RoomName
  list: ListName
  index: number
  plaintext: Bytes
}

export interface CopiedBlob {
  /** SHA-256 of the sealed bytes, base64url */
  id: string
  kind: 'photo' | 'voice'
  isUnsent: boolean
  bytes: Bytes
}

const version = 1
const blobIdLength = 32

export const encodeCopy = (copy: NetworkCopy): Bytes => {
  const writer = new Writer().varUint(version).raw(idBytes(copy.network)).raw(idBytes(copy.member))
  writer.varUint(copy.madeAt)
  for (const text of [copy.relay, copy.networkName, copy.nickname, copy.language]) writer.varText(text)
  for (const keys of [copy.keys, copy.contentKeys]) {
    writer.varUint(keys.length)
    for (const key of keys) writer.raw(key)
  }
  writer.varUint(copy.rooms.length)
  for (const { room, updates } of copy.rooms) {
    writer.varText(room).varUint(updates.length)
    for (const update of updates) writer.varBytes(update)
  }
  writer.varUint(copy.unsent.length)
  for (const { room, list, index, plaintext } of copy.unsent)
    writer.varText(room).varText(list).varUint(index).varBytes(plaintext)
  writer.varUint(copy.blobs.length)
  for (const { id, kind, isUnsent, bytes } of copy.blobs) {
    const raw = fromBase64url(id)
    if (raw?.length !== blobIdLength) throw new Error('the id of a blob is a hash')
    writer
      .raw(raw)
      .byte(kind === 'voice' ? 1 : 0)
      .byte(isUnsent ? 1 : 0)
      .varBytes(bytes)
  }
  return writer.bytes()
}

const several = <Value>(reader: Reader, bytesEach: number, readOne: () => Value): Value[] => {
  const values: Value[] = []
  const count = reader.count(bytesEach)
  for (let i = 0; i < count; i++) values.push(readOne())
  return values
}

const flag = (reader: Reader): boolean => {
  const byte = reader.byte()
  return byte > 1 ? malformed('neither yes nor no') : byte === 1
}

const readRoom = (reader: Reader): RoomName => {
  const room = reader.varText(60)
  return isRoomName(room) ? room : malformed('no room')
}

const readRelay = (reader: Reader): string => {
  const relay = reader.varText(200)
  return isRelayOrigin(relay) ? relay : malformed('no origin')
}

const readOperations = (reader: Reader): UnsentOperations => {
  const room = readRoom(reader)
  const list = reader.varText(40)
  if (!parseListName(list)) malformed('no list')
  return {
    room,
    list: list as ListName,
    index: reader.varUint(),
    plaintext: reader.varBytes(limits.entryBytes),
  }
}

const readBlob = (reader: Reader): CopiedBlob => {
  const id = toBase64url(reader.take(blobIdLength))
  const kind = flag(reader) ? 'voice' : 'photo'
  return { id, kind, isUnsent: flag(reader), bytes: reader.varBytes(limits.blobBytes) }
}

/** Within bounds, though only who knows the passphrase can have made it: he may mean harm. */
export const decodeCopy = (bytes: Uint8Array): Result<NetworkCopy, 'malformed' | 'newer'> => {
  if ((bytes[0] ?? 0) > version) return fail('newer')
  return read(bytes, (reader): NetworkCopy => {
    if (reader.byte() !== version) malformed('no such version')
    const key = () => reader.take(audienceKeyLength)
    return {
      network: toBase64url(reader.take(idLength)) as NetworkId,
      member: toBase64url(reader.take(idLength)) as DeviceId,
      madeAt: reader.varUint(),
      relay: readRelay(reader),
      networkName: reader.varText(400),
      nickname: reader.varText(400),
      language: reader.varText(20),
      keys: several(reader, audienceKeyLength, key),
      contentKeys: several(reader, audienceKeyLength, key),
      rooms: several(reader, 2, () => ({
        room: readRoom(reader),
        updates: several(reader, 1, () => reader.varBytes(limits.updateBytes)),
      })),
      unsent: several(reader, 4, () => readOperations(reader)),
      blobs: several(reader, blobIdLength + 3, () => readBlob(reader)),
    }
  })
}
