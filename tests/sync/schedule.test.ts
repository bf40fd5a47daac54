/** When the phone exchanges by itself: soon after a save, often while looked at, rarely while nobody answers. */

import { describe, expect, test } from 'vitest'
import { ExchangeSchedule } from '../../src/sync/schedule.ts'
import { createHandTime } from '../support/hand-time.ts'

const bench = (answers: boolean[] = [], isSlow = true) => {
  const time = createHandTime()
  const ranAtMs: number[] = []
  const schedule = new ExchangeSchedule({
    exchange: async () => {
      ranAtMs.push(time.nowMs)
      return answers.shift() ?? true
    },
    isSlowLink: () => isSlow,
    random: () => 1,
    after: time.after,
  })
  return { schedule, ranAtMs, pass: time.pass, pending: () => time.planned }
}

describe('the schedule', () => {
  test('looking at the app exchanges at once, and again every three minutes while it is looked at', async () => {
    const { schedule, ranAtMs, pass } = bench()
    schedule.visible(true)
    await pass(6 * 60_000)
    expect(ranAtMs).toEqual([0, 180_000, 360_000])
    schedule.visible(false)
    await pass(60 * 60_000)
    expect(ranAtMs.length).toBeLessThanOrEqual(4)
  })

  test('on a good link, where it costs nothing, every 45 seconds: who waits sees that somebody came', async () => {
    const { schedule, ranAtMs, pass } = bench([], false)
    schedule.visible(true)
    await pass(90_000)
    expect(ranAtMs).toEqual([0, 45_000, 90_000])
  })

  test('several saves in a row go together, two seconds after the first', async () => {
    const { schedule, ranAtMs, pass } = bench()
    schedule.saved()
    await pass(500)
    schedule.saved()
    await pass(500)
    schedule.saved()
    await pass(10_000)
    expect(ranAtMs).toEqual([2_000])
  })

  test('what is saved while an exchange runs goes with the next one', async () => {
    const jobs: (() => void)[] = []
    let finish: (isAnswered: boolean) => void = () => undefined
    let runs = 0
    const schedule = new ExchangeSchedule({
      exchange: () => {
        runs++
        return new Promise((resolve) => {
          finish = resolve
        })
      },
      isSlowLink: () => false,
      random: () => 0,
      after: (_, job) => {
        jobs.push(job)
        return () => jobs.splice(jobs.indexOf(job), 1)
      },
    })
    schedule.saved()
    jobs.shift()?.()
    schedule.saved()
    finish(true)
    for (let i = 0; i < 10; i++) await Promise.resolve()
    jobs.shift()?.()
    expect(runs).toBe(2)
  })

  test('while nobody answers the pauses double up to ten minutes, and saves do not shorten them', async () => {
    const { schedule, ranAtMs, pass } = bench(Array.from({ length: 20 }, () => false))
    schedule.saved()
    for (let i = 0; i < 60; i++) {
      await pass(60_000)
      schedule.saved()
    }
    const pausesMs = ranAtMs.map((ms, i) => ms - (ranAtMs[i - 1] ?? 0)).slice(1)
    expect(pausesMs.slice(0, 8)).toEqual([5, 10, 20, 40, 80, 160, 320, 600].map((s) => s * 1000))
    expect(Math.max(...pausesMs)).toBe(600_000)
  })

  test('a link that comes back, or a person who looks again, is tried at once', async () => {
    const { schedule, ranAtMs, pass } = bench([false, false, true])
    schedule.saved()
    await pass(8_000)
    schedule.online()
    await pass(0)
    expect(ranAtMs).toEqual([2_000, 7_000, 8_000])
  })

  test('nothing runs after it was closed', async () => {
    const { schedule, pending } = bench()
    schedule.saved()
    schedule.close()
    expect(pending()).toBe(0)
  })

  test('an exchange that was under way when it was closed plans none after itself', async () => {
    const answer = Promise.withResolvers<boolean>()
    const jobs: (() => void)[] = []
    const schedule = new ExchangeSchedule({
      exchange: () => answer.promise,
      isSlowLink: () => false,
      random: () => 0,
      after: (_, job) => {
        jobs.push(job)
        return () => jobs.splice(jobs.indexOf(job), 1)
      },
    })
    schedule.visible(true)
    jobs.shift()?.()
    schedule.close()
    answer.resolve(true)
    for (let i = 0; i < 10; i++) await Promise.resolve()
    expect(jobs).toHaveLength(0)
  })
})
