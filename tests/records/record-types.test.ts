import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { categoryKeys } from '../../src/records/categories.ts'
import type { RecordId } from '../../src/records/operation.ts'
import { decodeOperations, encodeOperations } from '../../src/records/operation-codec.ts'
import type { RecordState, RecordType } from '../../src/records/record-type.ts'
import { rowFormat, tableOfType } from '../../src/records/row-format.ts'
import { allTypes, typeNamed as findType } from '../support/all-types.ts'
import { deviceOf } from '../support/notebook.ts'

const stateWith = (type: RecordType, fields: Record<string, unknown>): RecordState => ({
  id: 'A'.repeat(22) as RecordId,
  type: type.name,
  creator: deviceOf(1),
  createdAt: 5,
  updatedAt: 6,
  count: 0,
  erased: false,
  fields: Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      { value, stamp: { count: 0, wallMs: 5, author: deviceOf(1) } },
    ]),
  ),
})

const typeNamed = (name: string): RecordType => {
  const type = findType(name)
  if (!type) throw new Error(`no type ${name}`)
  return type
}

describe.each(allTypes.map((type) => [type.name, type] as const))('%s', (_, type) => {
  test('makes a row or null of whatever the fields hold, and the row can be stored', () => {
    const known = [
      'title',
      'quantity',
      'schedule',
      'amount',
      'needId',
      'aboutId',
      'contactId',
      'keyId',
      'wraps',
      'phone',
      'state',
      'category',
    ]
    const anything = fc.dictionary(
      fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 6 })),
      fc.oneof(fc.anything(), fc.constant('A'.repeat(22)), fc.constant({ type: 'standing', days: 5 })),
    )
    fc.assert(
      fc.property(anything, (fields) => {
        const row = type.toRow(stateWith(type, fields))
        if (row)
          expect(structuredClone(row)).toMatchObject({ id: 'A'.repeat(22), createdAt: 5, updatedAt: 6 })
      }),
    )
  })

  test('has a name that other phones read: an entry with another one counts for nothing', () => {
    const operation = { at: [0, 5], op: 'erase', type: type.name, id: 'A'.repeat(22) as RecordId } as const
    expect(decodeOperations(encodeOperations([{ ...operation, at: [0, 5] }]))).toMatchObject({ ok: true })
  })

  test('has a table of its own, and no index on a truth value, which IndexedDB would leave out', () => {
    const indexed = (rowFormat.tables[type.table] ?? '').split(/[,+[\] ]+/)
    expect(tableOfType(type.name)).toBe(type.table)
    expect(indexed).toContain('id')
    const id = 'A'.repeat(22)
    const ids = { needId: id, personId: id, aboutId: id, contactId: id, claimId: id, keyId: 'A'.repeat(11) }
    const words = {
      text: 'م',
      reason: 'سبب',
      aboutType: 'need',
      keepId: id,
      otherId: 'B'.repeat(22),
      word: 'م',
      hours: 24,
    }
    const row = type.toRow(stateWith(type, { ...ids, ...words, wraps: new Uint8Array() }))
    for (const key of indexed.filter((name) => name !== '')) {
      expect(['string', 'number']).toContain(typeof (row as unknown as Record<string, unknown>)[key])
    }
  })
})

test('each table has its type, and no other', () => {
  expect(Object.keys(rowFormat.tables).sort()).toEqual(allTypes.map(({ table }) => table).sort())
})

test('a row reads what it can: an unknown category as other, a longer text up to the limit, an absurd quantity as one', () => {
  const row = typeNamed('need').toRow(
    stateWith(typeNamed('need'), { category: 'moon', title: 'م'.repeat(500), quantity: 1e9, urgency: null }),
  )
  expect(row).toMatchObject({ category: 'other', title: 'م'.repeat(80), quantity: 1, urgency: 'possible' })
})

test('a text is never cut through the middle of a character', () => {
  const row = typeNamed('need').toRow(stateWith(typeNamed('need'), { title: `${'م'.repeat(79)}🧡` }))
  expect(row).toMatchObject({ title: 'م'.repeat(79) })
})

test('a claim that names no need gives no row', () => {
  expect(typeNamed('claim').toRow(stateWith(typeNamed('claim'), { amount: 1 }))).toBeNull()
})

test("no category key is long enough to be the id of a network's own", () => {
  expect(new Set(categoryKeys).size).toBe(22)
  expect(categoryKeys.filter((key) => key.length >= 22)).toEqual([])
})
