/** Seals and opens the secret part of an entry: AES-256-GCM under an audience key, bound to its place. */

import { type Bytes, copyBytes, randomBytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import { additionalData, type Sealed } from '../../sync-server/protocol/entry.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { read } from '../../sync-server/protocol/reader.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'

/** An audience key ready for use. */
export interface SealingKey {
  /** first 8 bytes of SHA-256 of the key */
  keyId: Bytes
  key: SubtleKey
}

export const audienceKeyLength = 32

export const importSealingKey = async (bytes: Bytes): Promise<SealingKey> => ({
  keyId: (await sha256(bytes)).slice(0, 8),
  key: await crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']),
})

/** Lengths tell a listener less when they come in steps (PROTOCOL.md, "Entry"). */
const paddingStep = 32

/** varUint length ‖ text ‖ zeros up to a multiple of 32. */
const pad = (plaintext: Uint8Array): Bytes => {
  const bytes = new Writer().varBytes(plaintext).bytes()
  const padded = new Uint8Array(Math.ceil(bytes.length / paddingStep) * paddingStep)
  padded.set(bytes)
  return padded
}

const unpad = (padded: Uint8Array): Bytes | null => {
  const parsed = read(padded, (reader) => {
    const plaintext = reader.varBytes(limits.entryBytes)
    reader.take(reader.left)
    return plaintext
  })
  return parsed.ok ? parsed.value : null
}

/** `context` is the place of the entry ({@link file://../../sync-server/protocol/entry.ts} contextOf). */
export const seal = async (
  { keyId, key }: SealingKey,
  context: Bytes,
  kind: number,
  publicPart: Uint8Array,
  plaintext: Uint8Array,
): Promise<Sealed> => {
  const nonce = randomBytes(12)
  const data = additionalData(context, kind, publicPart, { keyId, nonce })
  const ciphertext = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv: nonce, additionalData: data },
    key,
    pad(plaintext),
  )
  return { keyId: copyBytes(keyId), nonce, ciphertext: new Uint8Array(ciphertext) }
}

/** The plaintext, or null where key, place or bytes are not those that were sealed. */
export const open = async (
  { key }: SealingKey,
  context: Bytes,
  kind: number,
  publicPart: Uint8Array,
  sealed: Sealed,
): Promise<Bytes | null> => {
  const data = additionalData(context, kind, publicPart, sealed)
  try {
    const padded = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv: sealed.nonce, additionalData: data },
      key,
      sealed.ciphertext,
    )
    return unpad(new Uint8Array(padded))
  } catch {
    // WebCrypto throws OperationError when the tag does not fit: the caller counts it as not opened
    return null
  }
}
