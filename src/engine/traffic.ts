/** When this phone talks to its relay: exchanges by their schedule, live work while an exchange has caught up. */

import { LiveSchedule } from '../sync/live/live-schedule.ts'
import { ExchangeSchedule } from '../sync/schedule.ts'
import type { Engine } from './engine.ts'

export interface TrafficParts {
  engine: Pick<Engine, 'local' | 'exchange' | 'live'>
  /** 2G, or a person who saves data */
  isSlowLink(): boolean
  /** neither slow nor metered nor gone */
  isGoodLink(): boolean
  /** 0 ≤ x < 1 */
  random(): number
  /** gives back the function that stops it */
  after(delayMs: number, job: () => void): () => void
}

/** What was saved goes out live by itself; what has not arrived by then goes with an exchange. */
const liveSaveMs = 6_000

export class Traffic {
  readonly #parts: TrafficParts
  readonly #exchanges: ExchangeSchedule
  readonly #live: LiveSchedule
  #check: (() => void) | null = null
  #isClosed = false

  constructor(parts: TrafficParts) {
    const { engine, isSlowLink, isGoodLink, random, after } = parts
    this.#parts = parts
    this.#exchanges = new ExchangeSchedule({ exchange: () => this.#exchange(), isSlowLink, random, after })
    this.#live = new LiveSchedule({
      open: () => void engine.live.open(this.#liveEvents()),
      leave: () => void engine.live.leave(),
      isCurrent: () => engine.live.isCurrent,
      isGoodLink,
      exchange: () => this.#exchanges.due(),
      onLive: (isLive) => this.#exchanges.live(isLive),
      random,
      after,
    })
  }

  /** Something was written. */
  saved(): void {
    if (this.#live.isLive) this.#check ??= this.#parts.after(liveSaveMs, () => void this.#checkSaved())
    else this.#exchanges.saved()
  }

  online(): void {
    this.#exchanges.online()
  }

  /** The link was lost, or is another one. */
  linkChanged(): void {
    this.#live.linkChanged()
  }

  visible(isLookedAt: boolean): void {
    this.#live.visible(isLookedAt)
    this.#exchanges.visible(isLookedAt)
  }

  close(): void {
    this.#isClosed = true
    this.#check?.()
    this.#exchanges.close()
    this.#live.close()
  }

  async #exchange(): Promise<boolean> {
    const { engine } = this.#parts
    if (engine.local === null) return true
    const hasEndedWell = (await engine.exchange()) !== null
    if (hasEndedWell) this.#live.caughtUp()
    return hasEndedWell
  }

  #liveEvents() {
    return {
      onUp: () => this.#live.up(),
      onFallen: (...[end]: Parameters<LiveSchedule['fallen']>) => this.#live.fallen(end),
      onDue: () => this.#exchanges.dueSoon(),
    }
  }

  async #checkSaved(): Promise<void> {
    this.#check = null
    const { local } = this.#parts.engine
    if (!local || this.#isClosed) return
    if (await local.hasUnsent()) this.#exchanges.due()
  }
}
