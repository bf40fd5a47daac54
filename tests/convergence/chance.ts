/** Chance by a seed: the same seed gives the same run, keys and ids included. */

import { createECDH } from 'node:crypto'
import { copyBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'

/** sfc32 (PractRand's small fast counting generator): good enough to shuffle a test, and short. */
export class Chance {
  #a: number
  #b = 0x9e3779b9
  #c = 0x243f6a88
  #counter = 1

  constructor(seed: number) {
    this.#a = seed | 0
    for (let i = 0; i < 12; i++) this.#next()
  }

  /** A whole number from 0 to `below` - 1. */
  below(below: number): number {
    return this.#next() % below
  }

  from(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  oneIn(times: number): boolean {
    return this.below(times) === 0
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item
  }

  /** One of the names, by their weights. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[]
    let left = this.below(names.reduce((sum, name) => sum + weights[name], 0))
    for (const name of names) {
      left -= weights[name]
      if (left < 0) return name
    }
    throw new Error('one of the weights is more than nothing')
  }

  fill(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.#next()
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return sum >>> 0
  }
}

const keyPair = async (chance: Chance, name: 'ECDSA' | 'ECDH', extractable: boolean) => {
  const d = new Uint8Array(32)
  chance.fill(d)
  // below the curve's order whatever the rest is
  d[0] = (d[0] as number) & 0x7f
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(d)
  const raw = copyBytes(pair.getPublicKey())
  const [x, y] = [toBase64url(raw.subarray(1, 33)), toBase64url(raw.subarray(33))]
  const curve = { name, namedCurve: 'P-256' }
  const publicKey = await crypto.subtle.importKey('raw', raw, curve, true, name === 'ECDSA' ? ['verify'] : [])
  const jwk = { kty: 'EC', crv: 'P-256', d: toBase64url(d), x, y }
  const uses = name === 'ECDSA' ? (['sign'] as const) : (['deriveBits'] as const)
  return {
    privateKey: await crypto.subtle.importKey('jwk', jwk, curve, extractable, [...uses]),
    publicKey,
  }
}

/** Until the function that it gives is called, WebCrypto's keys and random bytes come from `chance`. */
export const seedCrypto = (chance: Chance): (() => void) => {
  const { subtle } = crypto
  const real = { random: crypto.getRandomValues, generate: subtle.generateKey }
  crypto.getRandomValues = <Array extends ArrayBufferView | null>(array: Array): Array => {
    if (array) chance.fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    return array
  }
  subtle.generateKey = ((algorithm: { name: 'ECDSA' | 'ECDH' }, extractable: boolean) =>
    keyPair(chance, algorithm.name, extractable)) as unknown as typeof subtle.generateKey
  return () => {
    crypto.getRandomValues = real.random
    subtle.generateKey = real.generate
  }
}
