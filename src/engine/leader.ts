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
  /** answers a hello while the engine starts */
  | { kind: 'starting' }

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
  /** nobody confirmed it in time */
  isUnheard: boolean
  timer: ReturnType<typeof setTimeout>
}

/** One time of holding the lock. */
interface Turn {
  /** the lock was taken away, or this leader closed: an engine that was still starting is not the one any more */
  isOver: boolean
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
  #turn: Turn | null = null
  #release: (() => void) | null = null
  #isClosed = false
  /** another tab said that it leads, or is about to */
  #hasHeard = false
  #helloTimer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: LeaderParts) {
    this.#parts = parts
    this.#channel.onmessage = ({ data }: MessageEvent<Call>) => void this.#hear(data)
  }

  /** A frozen leader answers nobody: who only looks must not wait for the first command either. */
  start(): void {
    this.#say({ kind: 'hello' })
    this.#helloTimer = setTimeout(() => {
      if (!this.#hasHeard) this.#takeOver()
    }, silenceMs)
    void this.#stand(false)
  }

  set visible(isVisible: boolean) {
    const hasBecome = isVisible && !this.#isVisible
    this.#isVisible = isVisible
    const isUnheard = [...this.#waiting.values()].some((waiting) => waiting.isUnheard)
    if (isVisible && isUnheard) this.#takeOver()
    // the tab that leads may be hidden, and then asks relays for nothing by itself
    else if (hasBecome && this.#hasHeard && !this.#engine) void this.#hand({ type: 'exchange.now' })
  }

  /** Gives the work to whoever waits for it. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#turn) this.#turn.isOver = true
    clearTimeout(this.#helloTimer)
    for (const { timer } of this.#waiting.values()) clearTimeout(timer)
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
    const turn: Turn = { isOver: false }
    try {
      await navigator.locks.request(lockName, { steal }, () => this.#lead(turn))
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'AbortError') return this.#fail(error)
      turn.isOver = true
      // this tab may have taken the lock from itself: the turn that begins is not touched
      if (this.#turn === turn) {
        this.#isStarting = false
        await this.#retire()
        // what whoever leads now has said meanwhile was not listened to
        this.#say({ kind: 'hello' })
      }
      void this.#stand(false)
    }
  }

  async #retire(): Promise<void> {
    const engine = this.#engine
    this.#engine = null
    // the work goes on elsewhere: that this one did not end well holds nobody up
    await engine?.close().catch(this.#parts.onFailure)
  }

  async #lead(turn: Turn): Promise<void> {
    if (this.#isClosed) return
    this.#turn = turn
    const onStatus = (status: EngineStatus) => {
      if (turn.isOver) return
      this.#parts.onStatus(status)
      this.#say({ kind: 'status', status })
    }
    this.#isStarting = true
    try {
      const engine = await this.#parts.lead(onStatus)
      // the lock was taken away while it started: two engines would write
      if (turn.isOver) return await engine.close()
      this.#engine = engine
    } catch (error) {
      // not thrown on: an AbortError of a database is no lock that was taken away
      return this.#fail(error)
    } finally {
      if (!turn.isOver) this.#isStarting = false
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
      const timer = setTimeout(() => this.#unheard(id), silenceMs)
      this.#waiting.set(id, { command, answer: resolve, isTaken: false, isUnheard: false, timer })
      this.#say({ kind: 'run', id, command })
    })
  }

  #unheard(id: string): void {
    const waiting = this.#waiting.get(id)
    if (waiting) waiting.isUnheard = true
    this.#takeOver()
  }

  /** Only the tab that somebody looks at takes over; a hidden one waits for the lock. */
  #takeOver(): void {
    if (!this.#engine && !this.#isStarting && this.#isVisible) void this.#stand(true)
  }

  async #hear(call: Call): Promise<void> {
    switch (call.kind) {
      case 'hello':
        if (this.#engine) this.#say({ kind: 'status', status: this.#engine.status })
        else if (this.#isStarting) this.#say({ kind: 'starting' })
        return
      case 'starting':
        this.#hasHeard = true
        return
      case 'status':
        this.#hasHeard = true
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
        waiting.isUnheard = false
        clearTimeout(waiting.timer)
        return
      }
      case 'result':
        this.#waiting.get(call.id)?.answer(call.result)
        this.#waiting.delete(call.id)
    }
  }

  #say(call: Call): void {
    if (this.#isClosed) return
    this.#channel.postMessage(call)
  }
}
