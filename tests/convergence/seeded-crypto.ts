/**
 * WebCrypto by a seed and without threads: the same run of the simulation makes the same keys, ids and random bytes, and
 * reaches the disk in the same order.
 */

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  KeyObject,
  sign as signNow,
  verify as verifyNow,
  type webcrypto,
} from 'node:crypto'
import { copyBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { Chance } from './chance.ts'

const tagLength = 16

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

const bytesOf = (data: BufferSource): Uint8Array =>
  ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)
const bufferOf = (bytes: Uint8Array): ArrayBuffer => copyBytes(bytes).buffer

type Gcm = { iv: BufferSource; additionalData?: BufferSource }
const keyOf = (key: webcrypto.CryptoKey): KeyObject => KeyObject.from(key)
const ieee = (key: webcrypto.CryptoKey) => ({ key: keyOf(key), dsaEncoding: 'ieee-p1363' }) as const

const seal = ({ iv, additionalData }: Gcm, key: webcrypto.CryptoKey, data: BufferSource): ArrayBuffer => {
  const cipher = createCipheriv('aes-256-gcm', keyOf(key), bytesOf(iv))
  if (additionalData) cipher.setAAD(bytesOf(additionalData))
  return bufferOf(Buffer.concat([cipher.update(bytesOf(data)), cipher.final(), cipher.getAuthTag()]))
}

const open = ({ iv, additionalData }: Gcm, key: webcrypto.CryptoKey, data: BufferSource): ArrayBuffer => {
  const sealed = bytesOf(data)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(key), bytesOf(iv))
  if (additionalData) decipher.setAAD(bytesOf(additionalData))
  decipher.setAuthTag(sealed.subarray(-tagLength))
  return bufferOf(Buffer.concat([decipher.update(sealed.subarray(0, -tagLength)), decipher.final()]))
}

/** A check is pure: what one phone has found of a signature holds for all others and the relay. */
const rememberVerdicts = () => {
  const verdicts = new Map<webcrypto.CryptoKey, Map<string, boolean>>()
  return (key: webcrypto.CryptoKey, signature: Uint8Array, data: Uint8Array): boolean => {
    const known = verdicts.get(key) ?? new Map<string, boolean>()
    verdicts.set(key, known)
    const question = Buffer.concat([signature, data]).toString('latin1')
    const verdict = known.get(question) ?? verifyNow('sha256', data, ieee(key), signature)
    known.set(question, verdict)
    return verdict
  }
}

type ImportKey = typeof crypto.subtle.importKey

/** Public keys by their bytes: all phones and relays import the same ones again and again. */
const rememberKeys = (importKey: ImportKey) => {
  const keys = new Map<string, ReturnType<ImportKey>>()
  return (parts: Parameters<ImportKey>): ReturnType<ImportKey> => {
    const [format, data, curve, , [use = '']] = parts
    if (format !== 'raw') return importKey(...parts)
    const id = `${JSON.stringify(curve)} ${use} ${Buffer.from(bytesOf(data as BufferSource)).toString('latin1')}`
    const key = keys.get(id) ?? importKey(...parts)
    keys.set(id, key)
    return key
  }
}

/** Until the function that it gives is called, all crypto of this process comes from `chance`, one call after another. */
export const seedCrypto = (chance: Chance): (() => void) => {
  const { subtle } = crypto
  const random = crypto.getRandomValues
  const { generateKey, digest, sign, verify, encrypt, decrypt, importKey } = subtle
  const judge = rememberVerdicts()
  const importOnce = rememberKeys(importKey.bind(subtle))
  crypto.getRandomValues = <Array extends ArrayBufferView | null>(array: Array): Array => {
    if (array) chance.fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    return array
  }
  const seeded = {
    generateKey: ({ name }: { name: 'ECDSA' | 'ECDH' }, extractable: boolean) =>
      keyPair(chance, name, extractable),
    digest: async (_: unknown, data: BufferSource) =>
      bufferOf(createHash('sha256').update(bytesOf(data)).digest()),
    sign: async (_: unknown, key: webcrypto.CryptoKey, data: BufferSource) =>
      bufferOf(signNow('sha256', bytesOf(data), ieee(key))),
    verify: async (_: unknown, key: webcrypto.CryptoKey, signature: BufferSource, data: BufferSource) =>
      judge(key, bytesOf(signature), bytesOf(data)),
    importKey: (...parts: Parameters<typeof importKey>) => importOnce(parts),
    encrypt: async (how: Gcm, key: webcrypto.CryptoKey, data: BufferSource) => seal(how, key, data),
    decrypt: async (how: Gcm, key: webcrypto.CryptoKey, data: BufferSource) => open(how, key, data),
  }
  Object.assign(subtle, seeded)
  // Node would rather not turn keys that stay inside into key objects (DEP0204); nothing here takes them out
  const { noDeprecation = false } = process
  process.noDeprecation = true
  return () => {
    process.noDeprecation = noDeprecation
    crypto.getRandomValues = random
    Object.assign(subtle, { generateKey, digest, sign, verify, encrypt, decrypt, importKey })
  }
}
