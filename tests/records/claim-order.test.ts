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

describe('a reserve whose turn comes', () => {
  const released = (member: number, hoursAgo: number, leftHoursAgo: number, rest: Partial<ClaimRow> = {}) =>
    claim(member, {
      takenAt: now - hoursAgo * hourMs,
      state: 'released',
      stateAt: now - leftHoursAgo * hourMs,
      ...rest,
    })
  const spare = (member: number, hoursAgo: number, rest: Partial<ClaimRow> = {}) =>
    claim(member, { takenAt: now - hoursAgo * hourMs, ...rest })

  test('is asked and covers nothing before he answers: the need is open to all', () => {
    const claims = [released(1, 9, 1), spare(2, 8)]
    expect(idsOf(claims)).toEqual(['claim-2 asked'])
    expect(needStatus(need(1), claims, now)).toMatchObject({ state: 'open', covered: 0 })
  })

  test('covers once he says that it still holds', () => {
    expect(idsOf([released(1, 9, 1), spare(2, 8, { stateAt: now })])).toEqual(['claim-2 covering'])
  })

  test('is asked as well where what the first brought did not arrive', () => {
    const word = { received: false, thanks: '', by: deviceOf(0), at: now - hourMs }
    const missed = spare(1, 9, { state: 'done', firmAt: now - 5 * hourMs, word })
    expect(idsOf([missed, spare(2, 8)])).toEqual(['claim-2 asked', 'claim-1 missed'])
  })

  test('alone is asked; after twelve hours of silence the next one is asked as well', () => {
    const claims = (leftHoursAgo: number) => [released(1, 40, leftHoursAgo), spare(2, 39), spare(3, 38)]
    expect(idsOf(claims(11))).toEqual(['claim-2 asked', 'claim-3 reserve'])
    expect(idsOf(claims(12))).toEqual(['claim-2 asked', 'claim-3 asked'])
  })

  test('is a reserve again when somebody took it in the meantime, until he lets go too', () => {
    const taker = spare(3, 0)
    expect(idsOf([released(1, 9, 1), spare(2, 8), taker])).toEqual(['claim-2 reserve', 'claim-3 covering'])
    const gone = released(3, 0.5, 0)
    expect(idsOf([released(1, 9, 1), spare(2, 8), gone])).toEqual(['claim-2 asked'])
  })

  test('is not asked where his claim is firm: it covers', () => {
    const firm = spare(2, 8, { state: 'onWay', firmAt: now - 4 * hourMs, stateAt: now - 4 * hourMs })
    expect(idsOf([released(1, 9, 1, { firmAt: now - 6 * hourMs }), firm])).toEqual(['claim-2 covering'])
  })

  test('was reserve behind somebody who became firm after him and then let go', () => {
    const firmLater = released(1, 5, 1, { firmAt: now - 4 * hourMs })
    expect(idsOf([firmLater, spare(2, 8)])).toEqual(['claim-2 asked'])
  })
})

describe('what was brought', () => {
  const said = (received: boolean) => ({ received, thanks: '', by: deviceOf(0), at: now })
  const brought = (member: number, rest: Partial<ClaimRow> = {}) =>
    claim(member, { state: 'done', firmAt: now - hourMs, ...rest })

  test('is done until somebody says that it arrived', () => {
    expect(needStatus(need(1), [brought(1)], now).state).toBe('done')
    expect(needStatus(need(1), [brought(1, { word: said(true) })], now).state).toBe('confirmed')
  })

  test('needs nobody’s word from who asked for it himself', () => {
    expect(needStatus(need(1), [claim(0, { state: 'done', firmAt: now })], now).state).toBe('confirmed')
  })

  test('that did not arrive is open again, also to who tried', () => {
    const claims = [brought(1, { word: said(false) })]
    expect(needStatus(need(1), claims, now)).toMatchObject({ state: 'open', covered: 0 })
    expect(idsOf(claims)).toEqual(['claim-1 missed'])
    expect(idsOf([...claims, claim(1, { id: 'claim-1-again' as RecordId })])).toEqual([
      'claim-1-again covering',
      'claim-1 missed',
    ])
  })

  test('in parts is confirmed when all parts have arrived', () => {
    const half = brought(1, { amount: 2, word: said(true) })
    expect(needStatus(need(3), [half, brought(2)], now).state).toBe('done')
    expect(needStatus(need(3), [half, brought(2, { word: said(true) })], now).state).toBe('confirmed')
  })
})

test('of two claims of one person the first in the order counts, so that an accepted one is not lost', () => {
  const earlier = claim(1, { takenAt: now - 3 * hourMs })
  const accepted = claim(1, { id: 'claim-1-again' as RecordId, acceptedAt: now, firmAt: now })
  expect(idsOf([earlier, accepted])).toEqual(['claim-1-again covering'])
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
      word: fc.constantFrom(null, true, false),
    })
    .map(({ member, place, amount, state, takenHours, firmHours, stateHours, word }) =>
      claim(member, {
        id: `claim-${place}` as RecordId,
        amount,
        state,
        takenAt: now - takenHours * hourMs,
        firmAt: state === 'onWay' || state === 'done' ? now - firmHours * hourMs : null,
        stateAt: now - stateHours * hourMs,
        word: word === null ? null : { received: word, thanks: '', by: deviceOf(0), at: now },
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
        const live = status.places.filter((place) => isLive(place.claim, now))
        expect(new Set(live.map((place) => place.claim.creator)).size).toBe(live.length)
        // whatever covers, no firm promise stands behind a provisional one
        const firstSpare = live.findIndex((place) => place.covers < place.claim.amount && place.claim.firmAt)
        const behind = firstSpare === -1 ? [] : live.slice(firstSpare + 1)
        expect(behind.filter((place) => place.covers > 0)).toEqual([])
      },
    ),
    { numRuns: 1000 },
  )
})
