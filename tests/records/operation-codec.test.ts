import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Operation, RecordId } from '../../src/records/operation.ts'
import {
  decodeOperations,
  encodeOperations,
  idOfNonce,
  newRecordId,
} from '../../src/records/operation-codec.ts'
import { encodeAny } from '../../sync-server/protocol/any.ts'
import { type Bytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { deviceOf } from '../support/notebook.ts'

const id = (fill: number): RecordId => toBase64url(new Uint8Array(16).fill(fill)) as RecordId
const nonce: Bytes = new Uint8Array(16).fill(7)

const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 })
const fieldName = fc.stringMatching(/^[a-z]{1,12}$/)
const fieldValue = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.maxSafeNat(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.nat(6)),
  fc.record({ type: fc.string(), from: fc.maxSafeNat() }, { noNullPrototype: true }),
)
const operation = fc
  .record({
    at: fc.tuple(fc.nat(65_535), fc.maxSafeNat()),
    op: fc.constantFrom('create' as const, 'set' as const, 'erase' as const),
    type: fc.stringMatching(/^[a-z-]{1,32}$/),
    id: sixteen.map((bytes) => toBase64url(bytes) as RecordId),
    fields: fc.dictionary(fieldName, fieldValue, { maxKeys: 8, noNullPrototype: true }),
    nonce: sixteen,
  })
  .map(({ nonce: bytes, ...rest }): Operation => {
    return rest.op === 'create' ? { ...rest, nonce: new Uint8Array(bytes) } : rest
  })

test('operations come back as they were written', () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 5 }), (operations) => {
      expect(decodeOperations(encodeOperations(operations))).toEqual({ ok: true, value: operations })
    }),
  )
})

test('a type and a field that this version does not know are kept', () => {
  const unknown: Operation = {
    at: [0, 1],
    op: 'create',
    type: 'camel-race',
    id: id(1),
    nonce,
    fields: { humps: 2 },
  }
  expect(decodeOperations(encodeOperations([unknown]))).toEqual({ ok: true, value: [unknown] })
})

test('what a newer version adds behind an operation is passed over', () => {
  const bytes = encodeAny([[1, 5, 1, 'need', new Uint8Array(16), { title: 'ماء' }, null, 'newer']])
  expect(decodeOperations(bytes)).toMatchObject({ ok: true, value: [{ fields: { title: 'ماء' } }] })
})

describe('malformed', () => {
  const valid: unknown[] = [0, 1, 0, 'need', new Uint8Array(16), { title: 'x' }, nonce]
  const changed = (place: number, value: unknown) => {
    const copy = [...valid]
    copy[place] = value
    return encodeAny([copy] as Parameters<typeof encodeAny>[0])
  }
  const manyFields = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`f${i}`, 1]))

  test('the operation from which the cases below are made is good', () => {
    expect(decodeOperations(changed(1, 1)).ok).toBe(true)
  })

  test.each<[string, number, unknown]>([
    ['a negative count', 0, -1],
    ['a count beyond 16 bits', 0, 65_536],
    ['a broken count', 0, 1.5],
    ['a count that is a text', 0, '0'],
    ['a negative time', 1, -1],
    ['a time beyond exact integers', 1, 2 ** 60],
    ['a big integer as time', 1, 5n],
    ['an unknown kind of operation', 2, 3],
    ['a type in capitals', 3, 'Need'],
    ['an empty type', 3, ''],
    ['a type of 33 letters', 3, 'x'.repeat(33)],
    ['a short id', 4, new Uint8Array(15)],
    ['an id as text', 4, 'AAAAAAAAAAAAAAAAAAAAAA'],
    ['fields in an array', 5, []],
    ['more than 40 fields', 5, manyFields],
    ['a create without a nonce', 6, null],
    ['a nonce of 17 bytes', 6, new Uint8Array(17)],
    ['a nonce with a set', 2, 1],
  ])('%s is refused', (_, place, value) => {
    expect(decodeOperations(changed(place, value))).toEqual({ ok: false, error: 'malformed' })
  })

  test('one bad operation refuses its whole entry', () => {
    const bytes = encodeAny([valid, valid.with(3, 'Need')] as Parameters<typeof encodeAny>[0])
    expect(decodeOperations(bytes)).toEqual({ ok: false, error: 'malformed' })
  })

  test('any bytes give a value or `malformed`, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decodeOperations(bytes)
        if (!decoded.ok) expect(decoded.error).toBe('malformed')
      }),
      { numRuns: 2000 },
    )
  })

  test('one flipped byte of a good entry never throws', () => {
    const good = encodeOperations([
      { at: [0, 1], op: 'create', type: 'need', id: id(1), nonce, fields: { title: 'ماء', quantity: 3 } },
    ])
    for (let at = 0; at < good.length; at++) {
      for (const flip of [1, 0x80, 0xff]) {
        const bytes = good.slice()
        bytes[at] = (bytes[at] as number) ^ flip
        expect(() => decodeOperations(bytes)).not.toThrow()
      }
    }
  })
})

test('a record id binds its creator: the same nonce gives another device another id', async () => {
  const made = await newRecordId(deviceOf(1))
  expect(await idOfNonce(deviceOf(1), made.nonce)).toBe(made.id)
  expect(await idOfNonce(deviceOf(2), made.nonce)).not.toBe(made.id)
  expect(made.id).toMatch(/^[\w-]{22}$/)
})
