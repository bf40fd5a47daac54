/**
 * An entry: one sealed, signed element of a list.
 *
 *     1 byte    version (1)
 *     1 byte    kind: 1 record, 2 roster statement, 3 wrapped keys; others are carried
 *     varBytes  public part, empty for kind 1
 *     varBytes  sealed part: empty, or key id (8) ‖ nonce (12) ‖ AES-256-GCM ciphertext and tag
 *     64 bytes  ECDSA P-256 / SHA-256 signature r ‖ s, s ≤ n/2
 *
 * Where it stands is not on the wire but signed: see {@link contextOf}.
 */

import { type Bytes, concatBytes, copyBytes, sha256 } from './bytes.ts'
import { idBytes, type ListKey, type NetworkId, type RoomName } from './ids.ts'
import { limits } from './limits.ts'
import { malformed, read } from './reader.ts'
import { fail, type Result } from './result.ts'
import { Writer } from './writer.ts'

export const entryKind = { record: 1, statement: 2, wraps: 3 } as const

export const signatureLength = 64
const keyIdLength = 8
const nonceLength = 12
const tagLength = 16

export interface Sealed {
  /** first 8 bytes of SHA-256 of the key */
  keyId: Bytes
  nonce: Bytes
  ciphertext: Bytes
}

export interface Entry {
  kind: number
  publicPart: Bytes
  sealed: Sealed | null
  /** all bytes before the signature */
  unsigned: Bytes
  signature: Bytes
}

/** Where an entry stands. */
export interface Position {
  network: NetworkId
  room: RoomName
  list: ListKey
  index: number
  /** head hash of the entry before, 32 zero bytes at index 0 */
  previous: Bytes
}

export const noHead = (): Bytes => new Uint8Array(32)

/** `tadamun/1` ‖ network id ‖ room ‖ device id ‖ generation ‖ index ‖ head hash of the entry before. */
export const contextOf = ({ network, room, list, index, previous }: Position): Bytes =>
  new Writer()
    .varText('tadamun/1')
    .raw(idBytes(network))
    .varText(room)
    .raw(idBytes(list.device))
    .byte(list.generation)
    .varUint(index)
    .raw(previous)
    .bytes()

/** The bytes of an entry before its signature. */
export const encodeUnsigned = (kind: number, publicPart: Uint8Array, sealed: Sealed | null): Bytes =>
  new Writer()
    .byte(1)
    .byte(kind)
    .varBytes(publicPart)
    .varBytes(sealed ? concatBytes(sealed.keyId, sealed.nonce, sealed.ciphertext) : new Uint8Array())
    .bytes()

/** Additional data of GCM: the context and everything of the entry that stands before the ciphertext. */
export const additionalData = (
  context: Bytes,
  kind: number,
  publicPart: Uint8Array,
  { keyId, nonce }: Pick<Sealed, 'keyId' | 'nonce'>,
): Bytes => new Writer().raw(context).byte(1).byte(kind).varBytes(publicPart).raw(keyId).raw(nonce).bytes()

export const parseEntry = (bytes: Uint8Array): Result<Entry, 'malformed'> => {
  if (bytes.length > limits.entryBytes) return fail('malformed')
  return read(bytes, (reader) => {
    if (reader.byte() !== 1) malformed('unknown version')
    const kind = reader.byte()
    const publicPart = reader.varBytes(limits.entryBytes)
    const sealedBytes = reader.varBytes(limits.entryBytes)
    if (sealedBytes.length > 0 && sealedBytes.length < keyIdLength + nonceLength + tagLength)
      malformed('sealed part')
    if (kind === entryKind.record && (publicPart.length > 0 || sealedBytes.length === 0))
      malformed('a record is sealed whole')
    const unsigned = copyBytes(bytes.subarray(0, reader.position))
    const cipherStart = keyIdLength + nonceLength
    const sealed: Sealed | null =
      sealedBytes.length === 0
        ? null
        : {
            keyId: sealedBytes.slice(0, keyIdLength),
            nonce: sealedBytes.slice(keyIdLength, cipherStart),
            ciphertext: sealedBytes.slice(cipherStart),
          }
    return { kind, publicPart, sealed, unsigned, signature: reader.take(signatureLength) }
  })
}

/** What the signature is over. */
export const signedBytes = (position: Position, unsigned: Bytes): Bytes =>
  concatBytes(contextOf(position), unsigned)

/** SHA-256 of the signed bytes: another signature over the same bytes is the same entry. */
export const headHash = (position: Position, unsigned: Bytes): Promise<Bytes> =>
  sha256(signedBytes(position, unsigned))
