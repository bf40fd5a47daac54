/** Key pairs that are the same in every run: made from a text, for devices, invites and audiences in tests. */
import { createECDH } from 'node:crypto'
import {
  type Bytes,
  concatBytes,
  copyBytes,
  sha256,
  toBase64url,
  utf8,
} from '../../sync-server/protocol/bytes.ts'
import { type DeviceId, deviceIdOfKey } from '../../sync-server/protocol/ids.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'
import { importVerifyKey, isLowS } from '../../sync-server/protocol/verify.ts'

/** Order n of P-256 (SP 800-186). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const toBytes = (value: bigint): Bytes => copyBytes(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'))

/** The other spelling of a signature: r ‖ n − s. */
export const withOtherS = (signature: Bytes): Bytes =>
  concatBytes(signature.subarray(0, 32), toBytes(order - toNumber(signature.subarray(32))))

const powerModulo = (base: bigint, exponent: bigint): bigint => {
  let result = 1n
  for (let square = base % order, left = exponent; left > 0n; left >>= 1n, square = (square * square) % order)
    if (left & 1n) result = (result * square) % order
  return result
}

/** ECDSA (FIPS 186-5, 6.4) whose nonce is a hash of key, text and salt, so that a run can be had again. For tests only. */
const signSteadily = async (d: Bytes, bytes: Bytes, salt: number): Promise<Bytes> => {
  const digest = await sha256(bytes)
  const nonce = await sha256(concatBytes(d, digest, utf8(`tests/nonce/${salt}`)))
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(nonce)
  const r = toNumber(pair.getPublicKey().subarray(1, 33)) % order
  const s = (powerModulo(toNumber(nonce), order - 2n) * (toNumber(digest) + r * toNumber(d))) % order
  const signature = concatBytes(toBytes(r), toBytes(s))
  return isLowS(signature) ? signature : withOtherS(signature)
}

/** One P-256 pair; `d` is SHA-256 of the seed. */
export interface TestKeyPair {
  d: Bytes
  /** 65 bytes, uncompressed */
  raw: Bytes
  /** signs with low s, over SHA-256 of the bytes: the same bytes and salt give the same signature */
  sign: (bytes: Bytes, salt?: number) => Promise<Bytes>
  verifyKey: SubtleKey
  /** for ECDH */
  receiveKey: SubtleKey
}

const makeKeyPair = async (seed: string): Promise<TestKeyPair> => {
  const d = await sha256(utf8(`tests/key/${seed}`))
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(d)
  const raw = copyBytes(pair.getPublicKey())
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    d: toBase64url(d),
    x: toBase64url(raw.subarray(1, 33)),
    y: toBase64url(raw.subarray(33)),
  }
  const receiveKey = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ])
  const verifyKey = await importVerifyKey(raw)
  if (!verifyKey) throw new Error('a key made here is a point of the curve')
  return { d, raw, sign: (bytes, salt = 0) => signSteadily(d, bytes, salt), verifyKey, receiveKey }
}

/** Made once in each process; nobody writes into its bytes. */
const pairs = new Map<string, Promise<TestKeyPair>>()

export const keyPairOf = (seed: string): Promise<TestKeyPair> => {
  const pair = pairs.get(seed) ?? makeKeyPair(seed)
  pairs.set(seed, pair)
  return pair
}

/** One installation: its two pairs and its id. */
export interface TestDevice {
  id: DeviceId
  signing: TestKeyPair
  receiving: TestKeyPair
}

export const deviceOf = async (seed: string): Promise<TestDevice> => {
  const signing = await keyPairOf(`${seed}/sign`)
  return { id: await deviceIdOfKey(signing.raw), signing, receiving: await keyPairOf(`${seed}/receive`) }
}

/** 32 bytes of an audience key. */
export const audienceKeyOf = (seed: string): Promise<Bytes> => sha256(utf8(`tests/audience/${seed}`))
