/**
 * The gate's reckoning by OpenSSL in this thread: what WebCrypto says, for less of the processor, and without the turns
 * of its threads, of which a busy machine makes each entry wait for several.
 */

import { hash, KeyObject, verify } from 'node:crypto'
import { type Bytes, copyBytes } from './protocol/bytes.ts'
import type { GateCrypto } from './protocol/gate.ts'
import { isLowS, type SubtleKey } from './protocol/verify.ts'

/** Signatures that one run has checked before everybody else has a turn: 0.1 ms each. */
const verifiesInTurn = 4

const keyObjects = new WeakMap<SubtleKey, KeyObject>()

const keyObjectOf = (key: SubtleKey): KeyObject => {
  const known = keyObjects.get(key)
  if (known) return known
  const object = KeyObject.from(key)
  keyObjects.set(key, object)
  return object
}

/** An unsigned number as ASN.1 INTEGER: no zeros before it, but one where it would read as negative. */
const derInteger = (number: Bytes): readonly number[] => {
  const begin = number.findIndex((byte) => byte !== 0)
  const digits = begin === -1 ? [0] : [...number.subarray(begin)]
  const isNegative = (digits[0] as number) >= 0x80
  return isNegative ? [2, digits.length + 1, 0, ...digits] : [2, digits.length, ...digits]
}

/** r ‖ s as Ecdsa-Sig-Value (RFC 3279, 2.2.3): what OpenSSL reads, at two thirds of what it costs to have Node turn it. */
const derOf = (signature: Bytes): Bytes => {
  const numbers = [...derInteger(signature.subarray(0, 32)), ...derInteger(signature.subarray(32))]
  return Uint8Array.of(0x30, numbers.length, ...numbers)
}

/** The same verdict as `verifySignature` of the protocol; a key of `importVerifyKey`. */
export const verifyNow = (key: SubtleKey, signature: Bytes, signed: Bytes): boolean =>
  signature.length === 64 && isLowS(signature) && verify('sha256', signed, keyObjectOf(key), derOf(signature))

export const sha256Now = (bytes: Bytes): Bytes => copyBytes(hash('sha256', bytes, 'buffer'))

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** For one run: it gives way to everything else again and again, so that requests take turns [R4]. */
export const createNativeCrypto = (): GateCrypto => {
  let count = 0
  return {
    verify(key, signature, signed) {
      if (++count % verifiesInTurn !== 0) return verifyNow(key, signature, signed)
      return nextTurn().then(() => verifyNow(key, signature, signed))
    },
    sha256: sha256Now,
  }
}
