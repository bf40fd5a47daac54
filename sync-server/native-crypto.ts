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

/** Appends an unsigned number as ASN.1 INTEGER: no zeros before it, but one where it would read as negative. */
const addInteger = (der: number[], number: Bytes): void => {
  let begin = 0
  while (begin < number.length - 1 && number[begin] === 0) begin++
  const isNegative = (number[begin] as number) >= 0x80
  der.push(2, number.length - begin + Number(isNegative))
  if (isNegative) der.push(0)
  for (let i = begin; i < number.length; i++) der.push(number[i] as number)
}

/** r ‖ s as Ecdsa-Sig-Value (RFC 3279, 2.2.3): what OpenSSL reads, at two thirds of what it costs to have Node turn it. */
const derOf = (signature: Bytes): Bytes => {
  const der = [0x30, 0]
  addInteger(der, signature.subarray(0, 32))
  addInteger(der, signature.subarray(32))
  der[1] = der.length - 2
  return Uint8Array.from(der)
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
