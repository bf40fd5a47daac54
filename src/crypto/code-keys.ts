/** What is computed from an invite's short code: the id that the relay hears, and the key that it does not (PROTOCOL.md, "Code"). */

import { type Bytes, utf8 } from '../../sync-server/protocol/bytes.ts'
import { read } from '../../sync-server/protocol/reader.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'

export interface CodeKeys {
  /** 16 bytes */
  id: Bytes
  /** AES-256-GCM, for one box only */
  key: SubtleKey
}

/** OWASP's number for PBKDF2 with SHA-256 (Password Storage Cheat Sheet, 2023): a second on a cheap phone. */
const rounds = 600_000
const domain = utf8('tadamun/code/1')
/** The same for every box: its length tells nothing of the network's name. */
const paddedLength = 576
const tagLength = 16

/** Bytes of every box. */
export const codeBoxLength = paddedLength + tagLength

/** `code` is the twelve signs. */
export const deriveCodeKeys = async (code: string): Promise<CodeKeys> => {
  const typed = await crypto.subtle.importKey('raw', utf8(code), 'PBKDF2', false, ['deriveBits'])
  const slow = { name: 'PBKDF2', hash: 'SHA-256', salt: domain, iterations: rounds }
  const seed = await crypto.subtle.importKey(
    'raw',
    await crypto.subtle.deriveBits(slow, typed, 256),
    'HKDF',
    false,
    ['deriveBits'],
  )
  const fast = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: domain }
  const bytes = new Uint8Array(await crypto.subtle.deriveBits(fast, seed, 384))
  const key = await crypto.subtle.importKey('raw', bytes.slice(16), 'AES-GCM', false, ['encrypt', 'decrypt'])
  return { id: bytes.slice(0, 16), key }
}

const termsOf = (id: Bytes) => ({ name: 'AES-GCM', iv: new Uint8Array(12), additionalData: id })

/** Null for what does not fit into a box. */
export const sealBox = async ({ id, key }: CodeKeys, plaintext: Uint8Array): Promise<Bytes | null> => {
  const bytes = new Writer().varBytes(plaintext).bytes()
  if (bytes.length > paddedLength) return null
  const padded = new Uint8Array(paddedLength)
  padded.set(bytes)
  return new Uint8Array(await crypto.subtle.encrypt(termsOf(id), key, padded))
}

/** Null where it was not sealed under this code. */
export const openBox = async ({ id, key }: CodeKeys, box: Bytes): Promise<Bytes | null> => {
  try {
    const padded = new Uint8Array(await crypto.subtle.decrypt(termsOf(id), key, box))
    const parsed = read(padded, (reader) => {
      const plaintext = reader.varBytes(paddedLength)
      reader.take(reader.left)
      return plaintext
    })
    return parsed.ok ? parsed.value : null
  } catch {
    // WebCrypto throws OperationError when the tag does not fit: the caller says that nothing was found
    return null
  }
}
