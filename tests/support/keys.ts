/** Key pairs that are the same in every run: made from a text, for devices, invites and audiences in tests. */
import { createECDH } from 'node:crypto'
import { sign } from '../../src/crypto/sign.ts'
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
import { importVerifyKey } from '../../sync-server/protocol/verify.ts'

/** Order n of P-256 (SP 800-186). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)
const toBytes = (value: bigint): Bytes => copyBytes(Buffer.from(value.toString(16).padStart(64, '0'), 'hex'))

/** The other spelling of a signature: r ‖ n − s. */
export const withOtherS = (signature: Bytes): Bytes =>
  concatBytes(signature.subarray(0, 32), toBytes(order - toNumber(signature.subarray(32))))

/** One P-256 pair; `d` is SHA-256 of the seed. */
export interface TestKeyPair {
  d: Bytes
  /** 65 bytes, uncompressed */
  raw: Bytes
  /** signs with low s, over SHA-256 of the bytes */
  sign: (bytes: Bytes) => Promise<Bytes>
  verifyKey: SubtleKey
  /** for ECDH */
  receiveKey: SubtleKey
}

export const keyPairOf = async (seed: string): Promise<TestKeyPair> => {
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
  const signKey = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, [
    'sign',
  ])
  const receiveKey = await crypto.subtle.importKey('jwk', jwk, { name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ])
  const verifyKey = await importVerifyKey(raw)
  if (!verifyKey) throw new Error('a key made here is a point of the curve')
  return { d, raw, sign: (bytes) => sign(signKey, bytes), verifyKey, receiveKey }
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
