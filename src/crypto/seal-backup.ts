/**
 * A backup file: sealed under a passphrase, and nothing in it can be read without one.
 *
 *     3 bytes   `TDB`
 *     1 byte    version (1)
 *     varUint   memory in KiB, varUint passes, varUint lanes: what one try of a passphrase costs (Argon2id, RFC 9106)
 *     16 bytes  salt
 *     12 bytes  nonce
 *     …         AES-256-GCM under the key that Argon2id gives; additional data = all before
 *     4 bytes   SHA-256 of all before: a file that was cut is told from a wrong passphrase
 *
 * What a file may ask of the phone is bounded before anything is computed from it.
 */

import {
  type Bytes,
  concatBytes,
  copyBytes,
  equalBytes,
  randomBytes,
  sha256,
  utf8,
} from '../../sync-server/protocol/bytes.ts'
import { malformed, read } from '../../sync-server/protocol/reader.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'
import { deriveBackupKey, type KeyCost } from './backup-key.ts'

export interface BackupFile {
  cost: KeyCost
  salt: Bytes
  nonce: Bytes
  /** additional data */
  head: Bytes
  sealed: Bytes
  check: Bytes
}

/** `newer`: a later version of the app made it. */
export type BackupFailure = 'broken' | 'newer' | 'wrongPassphrase'

/** RFC 9106, section 4, second choice (for phones: 64 MiB, three passes), on one lane: WebAssembly has one. */
export const backupCost: KeyCost = { memoryKiB: 64 * 1024, passes: 3, lanes: 1 }

/** What a file may ask for: no more than about three times ours, so that a hostile one stops no phone. */
export const costBounds = { memoryKiB: 128 * 1024, passes: 16, lanes: 4, memoryPasses: 512 * 1024 } as const

/** All rooms of a network, its pictures and voice notes. */
export const maxBackupBytes = 128 * 1024 * 1024

const mark = utf8('TDB')
const version = 1
const saltLength = 16
const nonceLength = 12
const tagLength = 16
const checkLength = 4

const encodeHead = ({ memoryKiB, passes, lanes }: KeyCost, salt: Bytes, nonce: Bytes): Bytes =>
  new Writer()
    .raw(mark)
    .byte(version)
    .varUint(memoryKiB)
    .varUint(passes)
    .varUint(lanes)
    .raw(salt)
    .raw(nonce)
    .bytes()

/** Pure, and cheap: nothing is derived here. */
export const parseBackupFile = (bytes: Uint8Array): Result<BackupFile, 'broken' | 'newer'> => {
  if (bytes.length > maxBackupBytes) return fail('broken')
  if (!equalBytes(bytes.subarray(0, mark.length), mark)) return fail('broken')
  if ((bytes[mark.length] ?? 0) > version) return fail('newer')
  const parsed = read(bytes, (reader): BackupFile => {
    reader.take(mark.length)
    if (reader.byte() !== version) malformed('no such version')
    const memoryKiB = reader.varUint(costBounds.memoryKiB)
    const passes = reader.varUint(costBounds.passes)
    const lanes = reader.varUint(costBounds.lanes)
    if (lanes < 1 || passes < 1 || memoryKiB < 8 * lanes) malformed('no cost of Argon2')
    if (memoryKiB * passes > costBounds.memoryPasses) malformed('too costly')
    const salt = reader.take(saltLength)
    const nonce = reader.take(nonceLength)
    const head = copyBytes(bytes.subarray(0, reader.position))
    if (reader.left < tagLength + checkLength) malformed('cut short')
    const sealed = reader.take(reader.left - checkLength)
    return { cost: { memoryKiB, passes, lanes }, salt, nonce, head, sealed, check: reader.take(checkLength) }
  })
  return parsed.ok ? parsed : fail('broken')
}

const keyOf = async (passphrase: string, salt: Bytes, cost: KeyCost): Promise<SubtleKey> =>
  crypto.subtle.importKey('raw', await deriveBackupKey(passphrase, salt, cost), 'AES-GCM', false, [
    'encrypt',
    'decrypt',
  ])

export const sealBackup = async (
  passphrase: string,
  content: Bytes,
  cost: KeyCost = backupCost,
): Promise<Bytes> => {
  const [salt, nonce] = [randomBytes(saltLength), randomBytes(nonceLength)]
  const head = encodeHead(cost, salt, nonce)
  const terms = { name: 'AES-GCM', iv: nonce, additionalData: head }
  const sealed = new Uint8Array(
    await crypto.subtle.encrypt(terms, await keyOf(passphrase, salt, cost), content),
  )
  const check = (await sha256(concatBytes(head, sealed))).slice(0, checkLength)
  return concatBytes(head, sealed, check)
}

export const openBackup = async (
  passphrase: string,
  bytes: Uint8Array,
): Promise<Result<Bytes, BackupFailure>> => {
  const parsed = parseBackupFile(bytes)
  if (!parsed.ok) return parsed
  const { cost, salt, nonce, head, sealed, check } = parsed.value
  if (!equalBytes((await sha256(concatBytes(head, sealed))).slice(0, checkLength), check))
    return fail('broken')
  const terms = { name: 'AES-GCM', iv: nonce, additionalData: head }
  const key = await keyOf(passphrase, salt, cost)
  try {
    return ok(new Uint8Array(await crypto.subtle.decrypt(terms, key, sealed)))
  } catch {
    // WebCrypto throws OperationError when the tag does not fit
    return fail('wrongPassphrase')
  }
}
