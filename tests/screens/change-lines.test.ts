import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import type { News } from '../../src/records/news.ts'
import { type ChangeLine, changeLines, mostLines } from '../../src/screens/change-lines.ts'
import type { ArrivalRow } from '../../src/storage/schema.ts'
import { claimRow, needRow, now, seenNeed } from '../support/claims.ts'
import { deviceOf } from '../support/notebook.ts'

const [me, ahmad, salma] = [deviceOf(1), deviceOf(2), deviceOf(3)]

const need = (id: string, rest: Partial<NeedRow> = {}): NeedRow =>
  needRow({ id: id as NeedRow['id'], ...rest })
const claim = (id: string, needId: string, rest: Partial<ClaimRow> = {}): ClaimRow =>
  claimRow(2, 1, { id: id as ClaimRow['id'], needId: needId as ClaimRow['needId'], ...rest })

const arrival = (n: number, recordId: string, rest: Partial<ArrivalRow> = {}): ArrivalRow => ({
  ...{ n, recordId, type: 'need', op: 'create', by: ahmad, at: now, fields: [] },
  ...rest,
})

const news = (
  needs: readonly NeedRow[],
  arrivals: readonly ArrivalRow[],
  claims: readonly ClaimRow[] = [],
  rest: Partial<News> = {},
): News => ({
  arrivals,
  needs: new Map(
    needs.map((one) => [
      String(one.id),
      seenNeed(
        one,
        claims.filter(({ needId }) => needId === one.id),
      ),
    ]),
  ),
  offers: new Map(),
  claims: new Map(claims.map((one) => [String(one.id), one])),
  words: new Map(),
  hidden: new Map(),
  joined: [],
  spokenOn: new Set(),
  ...rest,
})

const kinds = (lines: readonly ChangeLine[]) => lines.map(({ kind }) => kind)
const took = (n: number, id: string): ArrivalRow => arrival(n, id, { type: 'claim' })

