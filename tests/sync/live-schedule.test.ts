/** When the phone is live, and how it comes back: time, link and relay in the test's hand. */

import { describe, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { Traffic } from '../../src/engine/traffic.ts'
import type { LiveEnd } from '../../src/sync/live/live-rooms.ts'
import { liveCloseCodes } from '../../sync-server/protocol/live.ts'
import { createHandTime } from '../support/hand-time.ts'

type Events = Parameters<Engine['live']['open']>[0]

/** An engine that only counts: sockets come up at once unless `comesUp` is false, exchanges end as `answers` says. */
const phone = (randoms: () => number = () => 0.5) => {
  const time = createHandTime()
  const link = {
    isSlow: false,
    isGood: true,
    answers: true,
    comesUp: true,
    isCurrent: true,
    hasUnsent: false,
  }
  const seen = { exchangedAtMs: [] as number[], openedAtMs: [] as number[], leftAtMs: [] as number[] }
  let events: Events | null = null
  const live = {
    async open(given: Events) {
      seen.openedAtMs.push(time.nowMs)
      events = given
      if (link.comesUp) given.onUp()
    },
    async leave() {
      events = null
      seen.leftAtMs.push(time.nowMs)
    },
    get isCurrent() {
      return link.isCurrent
    },
  }
  const engine = {
    local: { hasUnsent: async () => link.hasUnsent },
    async exchange() {
      seen.exchangedAtMs.push(time.nowMs)
      return link.answers ? {} : null
    },
    live,
  } as unknown as Engine
  const traffic = new Traffic({
    engine,
    isSlowLink: () => link.isSlow,
    isGoodLink: () => link.isGood,
    random: randoms,
    after: time.after,
  })
  const fall = (end: LiveEnd) => {
    const before = events
    events = null
    before?.onFallen(end)
  }
  return { time, link, traffic, seen, fall, due: () => events?.onDue() }
}

const broke: LiveEnd = { code: 1006, reason: '' }
const minute = 60_000

describe('live work', () => {
  test('[R21] begins when somebody looks, after the exchange has caught up', async () => {
    const { time, traffic, seen } = phone()
    traffic.visible(true)
    await time.pass(1_000)
    expect(seen).toMatchObject({ exchangedAtMs: [0], openedAtMs: [0] })
  })

  test('does not begin where the exchange has failed', async () => {
    const { time, traffic, seen, link } = phone()
    link.answers = false
    traffic.visible(true)
    await time.pass(10 * minute)
    expect(seen.openedAtMs).toEqual([])
  })

  test('does not begin on a slow or metered link', async () => {
    const { time, traffic, seen, link } = phone()
    link.isGood = false
    traffic.visible(true)
    await time.pass(10 * minute)
    expect(seen.openedAtMs).toEqual([])
    expect(seen.exchangedAtMs.length).toBeGreaterThan(10)
  })

  test('in an hour of silence opens nothing anew, and exchanges every five minutes', async () => {
    const { time, traffic, seen } = phone()
    traffic.visible(true)
    await time.pass(60 * minute)
    expect(seen.openedAtMs).toEqual([0])
    expect(seen.leftAtMs).toEqual([])
    expect(seen.exchangedAtMs).toEqual(Array.from({ length: 13 }, (_, i) => i * 5 * minute))
  })

  test('ends twenty seconds after nobody looks any more; a short look elsewhere changes nothing', async () => {
    const { time, traffic, seen } = phone()
    traffic.visible(true)
    await time.pass(minute)
    traffic.visible(false)
    await time.pass(19_000)
    traffic.visible(true)
    await time.pass(minute)
    expect(seen.leftAtMs).toEqual([])
    traffic.visible(false)
    await time.pass(minute)
    expect(seen.leftAtMs).toHaveLength(1)
    await time.pass(60 * minute)
    expect(seen.openedAtMs).toEqual([0])
  })

  test('ends at once on a link that became metered, and comes back with the next exchange on a good one', async () => {
    const { time, traffic, seen, link } = phone()
    traffic.visible(true)
    await time.pass(minute)
    link.isGood = false
    traffic.linkChanged()
    expect(seen.leftAtMs).toEqual([minute])
    link.isGood = true
    await time.pass(minute)
    expect(seen.openedAtMs).toEqual([0, minute + 45_000])
  })

  test('a link that changed and is as good leaves it alone', async () => {
    const { time, traffic, seen } = phone()
    traffic.visible(true)
    await time.pass(minute)
    traffic.linkChanged()
    await time.pass(minute)
    expect(seen).toMatchObject({ leftAtMs: [], openedAtMs: [0] })
  })

  test('is opened anew when a month has begun', async () => {
    const { time, traffic, seen, link } = phone()
    traffic.visible(true)
    await time.pass(minute)
    link.isCurrent = false
    await time.pass(4 * minute)
    expect(seen).toMatchObject({ leftAtMs: [5 * minute], openedAtMs: [0, 5 * minute] })
  })

  test('after a fall, the exchanges go on as before it', async () => {
    const { time, traffic, seen, link, fall } = phone()
    traffic.visible(true)
    await time.pass(minute)
    link.comesUp = false
    link.isGood = false
    fall(broke)
    await time.pass(2 * minute)
    expect(seen.exchangedAtMs).toEqual([0, minute + 45_000, minute + 90_000])
  })
})

describe('after a fall', () => {
  test('comes back by an exchange, after a jittered pause', async () => {
    const { time, traffic, seen, fall } = phone()
    traffic.visible(true)
    await time.pass(minute)
    fall(broke)
    await time.pass(minute)
    // one fall: between 1 and 2 s
    expect(seen.exchangedAtMs).toEqual([0, minute + 1_500])
    expect(seen.openedAtMs).toEqual([0, minute + 1_500])
  })

  test('pauses grow to a minute while it falls again and again, and are short again after 30 s of peace', async () => {
    const { time, traffic, seen, fall } = phone(() => 0.999)
    traffic.visible(true)
    await time.pass(0)
    const pauses: number[] = []
    for (let i = 0; i < 8; i++) {
      const atMs = time.nowMs
      fall(broke)
      const before = seen.openedAtMs.length
      while (seen.openedAtMs.length === before) await time.pass(100)
      pauses.push(Math.round((time.nowMs - atMs) / 1000))
    }
    // while it is off, the exchanges that come every 45 s do not shorten a pause
    expect(pauses).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
    await time.pass(31_000)
    const atMs = time.nowMs
    fall(broke)
    await time.pass(minute)
    expect((seen.openedAtMs.at(-1) ?? 0) - atMs).toBeLessThanOrEqual(2_000)
  })

  test('sockets that do not come up within twenty seconds are given up', async () => {
    const { time, traffic, seen, link } = phone()
    link.comesUp = false
    traffic.visible(true)
    await time.pass(21_000)
    expect(seen.leftAtMs).toEqual([20_000])
    await time.pass(5_000)
    expect(seen.openedAtMs).toHaveLength(2)
  })

  test('[R23] a hundred phones that a relay sends away return over half a minute, each at its own moment', async () => {
    for (const code of [liveCloseCodes.restart, liveCloseCodes.tooFast]) {
      const returns: number[] = []
      for (let i = 0; i < 100; i++) {
        const { time, traffic, seen, fall } = phone(() => ((i * 37 + 11) % 100) / 100)
        traffic.visible(true)
        await time.pass(minute)
        fall({ code, reason: '' })
        await time.pass(minute)
        returns.push((seen.exchangedAtMs[1] ?? 0) - minute)
      }
      const perSecond = new Map<number, number>()
      for (const ms of returns) {
        const second = Math.floor(ms / 1000)
        perSecond.set(second, (perSecond.get(second) ?? 0) + 1)
      }
      expect(Math.max(...perSecond.values())).toBeLessThanOrEqual(8)
      expect(Math.max(...returns)).toBeGreaterThan(25_000)
    }
  })

  test('a phone whose network was changed does not pause: nothing went wrong', async () => {
    const { time, traffic, seen, fall } = phone()
    traffic.visible(true)
    await time.pass(minute)
    fall({ code: 'here' })
    traffic.saved()
    await time.pass(3_000)
    expect(seen.openedAtMs).toEqual([0, minute + 2_000])
  })

  test('[R23] a phone that is not let in asks by exchange, and does not knock again while that fails', async () => {
    const { time, traffic, seen, link, fall } = phone()
    traffic.visible(true)
    await time.pass(minute)
    link.answers = false
    fall({ code: liveCloseCodes.notMember, reason: '' })
    await time.pass(3_000)
    expect(seen.exchangedAtMs).toEqual([0, minute + 1_500])
    await time.pass(60 * minute)
    expect(seen.openedAtMs).toEqual([0])
  })
})

describe('what is written while live', () => {
  test('goes by itself: no exchange follows a save that the relay has acknowledged', async () => {
    const { time, traffic, seen } = phone()
    traffic.visible(true)
    await time.pass(1_000)
    traffic.saved()
    await time.pass(minute)
    expect(seen.exchangedAtMs).toEqual([0])
  })

  test('goes with an exchange where the relay has not acknowledged it after six seconds', async () => {
    const { time, traffic, seen, link } = phone()
    traffic.visible(true)
    await time.pass(1_000)
    link.hasUnsent = true
    traffic.saved()
    await time.pass(minute)
    expect(seen.exchangedAtMs).toEqual([0, 7_000])
  })

  test('and news of the roster, or a refusal, lead to an exchange soon, each phone at its own moment', async () => {
    const { time, traffic, seen, due } = phone()
    traffic.visible(true)
    await time.pass(1_000)
    due()
    await time.pass(minute)
    // between 2 and 10 s
    expect(seen.exchangedAtMs).toEqual([0, 7_000])
  })
})

test('nothing is left planned once it is closed', async () => {
  const { time, traffic, seen } = phone()
  traffic.visible(true)
  await time.pass(1_000)
  traffic.close()
  expect(time.planned).toBe(0)
  expect(seen.leftAtMs).toHaveLength(1)
})
