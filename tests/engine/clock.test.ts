/** Time as a phone knows it when its own clock is wrong (PROTOCOL.md, "Clock"). */

import { describe, expect, test } from 'vitest'
import { heardRelay, initialClock, timeOf } from '../../src/engine/clock.ts'

const day = 24 * 3600 * 1000
const build = Date.UTC(2026, 9, 20)
const today = Date.UTC(2026, 10, 20)

describe('the clock', () => {
  test('before any relay a plausible phone clock is believed', () => {
    expect(timeOf(initialClock(build, today), today)).toBe(today)
  })

  test('a phone in 1970 is at least as late as its app, and its time goes on', () => {
    const clock = initialClock(build, 0)
    expect(timeOf(clock, 0)).toBe(build)
    expect(timeOf(clock, 5 * day)).toBe(build + 5 * day)
  })

  test('after an answer the offset is applied, forwards and backwards', () => {
    for (const error of [-5 * day, 5 * day]) {
      const clock = heardRelay(today, today + error)
      expect(timeOf(clock, today + error + day)).toBe(today + day)
    }
  })

  test('a clock that jumps after the last answer is not followed before that answer', () => {
    const clock = heardRelay(today, today)
    expect(timeOf(clock, 0)).toBeGreaterThanOrEqual(today)
    expect(timeOf(clock, today + 800 * day)).toBeLessThanOrEqual(today + 400 * day)
  })

  test('a clock that was in 1970 and is set right is no time that has passed', () => {
    const clock = heardRelay(today, 0)
    expect(timeOf(clock, today - 5 * day)).toBe(today)
  })

  test('every answer replaces what was known, also downwards', () => {
    expect(timeOf(heardRelay(today - day, today), today)).toBe(today - day)
  })
})
