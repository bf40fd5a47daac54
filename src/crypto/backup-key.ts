/** The key of a backup out of a passphrase: Argon2id, so that each guess costs memory and time. */

import { argon2id } from 'hash-wasm'
import { type Bytes, copyBytes } from '../../sync-server/protocol/bytes.ts'

export interface KeyCost {
  memoryKiB: number
  passes: number
  lanes: number
}

const keyLength = 32

/**
 * What two keyboards write differently is the same passphrase: forms of letters (NFKC), tatweel and vowel marks, digits, capitals at
 * the beginning of a word, more than one space.
 */
export const plainPassphrase = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15))
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')

/** 32 bytes. `cost` must have been held against its bounds before. */
export const deriveBackupKey = async (passphrase: string, salt: Bytes, cost: KeyCost): Promise<Bytes> =>
  copyBytes(
    await argon2id({
      password: plainPassphrase(passphrase),
      salt,
      memorySize: cost.memoryKiB,
      iterations: cost.passes,
      parallelism: cost.lanes,
      hashLength: keyLength,
      outputType: 'binary',
    }),
  )
