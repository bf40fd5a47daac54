/** One tab writes, the others hand it their commands: real Web Locks and broadcast channels of this process. */

import { afterEach, describe, expect, test } from 'vitest'
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
})
