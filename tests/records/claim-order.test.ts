import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import { claimLifetimeMs, isLive, needStatus } from '../../src/records/claim/claim-order.ts'
import type { RecordId } from '../../src/records/operation.ts'
import { claimRow, hourMs, now } from '../support/claims.ts'
import { deviceOf } from '../support/notebook.ts'

const claim = (member: number, rest: Partial<ClaimRow> = {}): ClaimRow => claimRow(member, 1, rest)
const need = (quantity: number, cancelled = false) => ({ quantity, cancelled, creator: deviceOf(0) })
const idsOf = (claims: ClaimRow[], quantity = 1) =>
  needStatus(need(quantity), claims, now).places.map(({ claim: { id }, place }) => `${id} ${place}`)

describe('the order of claims', () => {
  test('of two provisional claims the earlier covers and the other is reserve', () => {
    const later = claim(1, { takenAt: now - hourMs })
    const earlier = claim(2, { takenAt: now - 2 * hourMs })
    expect(idsOf([later, earlier])).toEqual(['claim-2 covering', 'claim-1 reserve'])
  })

  test('a firm claim goes before every provisional one', () => {
    const earlier = claim(1, { takenAt: now - 9 * hourMs })
    const firm = claim(2, { state: 'onWay', firmAt: now - hourMs })
    expect(idsOf([earlier, firm])).toEqual(['claim-2 covering', 'claim-1 reserve'])
  })

  test('firm ones go by when they became firm, not by when they were taken', () => {
    const first = claim(1, { takenAt: now - 9 * hourMs, state: 'onWay', firmAt: now - hourMs })
    const second = claim(2, { takenAt: now - 2 * hourMs, state: 'onWay', firmAt: now - 2 * hourMs })
    expect(idsOf([first, second])).toEqual(['claim-2 covering', 'claim-1 reserve'])
  })

  test('equal times are decided by id', () => {
    expect(idsOf([claim(2), claim(1)])).toEqual(['claim-1 covering', 'claim-2 reserve'])
  })

  test('one live claim of a member counts: the earliest', () => {
    const twice = claim(1, { id: 'claim-1-again' as RecordId, takenAt: now - hourMs / 2 })
    expect(idsOf([twice, claim(1)], 2)).toEqual(['claim-1 covering'])
  })

  test('amounts cover the quantity in order, the last one in part', () => {
    const status = needStatus(
      need(3),
      [claim(1, { amount: 2 }), claim(2, { amount: 2 }), claim(3, { amount: 1 })],
      now,
    )
    expect(status.places.map(({ covers }) => covers)).toEqual([2, 1, 0])
    expect(status).toMatchObject({ state: 'covered', covered: 3 })
  })
})

describe('the state of a need', () => {
  test.each<[string, ClaimRow[], string, number]>([
    ['nobody has it', [], 'open', 0],
    ['part of it is taken', [claim(1)], 'open', 1],
    ['all of it is taken', [claim(1, { amount: 2 })], 'covered', 2],
    [
      'part of it is done and the rest taken',
      [claim(1, { state: 'done', firmAt: now }), claim(2)],
      'covered',
      2,
    ],
    ['all of it is done', [claim(1, { state: 'done', firmAt: now, amount: 2 })], 'done', 2],
    ['who had it has released it', [claim(1, { state: 'released', amount: 2 })], 'open', 0],
  ])('%s', (_, claims, state, covered) => {
    expect(needStatus(need(2), claims, now)).toMatchObject({ state, covered })
  })

  test('a cancelled need is cancelled whatever its claims say', () => {
    expect(needStatus(need(1, true), [claim(1, { state: 'done' })], now).state).toBe('cancelled')
  })

  test('what was brought covers before every promise: the one still on the way becomes reserve', () => {
    const onWay = claim(1, { state: 'onWay', firmAt: now - 5 * hourMs })
    const done = claim(2, { state: 'done', firmAt: now - hourMs })
    expect(idsOf([onWay, done])).toEqual(['claim-2 covering', 'claim-1 reserve'])
    expect(needStatus(need(1), [onWay, done], now).state).toBe('done')
  })
})

describe('expiry', () => {
  const old = (rest: Partial<ClaimRow> = {}) => claim(1, { takenAt: now - claimLifetimeMs, ...rest })

  test('48 hours without progress a claim covers no more and the first reserve is asked', () => {
    const waiting = claim(2)
    expect(idsOf([old(), waiting])).toEqual(['claim-2 asked', 'claim-1 reserve'])
    expect(needStatus(need(1), [old()], now - 1).state).toBe('covered')
    expect(needStatus(need(1), [old()], now)).toMatchObject({ state: 'open', places: [{ expired: true }] })
  })

  test('progress begins the 48 hours again', () => {
    expect(isLive(old({ stateAt: now - hourMs }), now)).toBe(true)
  })

  test('a done claim never expires', () => {
    expect(needStatus(need(1), [old({ state: 'done', firmAt: 0 })], now + 99 * claimLifetimeMs).state).toBe(
      'done',
    )
  })

  test('an expired claim does not stand in the way of the same member taking it again', () => {
    const again = claim(1, { id: 'claim-1-again' as RecordId })
    expect(idsOf([old(), again])).toEqual(['claim-1-again covering', 'claim-1 reserve'])
  })
})

test('every phone names the same winner and no need is ever covered more than it asks', () => {
  const anyClaim = fc
    .record({
      member: fc.integer({ min: 1, max: 4 }),
      place: fc.nat(99),
      amount: fc.integer({ min: 1, max: 5 }),
      state: fc.constantFrom('taken' as const, 'onWay' as const, 'done' as const, 'released' as const),
      takenHours: fc.nat(60),
      firmHours: fc.nat(60),
      stateHours: fc.nat(60),
    })
    .map(({ member, place, amount, state, takenHours, firmHours, stateHours }) =>
      claim(member, {
        id: `claim-${place}` as RecordId,
        amount,
        state,
        takenAt: now - takenHours * hourMs,
        firmAt: state === 'onWay' || state === 'done' ? now - firmHours * hourMs : null,
        stateAt: now - stateHours * hourMs,
      }),
    )
  fc.assert(
    fc.property(
      fc
        .uniqueArray(anyClaim, { selector: ({ id }) => id, maxLength: 10 })
        .chain((claims) =>
          fc.tuple(fc.constant(claims), fc.shuffledSubarray(claims, { minLength: claims.length })),
        ),
      fc.integer({ min: 1, max: 8 }),
      ([claims, shuffled], quantity) => {
        const status = needStatus(need(quantity), claims, now)
        expect(needStatus(need(quantity), shuffled, now)).toEqual(status)
        const covers = status.places.reduce((sum, place) => sum + place.covers, 0)
        expect(covers).toBe(status.covered)
        expect(covers).toBeLessThanOrEqual(quantity)
      },
    ),
    { numRuns: 1000 },
  )
})