describe('what changed', () => {
  test('is nothing while nothing came', () => {
    expect(changeLines(news([], []), me)).toEqual([])
  })

  test('says who has my need now, and that it is done once it is', () => {
    const mine = need('medicine', { creator: me })
    const taken = claim('c', 'medicine')
    expect(changeLines(news([mine], [took(1, 'c')], [taken]), me)).toMatchObject([
      { kind: 'taken', by: [ahmad], isMine: true, thing: { row: { id: 'medicine' } } },
    ])
    const done = [arrival(2, 'c', { type: 'claim', op: 'set', fields: ['state'] })]
    const both = [took(1, 'c'), ...done]
    expect(kinds(changeLines(news([mine], both, [{ ...taken, state: 'done', firmAt: now }]), me))).toEqual([
      'done',
    ])
  })

  test('says that a need is back on the list when its claim was released', () => {
    const released = claim('c', 'medicine', { state: 'released' })
    expect(kinds(changeLines(news([need('medicine')], [took(1, 'c')], [released]), me))).toEqual(['back'])
  })

  test('says of what is said to be done and has not arrived that it is back on the list, of nobody that he is reserve', () => {
    const word = { received: false, by: me, at: now, thanks: '' }
    const missed = claim('c', 'tap', { state: 'done', word })
    const mine = need('tap', { creator: me })
    expect(kinds(changeLines(news([mine], [took(1, 'c')], [missed]), me))).toEqual(['missed'])
    const words = new Map([['w', { aboutId: 'tap', by: salma, kind: 'notReceived' as const }]])
    const both = [took(1, 'c'), arrival(2, 'w', { type: 'confirmation' })]
    expect(kinds(changeLines(news([mine], both, [missed], { words }), me))).toEqual(['missed'])
  })

  test('tells two new needs one by one, and counts three', () => {
    const ids = ['a', 'b', 'c']
    const all = ids.map((id) => need(id))
    const came = ids.map((id, i) => arrival(i + 1, id))
    expect(kinds(changeLines(news(all.slice(0, 2), came.slice(0, 2)), me))).toEqual(['need', 'need'])
    expect(changeLines(news(all, came), me)).toMatchObject([{ kind: 'count', of: 'need', count: 3 }])
  })

  test('puts what concerns me before what is newer', () => {
    const rows = [need('mine', { creator: me }), need('theirs', { creator: salma })]
    const came = [arrival(1, 'mine', { op: 'set', fields: ['area'] }), arrival(2, 'theirs')]
    expect(changeLines(news(rows, came), me).map((line) => line.isMine)).toEqual([true, false])
  })

  test('names the fields that somebody changed, and mine of the same time', () => {
    const edit = arrival(1, 'a', { op: 'set', fields: ['area', 'urgency'], beside: ['details'] })
    expect(changeLines(news([need('a', { creator: me })], [edit]), me)).toMatchObject([
      { kind: 'edits', by: [ahmad], theirs: ['area', 'urgency'], mine: ['details'] },
    ])
  })

  test('says it when both wrote the same field', () => {
    const conflict = { field: 'area', kept: 'ا', keptBy: me, other: 'ب', otherBy: ahmad }
    const row = need('a', { creator: me, conflicts: [conflict] })
    const edit = arrival(1, 'a', { op: 'set', fields: ['area', 'urgency'], beside: ['area'] })
    expect(changeLines(news([row], [edit]), me)).toMatchObject([{ kind: 'two', theirs: ['area'] }])
  })

  test('tells what was said on my things by whom', () => {
    const words = new Map([['w', { aboutId: 'a', by: ahmad, kind: 'comment' as const }]])
    const came = [arrival(1, 'w', { type: 'comment' })]
    expect(changeLines(news([need('a', { creator: me })], came, [], { words }), me)).toMatchObject([
      { kind: 'comment', by: [ahmad], isMine: true },
    ])
    const spokenOn = new Set(['a'])
    expect(changeLines(news([need('a')], came, [], { words, spokenOn }), me)[0]?.isMine).toBe(true)
  })

  test('says of a hidden thing that it is hidden, and nothing else about it', () => {
    const came = [arrival(1, 'a', { op: 'set', fields: ['title'] }), arrival(2, 'h', { type: 'hiding' })]
    const hidden = new Map([['a', true]])
    expect(kinds(changeLines(news([need('a', { creator: me })], came, [], { hidden }), me))).toEqual([
      'hidden',
    ])
  })

  test('counts what comes after the twelfth line', () => {
    const rows = Array.from({ length: 40 }, (_, i) => need(`n${i}`, { creator: me }))
    const came = rows.map(({ id }, i) => arrival(i + 1, id, { op: 'set', fields: ['area'] }))
    const lines = changeLines(news(rows, came), me)
    expect(lines).toHaveLength(mostLines)
    expect(lines.at(-1)).toMatchObject({ kind: 'count', of: 'rest', count: 29 })
  })

  test('is never more than twelve lines, and the same whatever the order of the rows', () => {
    const row = fc.record({
      id: fc.integer({ min: 0, max: 60 }),
      mine: fc.boolean(),
      op: fc.constantFrom('create' as const, 'set' as const),
      fields: fc.subarray(['area', 'title', 'cancelled', 'urgency']),
      taken: fc.option(fc.constantFrom('taken' as const, 'done' as const, 'released' as const)),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 120 }), (given) => {
        const rows = new Map(given.map(({ id, mine }) => [id, need(`n${id}`, mine ? { creator: me } : {})]))
        const claims = given.flatMap(({ id, taken }, i) =>
          taken ? [claim(`c${i}`, `n${id}`, { state: taken })] : [],
        )
        const came = given.map(({ id, op, fields }, i) => arrival(i + 1, `n${id}`, { op, fields }))
        const all = [...came, ...claims.map(({ id }, i) => took(1000 + i, id))]
        const lines = changeLines(news([...rows.values()], all, claims), me)
        const mirrored = changeLines(news([...rows.values()].reverse(), all, claims), me)
        expect(lines.length).toBeLessThanOrEqual(mostLines)
        expect(kinds(mirrored)).toEqual(kinds(lines))
      }),
    )
  })
})
