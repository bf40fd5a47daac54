/** Checks a signature; phone and relay give one verdict because both run this. */

import { type Bytes, compareBytes } from './bytes.ts'

/** A key of WebCrypto; named by its API because Node's and the browsers' types differ. */
export type SubtleKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
/** n/2 of P-256 (FIPS 186-5, SP 800-186): s above it is another spelling of the same signature and refused. */
const halfOrder = Uint8Array.from([
  0x7f, 0xff, 0xff, 0xff, 0x80, 0x00, 0x00, 0x00, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xde, 0x73,
  0x7d, 0x56, 0xd3, 0x8b, 0xcf, 0x42, 0x79, 0xdc, 0xe5, 0x61, 0x7e, 0x31, 0x92, 0xa8,
])

export const isLowS = (signature: Bytes): boolean => compareBytes(signature.subarray(32), halfOrder) <= 0

/** First byte of an uncompressed point (SEC 1, section 2.3.3). */
const uncompressed = 4

/** A raw uncompressed point (65 bytes) as a key that verifies, or null where it is no point of the curve. */
export const importVerifyKey = async (raw: Bytes): Promise<SubtleKey | null> => {
  // OpenSSL reads hybrid points (6 and 7) of the same length too, browsers do not: relay and phone would disagree
  if (raw.length !== 65 || raw[0] !== uncompressed) return null
  try {
    // extractable, for it is public: the relay's own check reads it
    return await crypto.subtle.importKey('raw', raw, algorithm, true, ['verify'])
  } catch {
    // WebCrypto throws DataError for a point off the curve: the caller gets the verdict as a value
    return null
  }
}

export const verifySignature = async (key: SubtleKey, signature: Bytes, signed: Bytes): Promise<boolean> =>
  signature.length === 64 &&
  isLowS(signature) &&
  (await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, signature, signed))
