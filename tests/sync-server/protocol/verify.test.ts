/** Signatures and keys: one verdict on every phone and relay. */
import { describe, expect, test } from 'vitest'
import { createNativeCrypto, sha256Now, verifyNow } from '../../../sync-server/native-crypto.ts'
import { concatBytes, sha256, utf8 } from '../../../sync-server/protocol/bytes.ts'
import { importVerifyKey, isLowS, verifySignature } from '../../../sync-server/protocol/verify.ts'
import { keyPairOf, withOtherS } from '../../support/keys.ts'

const pair = await keyPairOf('verify')
const text = utf8('signed')
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

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

describe.each([
  { whose: 'WebCrypto', verify: verifySignature },
  { whose: "the relay's own check", verify: verifyNow },
])('signatures by $whose', ({ verify }) => {
  test('what the author signed is verified, and no other text, key or length', async () => {
    const signature = await pair.sign(text)
    expect(await verify(pair.verifyKey, signature, text)).toBe(true)
    expect(await verify(pair.verifyKey, signature, utf8('other'))).toBe(false)
    expect(await verify((await keyPairOf('else')).verifyKey, signature, text)).toBe(false)
    expect(await verify(pair.verifyKey, signature.slice(0, 63), text)).toBe(false)
    expect(await verify(pair.verifyKey, concatBytes(signature, Uint8Array.of(0)), text)).toBe(false)
  })

  test('of the two spellings of every signature just the low one is taken', async () => {
    for (let round = 0; round < 40; round++) {
      const signature = await pair.sign(utf8(String(round)))
      expect(isLowS(signature)).toBe(true)
      expect(isLowS(withOtherS(signature))).toBe(false)
      expect(await verify(pair.verifyKey, withOtherS(signature), utf8(String(round)))).toBe(false)
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
      expect(await verify(pair.verifyKey, concatBytes(r, s), text)).toBe(false)
  })
})

describe("the relay's own check", () => {
  test('gives one verdict with WebCrypto on whatever is done to a signature or its text', async () => {
    const signature = await pair.sign(text)
    for (let bit = 0; bit < signature.length * 8; bit++) {
      const other = new Uint8Array(signature)
      other[bit >> 3] = (other[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(verifyNow(pair.verifyKey, other, text)).toBe(await verifySignature(pair.verifyKey, other, text))
    }
    for (const spelling of [withOtherS(signature), new Uint8Array(64), new Uint8Array(64).fill(255)])
      expect(verifyNow(pair.verifyKey, spelling, text)).toBe(false)
  })

  test('takes signatures whose numbers begin with zeros, or with a bit that reads as a sign', async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const beginnings = new Set<string>()
    const beginningOf = (byte: number): string => (byte === 0 ? 'zero' : byte < 128 ? 'low' : 'high')
    while (beginnings.size < 5) {
      const any = new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, text))
      const signature = isLowS(any) ? any : withOtherS(any)
      // s is low: it never reads as negative
      beginnings.add(`r ${beginningOf(signature[0] as number)}`)
      beginnings.add(`s ${beginningOf(signature[32] as number)}`)
      expect(verifyNow(publicKey, signature, text)).toBe(true)
    }
  })

  test('hashes as WebCrypto does', async () => {
    for (const length of [0, 1, 55, 56, 64, 300])
      expect(sha256Now(new Uint8Array(length).fill(length))).toEqual(
        await sha256(new Uint8Array(length).fill(length)),
      )
  })

  test('[R4] of a long run lets everything else have its turn again and again', async () => {
    const signature = await pair.sign(text)
    const { verify } = createNativeCrypto()
    let turns = 0
    let isDone = false
    const takeTurn = (): void => {
      turns++
      if (!isDone) setImmediate(takeTurn)
    }
    setImmediate(takeTurn)
    for (let n = 0; n < 40; n++) expect(await verify(pair.verifyKey, signature, text)).toBe(true)
    isDone = true
    expect(turns).toBeGreaterThanOrEqual(9)
  })
})
