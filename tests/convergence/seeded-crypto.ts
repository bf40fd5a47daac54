/**
 * WebCrypto by a seed and without threads: the same run of the simulation makes the same keys, ids and random bytes, and
 * reaches the disk in the same order.
 */

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  diffieHellman,
  hkdfSync,
  KeyObject,
  pbkdf2Sync,
  verify as verifyNow,
  type webcrypto,
} from 'node:crypto'
import { copyBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { Chance } from './chance.ts'
import { signSteadily } from './steady-signature.ts'

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

type Derivation =
  | { name: 'ECDH'; public: webcrypto.CryptoKey }
  | { name: 'HKDF'; salt: BufferSource; info: BufferSource }
  | { name: 'PBKDF2'; salt: BufferSource; iterations: number }

/** At once, not by a thread that comes back when it likes: a run goes the same way however busy the machine is. */
const derive = (how: Derivation, key: webcrypto.CryptoKey, bytes: number): ArrayBuffer => {
  const secret = keyOf(key)
  if (how.name === 'ECDH')
    return bufferOf(diffieHellman({ privateKey: secret, publicKey: keyOf(how.public) }).subarray(0, bytes))
  const salt = bytesOf(how.salt)
  if (how.name === 'HKDF') return hkdfSync('sha256', secret, salt, bytesOf(how.info), bytes)
  return bufferOf(pbkdf2Sync(secret.export(), salt, how.iterations, bytes, 'sha256'))
}

/** Slow on purpose, and asked of many phones in the same words. */
const rememberSlow = (): typeof derive => {
  const known = new Map<string, ArrayBuffer>()
  return (how, key, bytes) => {
    if (how.name !== 'PBKDF2') return derive(how, key, bytes)
    const words = [keyOf(key).export(), Buffer.from(bytesOf(how.salt))].map((part) => part.toString('base64'))
    const question = [...words, how.iterations, bytes].join(' ')
    const answer = known.get(question) ?? derive(how, key, bytes)
    known.set(question, answer)
    return answer.slice(0)
  }
}

const exportPoint = (key: webcrypto.CryptoKey): ArrayBuffer => {
  const { x = '', y = '' } = keyOf(key).export({ format: 'jwk' })
  return bufferOf(Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]))
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
  const { generateKey, digest, sign, verify, encrypt, decrypt, importKey, deriveBits, deriveKey, exportKey } =
    subtle
  const deriveOnce = rememberSlow()
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
      bufferOf(signSteadily(keyOf(key), bytesOf(data))),
    verify: async (_: unknown, key: webcrypto.CryptoKey, signature: BufferSource, data: BufferSource) =>
      judge(key, bytesOf(signature), bytesOf(data)),
    deriveBits: async (how: Derivation, key: webcrypto.CryptoKey, bits: number) =>
      deriveOnce(how, key, bits / 8),
    deriveKey: async (
      how: Derivation,
      key: webcrypto.CryptoKey,
      wanted: { name: 'AES-GCM'; length: number },
      extractable: boolean,
      uses: KeyUsage[],
    ) => importKey.call(subtle, 'raw', deriveOnce(how, key, wanted.length / 8), wanted, extractable, uses),
    exportKey: async (format: 'raw' | 'jwk', key: webcrypto.CryptoKey) => {
      if (!key.extractable) throw new DOMException('the key stays inside', 'InvalidAccessError')
      return format === 'raw' ? exportPoint(key) : keyOf(key).export({ format })
    },
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
    Object.assign(subtle, { generateKey, digest, sign, verify, encrypt, decrypt })
    Object.assign(subtle, { importKey, deriveBits, deriveKey, exportKey })
  }
}
