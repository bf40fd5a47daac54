/** lib0's `any`, read within bounds. */
import fc from 'fast-check'
import * as decoding from 'lib0/decoding'
import { describe, expect, test } from 'vitest'
import { type AnyValue, asObject, encodeAny, readBoundedAny } from '../../../sync-server/protocol/any.ts'
import { concatBytes, utf8 } from '../../../sync-server/protocol/bytes.ts'
import { parseWithin } from '../../support/decoder-bounds.ts'

const seed = 2026
const isOk = (bytes: Uint8Array): boolean => readBoundedAny(bytes).ok

/** Values as schemas make them: at most 8 levels, well-formed text. */
const text = fc.string({ unit: 'binary', maxLength: 40 }).filter((value) => value.isWellFormed())
const leaf = fc.oneof(
  fc.constantFrom(null, undefined, true, false, 0, -0, 2 ** 31, -(2 ** 31), 2 ** 31 - 1, 2 ** 53 - 1),
  fc.double(),
  fc.float(),
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  text,
  fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array(bytes)),
)
const { value: anyValue } = fc.letrec<{ value: AnyValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4, noNullPrototype: true },
    ),
  ) as fc.Arbitrary<AnyValue>,
}))

const nested = (depth: number, open: (inner: AnyValue) => AnyValue): AnyValue => {
  let value: AnyValue = null
  for (let level = 1; level < depth; level++) value = open(value)
  return value
}

describe('reading any', () => {
  test('gives what was written, and what lib0 itself would read', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const bytes = encodeAny(value)
        const ours = readBoundedAny(bytes)
        expect(ours).toEqual({ ok: true, value })
        expect(ours.ok && ours.value).toEqual(decoding.readAny(decoding.createDecoder(bytes)))
      }),
      { seed, numRuns: 500 },
    )
  })

  test('eight levels are read and a ninth is not, in arrays and in objects', () => {
    for (const open of [
      (inner: AnyValue): AnyValue => [inner],
      (inner: AnyValue): AnyValue => ({ a: inner }),
    ]) {
      expect(isOk(encodeAny(nested(8, open)))).toBe(true)
      expect(isOk(encodeAny(nested(9, open)))).toBe(false)
    }
  })

  test('8,000 arrays inside each other are refused and the stack holds', () => {
    const deep = new Uint8Array(16_002)
    for (let at = 0; at < 16_000; at += 2) deep.set([117, 1], at)
    deep.set([126, 0], 16_000)
    expect(isOk(deep)).toBe(false)
    const objects = concatBytes(...Array<Uint8Array>(4000).fill(Uint8Array.of(118, 1, 1, 97)))
    expect(isOk(objects)).toBe(false)
  })

  test('a key __proto__ is refused at any level, and so is a key that stands twice', () => {
    const object = (...keys: string[]) =>
      concatBytes(
        Uint8Array.of(118, keys.length),
        ...keys.map((key) => concatBytes(Uint8Array.of(key.length), utf8(key), Uint8Array.of(120))),
      )
    expect(isOk(object('a', 'b'))).toBe(true)
    expect(isOk(object('__proto__'))).toBe(false)
    expect(isOk(concatBytes(Uint8Array.of(117, 1), object('a', '__proto__')))).toBe(false)
    expect(isOk(object('a', 'b', 'a'))).toBe(false)
    const read = readBoundedAny(object('constructor', 'toString'))
    expect(read.ok && Object.keys(asObject(read.value) ?? {})).toEqual(['constructor', 'toString'])
  })

  test('counts and lengths that the bytes cannot hold are refused without being tried', () => {
    const huge = Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 15)
    for (const type of [117, 118, 119, 116]) {
      const bytes = concatBytes(Uint8Array.of(type), huge, new Uint8Array(20))
      const { result, reads, copied } = parseWithin(bytes, readBoundedAny)
      expect(result.ok).toBe(false)
      // the type and the count, and nothing of what is counted
      expect(reads).toBeLessThanOrEqual(9)
      expect(copied).toBe(0)
    }
  })

  test('no truncation of a value is read, and nothing may stand after it', () => {
    const bytes = encodeAny({ a: [1, 2.5, 'نص', null], b: { c: Uint8Array.of(1, 2) }, d: 5n })
    for (let length = 0; length < bytes.length; length++) expect(isOk(bytes.subarray(0, length))).toBe(false)
    expect(isOk(concatBytes(bytes, Uint8Array.of(126)))).toBe(false)
  })

  test('text that is not UTF-8, unknown types and numbers beyond the safe ones are refused', () => {
    expect(isOk(Uint8Array.of(119, 1, 0xff))).toBe(false)
    expect(isOk(Uint8Array.of(119, 3, 0xed, 0xa0, 0x80))).toBe(false)
    for (let type = 0; type < 256; type++)
      if (type < 116 || type > 127) expect(isOk(Uint8Array.of(type, 0, 0, 0, 0, 0, 0, 0, 0))).toBe(false)
    expect(isOk(concatBytes(Uint8Array.of(125), new Uint8Array(8).fill(255), Uint8Array.of(1)))).toBe(false)
  })
})

describe('objects', () => {
  test('only a plain object is one', () => {
    expect(asObject({ a: 1 })).toEqual({ a: 1 })
    for (const value of [null, undefined, [], 'text', 1, true, new Uint8Array(2)])
      expect(asObject(value)).toBe(null)
  })
})
