/** ECDSA over P-256 without chance: what is signed twice has one signature, and a run has the same hashes every time. */

import { createECDH, createHash, type KeyObject } from 'node:crypto'

/** Order of the curve (FIPS 186-5, SP 800-186). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const bytesOf = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(64, '0'), 'hex')
const hashOf = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()

/** By Euclid's algorithm. */
const inverse = (number: bigint): bigint => {
  let [a, b, x, y] = [number, order, 1n, 0n]
  while (a > 1n) {
    const quotient = a / b
    ;[a, b] = [b, a % b]
    ;[x, y] = [y, x - quotient * y]
  }
  return ((x % order) + order) % order
}

const secrets = new WeakMap<KeyObject, Buffer>()

/** r and s, 32 bytes each; the nonce comes from key and data (as in RFC 6979, which is slower). */
export const signSteadily = (key: KeyObject, data: Uint8Array): Buffer => {
  const secret = secrets.get(key) ?? Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url')
  secrets.set(key, secret)
  const digest = hashOf(data)
  const nonce = (numberOf(hashOf(secret, digest)) % (order - 1n)) + 1n
  const point = createECDH('prime256v1')
  point.setPrivateKey(bytesOf(nonce))
  const r = numberOf(point.getPublicKey().subarray(1, 33)) % order
  const s = (inverse(nonce) * (numberOf(digest) + r * numberOf(secret))) % order
  return Buffer.concat([bytesOf(r), bytesOf(s)])
}
