import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { claimType } from '../../src/records/claim/claim.ts'
import { isCreatorBound, mergeRecord } from '../../src/records/merge.ts'
import { needType } from '../../src/records/need/need.ts'
import { newRecordId } from '../../src/records/operation-codec.ts'
import type { RecordState } from '../../src/records/record-type.ts'
import type { OperationRow } from '../../src/storage/schema.ts'
import { boardRoom, type DeviceId, listNameOf } from '../../sync-server/protocol/ids.ts'
import { deviceOf, membersWith } from '../support/notebook.ts'

const asker = deviceOf(1)
const coordinator = deviceOf(2)
const otherCoordinator = deviceOf(3)
const member = deviceOf(4)
const follower = deviceOf(5)
const stranger = deviceOf(6)
const members = membersWith({
  [asker]: 'member',
  [coordinator]: 'coordinator',
  [otherCoordinator]: 'coordinator',
  [member]: 'member',
  [follower]: 'follower',
})

type Written = Partial<Omit<OperationRow, 'fields'>> & { fields?: Record<string, unknown> }

const written = (author: DeviceId, count: number, rest: Written = {}): OperationRow => ({
  room: boardRoom,
  list: listNameOf({ device: author, generation: 0 }),
  index: count,
  position: 0,
  recordId: 'AAAAAAAAAAAAAAAAAAAAAA',
  type: 'need',
  author,
  keyId: 'key',
  audience: 'members',
  at: [count, 1000 + count],
  op: 'set',
  ...rest,
})

const created = written(asker, 0, { op: 'create', fields: { title: 'ماء', quantity: 2 } })
const merged = (...operations: OperationRow[]): RecordState | undefined =>
  mergeRecord(operations, needType, members)
const title = (state: RecordState | undefined) => state?.fields.title

describe('any order', () => {
  const author = fc.constantFrom(asker, coordinator, otherCoordinator, member, follower, stranger)
  const anyOperation = fc
    .record({
      author,
      count: fc.nat(4),
      wallMs: fc.nat(3),
      index: fc.nat(3),
      op: fc.constantFrom('create' as const, 'set' as const, 'set' as const, 'erase' as const),
      type: fc.constantFrom('need', 'need', 'need', 'claim', 'camel-race'),
      fields: fc.dictionary(
        fc.constantFrom('title', 'quantity', 'cancelled', 'constructor', 'humps'),
        fc.oneof(fc.string({ maxLength: 3 }), fc.nat(3), fc.constant(null), fc.array(fc.nat(2))),
        { maxKeys: 3 },
      ),
    })
    .map(({ author, count, wallMs, index, op, type, fields }) =>
      // What the engine stores: no create but the creator's own.
      written(author, count, {
        at: [count, wallMs],
        index,
        op: author === asker ? op : op === 'create' ? 'set' : op,
        type,
        fields,
      }),
    )
  const uniquePlace = { selector: ({ list, index }: OperationRow) => `${list}/${index}` }

  test('the same operations give the same record, also when some come twice, break rules or are unknown', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anyOperation, { maxLength: 12, ...uniquePlace }).chain((operations) => {
          const log = [
            created,
            ...operations.map((row) => ({ ...row, room: '2026-11' as OperationRow['room'] })),
          ]
          const shuffled = fc.shuffledSubarray(log, { minLength: log.length })
          return fc.tuple(fc.constant(log), shuffled, fc.subarray(log))
        }),
        ([log, shuffled, again]) => {
          const state = mergeRecord(log, needType, members)
          expect(mergeRecord([...shuffled, ...again], needType, members)).toEqual(state)
          if (state) expect(() => needType.toRow(state)).not.toThrow()
        },
      ),
      { numRuns: 500 },
    )
  })

  test('a record without its create is not there yet, and appears when that arrives', () => {
    const edit = written(asker, 1, { fields: { title: 'خبز' } })
    expect(merged(edit)).toBeUndefined()
    expect(title(merged(edit, created))?.value).toBe('خبز')
  })
})

