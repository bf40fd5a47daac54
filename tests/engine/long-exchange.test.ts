/** An exchange that takes long says what it is at; one that does not says nothing. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EngineStatus } from '../../src/engine/api.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { type Line, lineTo, Phone, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let zeinab: Phone

const newRelay = (): Relay => createRelay({ store: openMemoryStore(), now: () => time.ms })

beforeEach(async () => {
  // what waits for a disk here does not use these
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  time = { ms: testStartMs }
  zeinab = await Phone.start('زينب', time, lineTo(newRelay()))
  await zeinab.found()
  await zeinab.addNeed('بطانية')
  await zeinab.exchange()
  zeinab.statuses.length = 0
})
afterEach(async () => {
  await zeinab.end()
  vi.useRealTimers()
})

/** A line on which the request with this number hangs until it is let go. */
const hangingAt = (number: number, line: Line) => {
  const reached = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  let requests = 0
  const post: Line['post'] = async (body, closing) => {
    if (++requests === number) {
      reached.resolve()
      await letGo.promise
    }
    return line.post(body, closing)
  }
  return { line: { post }, reached: reached.promise, letGo: letGo.resolve }
}

const told = (): EngineStatus['progress'][] =>
  zeinab.statuses.map(({ progress }) => progress).filter((progress) => progress !== null)

test('after four seconds it says that news are coming, and nothing more once it has ended', async () => {
  const { line, reached, letGo } = hangingAt(1, lineTo(newRelay()))
  zeinab.line = line
  const exchange = zeinab.exchange()
  await reached
  await vi.advanceTimersByTimeAsync(3_900)
  expect(told()).toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  await vi.waitFor(() => expect(told()).toMatchObject([{ step: 'news', bytesReceived: 0 }]))
  expect(told()[0]?.bytesSent).toBeGreaterThan(0)
  letGo()
  await exchange
  expect(zeinab.statuses.at(-1)).toMatchObject({ exchange: 'idle', progress: null })
})

test('[R14] a relay that lost its disk is being filled: that is said', async () => {
  const { line, reached, letGo } = hangingAt(2, lineTo(newRelay()))
  zeinab.line = line
  const exchange = zeinab.exchange()
  await reached
  await vi.advanceTimersByTimeAsync(4_100)
  await vi.waitFor(() => expect(told()).toMatchObject([{ step: 'refill' }]))
  letGo()
  await exchange
  expect(zeinab.engine.status.progress).toBeNull()
})

test('one that is over sooner is not told of', async () => {
  await zeinab.exchange()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told()).toEqual([])
})
