/**
 * One tab writes: a Web Lock chooses the leader, the others hand it their commands. A leader that is silent for 2 s
 * when it is given one (a frozen background tab) loses the lock to the tab that somebody looks at; its lease is fenced
 * inside the outbox transaction, so what it still tries to write is refused.
 */

import type { Command, CommandResult, EngineStatus } from './api.ts'
import { LeaseLost } from './writer.ts'

const lockName = 'tadamun-engine'
const silenceMs = 2_000

/** What tabs tell each other. */
type Call =
  | { kind: 'run'; id: string; command: Command }
  | { kind: 'taken'; id: string }
  | { kind: 'result'; id: string; result: CommandResult }
  | { kind: 'status'; status: EngineStatus }
  | { kind: 'hello' }

/** The engine as the leader runs it. */
export interface LedEngine {
  run(command: Command): Promise<CommandResult>
  status: EngineStatus
  close(): Promise<void>
}

export interface LeaderParts {
  /** takes up the work; rejects when the engine does not start */
  lead(onStatus: (status: EngineStatus) => void): Promise<LedEngine>
  onStatus(status: EngineStatus): void
  onFailure(error: unknown): void
}

interface Waiting {
  command: Command
  answer(result: CommandResult): void
  isTaken: boolean
  timer: ReturnType<typeof setTimeout>
}

const lostMidway: CommandResult = {
  ok: false,
  error: { code: 'unexpected', detail: 'the tab that was saving this was closed' },
}

export class Leader {
  readonly #parts: LeaderParts
  readonly #channel = new BroadcastChannel(lockName)
  /** commands that another tab runs for this one */
  readonly #waiting = new Map<string, Waiting>()
  #engine: LedEngine | null = null
  #isVisible = true
  /** the lock is here and the engine is starting: what is asked meanwhile waits for it */
  #isStarting = false
  #release: (() => void) | null = null
  #isClosed = false

  constructor(parts: LeaderParts) {
    this.#parts = parts
    this.#channel.onmessage = ({ data }: MessageEvent<Call>) => void this.#hear(data)
  }

  start(): void {
    this.#say({ kind: 'hello' })
    void this.#stand(false)
  }

  set visible(isVisible: boolean) {
    this.#isVisible = isVisible
  }

  /** Gives the work to whoever waits for it. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.#retire()
    this.#channel.close()
    this.#release?.()
  }

  /** Runs here when this tab leads, else in the tab that does. */
  async run(command: Command): Promise<CommandResult> {
    if (!this.#engine) return this.#hand(command)
    try {
      return await this.#engine.run(command)
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
      // nothing of it was written: the tab that leads now does it
      await this.#retire()
      return this.#hand(command)
    }
  }

  /** Waits for the lock, leads while it is held, and stands again after it was taken away. */
  async #stand(steal: boolean): Promise<void> {
    try {
      await navigator.locks.request(lockName, { steal }, () => this.#lead())
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'AbortError') return this.#fail(error)
      await this.#retire()
      void this.#stand(false)
    }
  }

  async #retire(): Promise<void> {
    const engine = this.#engine
    this.#engine = null
    await engine?.close()
  }

  async #lead(): Promise<void> {
    if (this.#isClosed) return
    const onStatus = (status: EngineStatus) => {
      this.#parts.onStatus(status)
      this.#say({ kind: 'status', status })
    }
    this.#isStarting = true
    try {
      this.#engine = await this.#parts.lead(onStatus)
    } finally {
      this.#isStarting = false
    }
    for (const [id, { command, answer, isTaken, timer }] of this.#waiting) {
      clearTimeout(timer)
      this.#waiting.delete(id)
      // one that was taken may have been written: to do it again could log a need twice
      if (isTaken) answer(lostMidway)
      else void this.run(command).then(answer)
    }
    return new Promise((resolve) => {
      this.#release = resolve
    })
  }

  /** The engine does not start here: nobody is left waiting for it. */
  #fail(error: unknown): void {
    this.#parts.onFailure(error)
    for (const { answer, timer } of this.#waiting.values()) {
      clearTimeout(timer)
      answer({ ok: false, error: { code: 'unexpected', detail: String(error) } })
    }
    this.#waiting.clear()
  }

  #hand(command: Command): Promise<CommandResult> {
    const id = crypto.randomUUID()
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#takeOver(), silenceMs)
      this.#waiting.set(id, { command, answer: resolve, isTaken: false, timer })
      this.#say({ kind: 'run', id, command })
    })
  }

  /** Only the tab that somebody looks at takes over; a hidden one waits for the lock. */
  #takeOver(): void {
    if (!this.#engine && !this.#isStarting && this.#isVisible) void this.#stand(true)
  }

  async #hear(call: Call): Promise<void> {
    switch (call.kind) {
      case 'hello':
        if (this.#engine) this.#say({ kind: 'status', status: this.#engine.status })
        return
      case 'status':
        if (!this.#engine) this.#parts.onStatus(call.status)
        return
      case 'run':
        if (!this.#engine) return
        this.#say({ kind: 'taken', id: call.id })
        this.#say({ kind: 'result', id: call.id, result: await this.run(call.command) })
        return
      case 'taken': {
        const waiting = this.#waiting.get(call.id)
        if (!waiting) return
        waiting.isTaken = true
        clearTimeout(waiting.timer)
        return
      }
      case 'result':
        this.#waiting.get(call.id)?.answer(call.result)
        this.#waiting.delete(call.id)
    }
  }

  #say(call: Call): void {
    this.#channel.postMessage(call)
  }
}
