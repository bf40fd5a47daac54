/** One tab writes, the others hand it their commands: real Web Locks and broadcast channels of this process. */

import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Command, CommandResult, EngineStatus } from '../../src/engine/api.ts'
import { Leader, type LedEngine } from '../../src/engine/leader.ts'
import { LeaseLost } from '../../src/engine/writer.ts'

const status = { phase: 'ready', network: null } as unknown as EngineStatus
const command = { type: 'exchange.now' } as Command

const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

class Tab {
  readonly ran: Command[] = []
  readonly statuses: EngineStatus[] = []
  readonly failures: unknown[] = []
  isLeading = false
  isClosed = false
  /** how the engine of this tab answers */
  answer: () => Promise<CommandResult> = async () => ({ ok: true, value: {} })
  readonly leader: Leader

  constructor(lead?: () => Promise<LedEngine>) {
    this.leader = new Leader({
      lead: async () => {
        if (lead) return lead()
        this.isLeading = true
        return {
          run: (asked) => {
            this.ran.push(asked)
            return this.answer()
          },
          status,
          close: async () => {
            this.isLeading = false
            this.isClosed = true
          },
        }
      },
      onStatus: (told) => this.statuses.push(told),
      onFailure: (error) => this.failures.push(error),
    })
    tabs.push(this)
    this.leader.start()
  }
}

const tabs: Tab[] = []
afterEach(async () => {
  for (const tab of tabs) await tab.leader.close()
  tabs.length = 0
})

describe('leadership', () => {
  test('the first tab leads, the second hands its commands over and hears how things stand', async () => {
    const first = new Tab()
    await until(() => first.isLeading)
    const second = new Tab()
    await until(() => second.statuses.length > 0)
    expect(await second.leader.run(command)).toEqual({ ok: true, value: {} })
    expect(first.ran).toEqual([command])
    expect(second.isLeading).toBe(false)
  })

  test('a command that is given while the engine starts waits for it', async () => {
    const first = new Tab()
    expect(await first.leader.run(command)).toEqual({ ok: true, value: {} })
    expect(first.ran).toHaveLength(1)
  })

  test('a leader that does not answer loses the work to the tab that is looked at', async () => {
    // a frozen background tab: it holds the lock and hears nothing
    const frozen = navigator.locks.request('tadamun-engine', () => new Promise(() => undefined))
    const second = new Tab()
    expect(await second.leader.run(command)).toEqual({ ok: true, value: {} })
    expect(second.ran).toEqual([command])
    await expect(frozen).rejects.toThrow()
  })

  test('a leader that lost the lock closes its engine and hands over what it is asked', async () => {
    const first = new Tab()
    await until(() => first.isLeading)
    const second = new Tab()
    await until(() => second.statuses.length > 0)
    await navigator.locks.request('tadamun-engine', { steal: true }, async () => undefined)
    await until(() => first.isClosed && second.isLeading)
    // the screen of the first shows how things stand with the second
    await until(() => first.statuses.length > 0)
    expect(await first.leader.run(command)).toEqual({ ok: true, value: {} })
    expect(second.ran).toEqual([command])
  })

  test('a command whose lease was lost in the middle is done by whoever leads then', async () => {
    const tab = new Tab()
    await until(() => tab.isLeading)
    tab.answer = async () => {
      tab.answer = async () => ({ ok: true, value: {} })
      throw new LeaseLost('another tab writes now')
    }
    expect(await tab.leader.run(command)).toEqual({ ok: true, value: {} })
    expect(tab.ran).toHaveLength(2)
  })

  test('an engine that does not start answers every command and says why', async () => {
    const tab = new Tab(() => Promise.reject(new Error('no database here')))
    const result = await tab.leader.run(command)
    expect(result).toMatchObject({ ok: false, error: { code: 'unexpected' } })
    expect(tab.failures).toHaveLength(1)
  })

  test('an engine whose lock was taken away while it started is closed and never used', async () => {
    const started: { close: boolean; ran: number }[] = []
    const starts = Promise.withResolvers<void>()
    const tab = new Tab(async () => {
      const made = { close: false, ran: 0 }
      started.push(made)
      if (started.length === 1) await starts.promise
      return {
        run: async () => {
          made.ran++
          return { ok: true, value: {} }
        },
        status,
        close: async () => {
          made.close = true
        },
      }
    })
    await until(() => started.length === 1)
    await navigator.locks.request('tadamun-engine', { steal: true }, async () => undefined)
    await until(() => started.length === 2)
    starts.resolve()
    await until(() => started[0]?.close === true)
    expect(await tab.leader.run(command)).toEqual({ ok: true, value: {} })
    expect(started).toEqual([
      { close: true, ran: 0 },
      { close: false, ran: 1 },
    ])
  })

  test('a command that nobody heard while the tab was hidden is taken up when it is looked at again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const frozen = navigator.locks.request('tadamun-engine', () => new Promise(() => undefined))
      frozen.catch(() => undefined)
      const tab = new Tab()
      tab.leader.visible = false
      const result = tab.leader.run(command)
      vi.advanceTimersByTime(10_000)
      tab.leader.visible = true
      expect(await result).toEqual({ ok: true, value: {} })
      await expect(frozen).rejects.toThrow()
    } finally {
      vi.useRealTimers()
    }
  })

  test('an engine that cannot be closed keeps its tab from nothing', async () => {
    let starts = 0
    const tab = new Tab(async () => {
      starts++
      return {
        run: async () => ({ ok: true, value: {} }),
        status,
        close: () => (starts > 1 ? Promise.resolve() : Promise.reject(new Error('the database went away'))),
      }
    })
    await until(() => starts === 1)
    await navigator.locks.request('tadamun-engine', { steal: true }, async () => undefined)
    await until(() => starts === 2)
    expect(await tab.leader.run(command)).toEqual({ ok: true, value: {} })
  })

  test('a database that aborts is no lock that was taken away: the engine says once that it does not start', async () => {
    const tab = new Tab(() => Promise.reject(new DOMException('the transaction was aborted', 'AbortError')))
    expect(await tab.leader.run(command)).toMatchObject({ ok: false })
    expect(tab.failures).toHaveLength(1)
  })

  test('a tab that is only looked at does not wait for a frozen leader', async () => {
    const frozen = navigator.locks.request('tadamun-engine', () => new Promise(() => undefined))
    const tab = new Tab()
    await expect(frozen).rejects.toThrow()
    await until(() => tab.isLeading)
  })

  test('a tab that is looked at again has the hidden one that leads ask for news', async () => {
    const first = new Tab()
    await until(() => first.isLeading)
    const second = new Tab()
    await until(() => second.statuses.length > 0)
    second.leader.visible = false
    second.leader.visible = true
    await until(() => first.ran.length > 0)
    expect(first.ran).toEqual([{ type: 'exchange.now' }])
    expect(second.isLeading).toBe(false)
  })

  test('a tab whose engine takes long to start keeps the lock', async () => {
    const started = Promise.withResolvers<LedEngine>()
    let begun = false
    const first = new Tab(() => {
      begun = true
      return started.promise
    })
    await until(() => begun)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const second = new Tab()
      const probe = new BroadcastChannel('tadamun-engine')
      const answered = new Promise<void>((resolve) => {
        probe.onmessage = ({ data }) => data.kind === 'starting' && resolve()
      })
      await answered
      probe.close()
      vi.advanceTimersByTime(10_000)
      started.resolve({ run: async () => ({ ok: true, value: {} }), status, close: async () => undefined })
      expect(await first.leader.run(command)).toEqual({ ok: true, value: {} })
      expect(second.isLeading).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })
})
