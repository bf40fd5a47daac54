/** Signatures and keys: one verdict on every phone and relay. */
import { describe, expect, test } from 'vitest'
import { concatBytes, utf8 } from '../../../sync-server/protocol/bytes.ts'
import { importVerifyKey, isLowS, verifySignature } from '../../../sync-server/protocol/verify.ts'
import { keyPairOf, withOtherS } from '../../support/keys.ts'

const pair = await keyPairOf('verify')
const text = utf8('signed')

describe('keys', () => {
  test('a point of the curve is a key', async () => {
    expect(await importVerifyKey(pair.raw)).not.toBe(null)
  })

  test('anything that is no point of the curve is none', async () => {
    const off = new Uint8Array(pair.raw)
    off[64] = (off[64] as number) ^ 1
    const wrong = [
      off,
      new Uint8Array(65),
      pair.raw.slice(0, 64),
      concatBytes(pair.raw, text),
      new Uint8Array(),
    ]
    for (const raw of wrong) expect(await importVerifyKey(raw)).toBe(null)
  })

  test('a point in hybrid or compressed form is none, though some libraries read it', async () => {
    const parity = (pair.raw[64] as number) & 1
    for (const form of [6 + parity, 7 - parity]) {
      const hybrid = new Uint8Array(pair.raw)
      hybrid[0] = form
      expect(await importVerifyKey(hybrid)).toBe(null)
    }
    expect(await importVerifyKey(concatBytes(Uint8Array.of(2 + parity), pair.raw.slice(1, 33)))).toBe(null)
  })
})

describe('signatures', () => {
  test('what the author signed is verified, and no other text, key or length', async () => {
    const signature = await pair.sign(text)
    expect(await verifySignature(pair.verifyKey, signature, text)).toBe(true)
    expect(await verifySignature(pair.verifyKey, signature, utf8('other'))).toBe(false)
    expect(await verifySignature((await keyPairOf('else')).verifyKey, signature, text)).toBe(false)
    expect(await verifySignature(pair.verifyKey, signature.slice(0, 63), text)).toBe(false)
    expect(await verifySignature(pair.verifyKey, concatBytes(signature, Uint8Array.of(0)), text)).toBe(false)
  })

  test('of the two spellings of every signature just the low one is taken', async () => {
    for (let round = 0; round < 40; round++) {
      const signature = await pair.sign(utf8(String(round)))
      expect(isLowS(signature)).toBe(true)
      expect(isLowS(withOtherS(signature))).toBe(false)
      expect(await verifySignature(pair.verifyKey, withOtherS(signature), utf8(String(round)))).toBe(false)
    }
  })

  test('r or s of zero or of the order are refused and throw nothing', async () => {
    const order = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex')
    const zero = new Uint8Array(32)
    const one = new Uint8Array(32).fill(1)
    for (const [r, s] of [
      [zero, zero],
      [zero, one],
      [one, zero],
      [order, one],
      [one, order],
    ] as const)
      expect(await verifySignature(pair.verifyKey, concatBytes(r, s), text)).toBe(false)
  })
})
