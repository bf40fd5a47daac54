/** Who looks at the app: tabs of one phone over a real broadcast channel, time in the test's hand. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Lookers } from '../../src/engine/lookers.ts'

interface Tab {
  lookers: Lookers
  /** every change that it was told of */
  told: boolean[]
}

const tabs: Tab[] = []
const openTab = (): Tab => {
  const told: boolean[] = []
  const tab = { told, lookers: new Lookers((isLookedAt) => told.push(isLookedAt)) }
  tabs.push(tab)
  return tab
}

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
})
afterEach(() => {
  for (const { lookers } of tabs.splice(0)) lookers.close()
  vi.useRealTimers()
})

test('a hidden tab that leads hears that another one is looked at, and that it is no more', async () => {
  const [leader, other] = [openTab(), openTab()]
  leader.lookers.own(true)
  leader.lookers.own(false)
  expect(leader.told).toEqual([true, false])
  other.lookers.own(true)
  await until(() => leader.lookers.isLookedAt)
  other.lookers.own(false)
  await until(() => !leader.lookers.isLookedAt)
  expect(leader.told).toEqual([true, false, true, false])
})

test('a tab that was closed without a word is forgotten after forty seconds', async () => {
  const [leader, other] = [openTab(), openTab()]
  other.lookers.own(true)
  await until(() => leader.lookers.isLookedAt)
  other.lookers.close()
  vi.advanceTimersByTime(39_000)
  expect(leader.lookers.isLookedAt).toBe(true)
  vi.advanceTimersByTime(2_000)
  expect(leader.told).toEqual([true, false])
})

test('a tab that is looked at for long is not forgotten', async () => {
  const [leader, other] = [openTab(), openTab()]
  const heard: unknown[] = []
  const channel = new BroadcastChannel('tadamun-lookers')
  channel.onmessage = ({ data }: MessageEvent) => heard.push(data)
  other.lookers.own(true)
  for (let i = 1; i < 10; i++) {
    await until(() => heard.length === i)
    vi.advanceTimersByTime(15_000)
  }
  channel.close()
  expect(leader.told).toEqual([true])
})