describe('two edits', () => {
  test('one who saw an edit and edits after it wins, though the clock says otherwise', () => {
    const late = written(asker, 1, { at: [1, 9_000_000], fields: { title: 'قديم' } })
    const later = written(coordinator, 2, { at: [2, 5], fields: { title: 'جديد' } })
    expect(title(merged(created, later, late))).toEqual({
      value: 'جديد',
      stamp: { count: 2, wallMs: 5, author: coordinator },
    })
  })

  test('at once: the later clock wins and the other value is kept beside it', () => {
    const one = written(asker, 1, { at: [1, 10], fields: { title: 'أ' } })
    const two = written(coordinator, 1, { at: [1, 20], fields: { title: 'ب' } })
    expect(title(merged(created, one, two))).toMatchObject({ value: 'ب', other: { value: 'أ' } })
    const row = needType.toRow(merged(created, one, two) as RecordState)
    expect(row?.conflicts).toEqual([
      { field: 'title', kept: 'ب', keptBy: coordinator, other: 'أ', otherBy: asker },
    ])
  })

  test('at once on different fields both stay and nothing is in conflict', () => {
    const one = written(asker, 1, { fields: { title: 'أ' } })
    const two = written(coordinator, 1, { fields: { quantity: 5 } })
    const row = needType.toRow(merged(created, one, two) as RecordState)
    expect(row).toMatchObject({ title: 'أ', quantity: 5, conflicts: [] })
  })

  test('of three at once the greatest loser is shown, and the same value twice is no conflict', () => {
    const one = written(asker, 1, { at: [1, 10], fields: { title: 'أ' } })
    const two = written(coordinator, 1, { at: [1, 20], fields: { title: 'ب' } })
    const three = written(otherCoordinator, 1, { at: [1, 30], fields: { title: 'ب' } })
    expect(title(merged(created, one, two, three))?.other?.value).toBe('أ')
    expect(title(merged(created, two, three))?.other).toBeUndefined()
  })

  test('a stamp written twice by one device is decided by its place in the log, and is no conflict', () => {
    const first = written(asker, 1, { index: 1, fields: { title: 'أ' } })
    const second = written(asker, 1, { index: 2, fields: { title: 'ب' } })
    expect(title(merged(created, first, second))).toEqual(title(merged(created, second, first)))
    expect(title(merged(created, second, first))).toMatchObject({ value: 'ب' })
    expect(title(merged(created, first, second))?.other).toBeUndefined()
  })

  test('an edit after a conflict settles it', () => {
    const one = written(asker, 1, { fields: { title: 'أ' } })
    const two = written(coordinator, 1, { fields: { title: 'ب' } })
    const settled = written(asker, 2, { fields: { title: 'أ' } })
    expect(title(merged(created, one, two, settled))).toMatchObject({ value: 'أ' })
    expect(title(merged(created, one, two, settled))?.other).toBeUndefined()
  })
})

describe('rules on every phone', () => {
  test.each([
    ['another member', member],
    ['a follower', follower],
    ['a stranger', stranger],
  ])('%s cannot edit a need', (_, author) => {
    const edit = written(author, 1, { fields: { title: 'لا' } })
    expect(merged(created, edit)).toEqual(merged(created))
  })

  test('a refused edit does not use up counts: the highest count of a stranger locks nothing', () => {
    expect(merged(created, written(stranger, 65_535, { fields: {} }))?.count).toBe(0)
  })

  test.each([
    ['a follower', follower],
    ['a stranger', stranger],
  ])('%s cannot create a need', (_, author) => {
    expect(merged({ ...created, author })).toBeUndefined()
  })

  test('a create by another device than the creator does not count', () => {
    const again = written(coordinator, 3, { op: 'create', fields: { title: 'لي' } })
    const lenient = { ...needType, mayWrite: () => true }
    expect(mergeRecord([created, again], lenient, members)).toEqual(merged(created))
  })

  test('an operation of another type on the same record does not count', () => {
    const edit = written(asker, 1, { type: 'claim', fields: { title: 'لا' } })
    expect(merged(created, edit)).toEqual(merged(created))
    expect(mergeRecord([created], claimType, members)).toBeUndefined()
  })

  test('its creator erases it for good; a coordinator cannot', () => {
    const erase = (author: DeviceId) => written(author, 2, { op: 'erase' })
    const after = written(asker, 3, { fields: { title: 'بعد' } })
    expect(merged(created, erase(coordinator))?.erased).toBe(false)
    const state = merged(created, erase(asker), after) as RecordState
    expect(state).toMatchObject({ erased: true, creator: asker, createdAt: 1000, updatedAt: 1002 })
    expect(Object.keys(state.fields)).toEqual([])
    expect(needType.toRow(state)).toBeNull()
  })

  test('a released claim cannot be revived, by no kind of operation', () => {
    const claim = (count: number, rest: Written) => written(member, count, { type: 'claim', ...rest })
    const log = [
      claim(0, { op: 'create', fields: { needId: 'A'.repeat(22), state: 'taken' } }),
      claim(1, { fields: { state: 'released' } }),
      claim(2, { fields: { state: 'onWay' } }),
      claim(3, { op: 'create', fields: { state: 'taken' } }),
    ]
    expect(mergeRecord(log, claimType, members)?.fields.state?.value).toBe('released')
  })

  test('a coordinator releases a claim and can do nothing else with it', () => {
    const taken = written(member, 0, {
      op: 'create',
      type: 'claim',
      fields: { needId: 'A'.repeat(22), state: 'taken', amount: 1 },
    })
    const by = (fields: Record<string, unknown>) =>
      mergeRecord([taken, written(coordinator, 1, { type: 'claim', fields })], claimType, members)
    expect(by({ state: 'released' })?.fields.state?.value).toBe('released')
    expect(by({ state: 'done' })?.fields.state?.value).toBe('taken')
    expect(by({ amount: 9 })?.fields.amount?.value).toBe(1)
    expect(by({ state: 'released', amount: 9 })?.fields.state?.value).toBe('taken')
  })
})

describe('creator-bound ids', () => {
  test('only the device that made the id can create the record', async () => {
    const { id, nonce } = await newRecordId(asker)
    const create = written(asker, 0, { op: 'create', recordId: id, nonce })
    expect(await isCreatorBound(create)).toBe(true)
    expect(await isCreatorBound({ ...create, author: member })).toBe(false)
    expect(await isCreatorBound({ ...create, recordId: 'A'.repeat(22) })).toBe(false)
    const { nonce: _, ...withoutNonce } = create
    expect(await isCreatorBound(withoutNonce)).toBe(false)
  })
})
