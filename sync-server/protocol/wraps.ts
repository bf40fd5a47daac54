/**
 * Wrapped keys: the public part of a kind 3 entry.
 *
 *     8 bytes   key id
 *     65 bytes  ephemeral ECDH P-256 public key, raw
 *     varUint n, then n × { receiver: first 8 bytes of SHA-256 of its raw public key ‖ 48 bytes box }
 *
 * A box is the 32-byte key under AES-256-GCM (zero nonce: the box key is used once) with the box key
 * HKDF-SHA-256(ECDH, no salt, info = network id ‖ key id ‖ receiver's raw public key).
 */

import type { Bytes } from './bytes.ts'
import { read } from './reader.ts'
import type { Result } from './result.ts'
import { Writer } from './writer.ts'

export const keyIdLength = 8
export const receiverLength = 8
const boxLength = 48

export interface Wrap {
  receiver: Bytes
  box: Bytes
}

export interface Wraps {
  keyId: Bytes
  ephemeral: Bytes
  wraps: Wrap[]
}

export const encodeWraps = ({ keyId, ephemeral, wraps }: Wraps): Bytes => {
  const writer = new Writer().raw(keyId).raw(ephemeral).varUint(wraps.length)
  for (const { receiver, box } of wraps) writer.raw(receiver).raw(box)
  return writer.bytes()
}

export const parseWraps = (publicPart: Uint8Array): Result<Wraps, 'malformed'> =>
  read(publicPart, (reader) => {
    const keyId = reader.take(keyIdLength)
    const ephemeral = reader.take(65)
    const wraps: Wrap[] = []
    const count = reader.count(receiverLength + boxLength)
    for (let i = 0; i < count; i++)
      wraps.push({ receiver: reader.take(receiverLength), box: reader.take(boxLength) })
    return { keyId, ephemeral, wraps }
  })
