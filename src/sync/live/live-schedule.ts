/**
 * When to be live: while somebody looks, on a link that is neither slow nor metered, and only after an exchange has
 * caught up [R21]. When it falls, an exchange is asked for after a jittered pause; it says why, or leads back to live.
 */

import { liveCloseCodes } from '../../../sync-server/protocol/live.ts'
import type { LiveEnd } from './live-rooms.ts'

/** A look at another app is no reason to hang up. */
const hiddenMs = 20_000
/** Sockets that are not up by then are given up: a proxy may swallow them without a word. */
const openMs = 20_000
/** Live for so long, the next fall begins with the shortest pause again. */
const stableMs = 30_000
const firstPauseMs = 1_000
const longestPauseMs = 60_000
/** Whoever was sent away together with all others comes back at a moment of its own. */
const spreadMs = 30_000

export interface LiveScheduleParts {
  /** opens the sockets; how they fare comes by {@link LiveSchedule.up} and {@link LiveSchedule.fallen} */
  open(): void
  /** closes them without a word */
  leave(): void
  /** false where other rooms are in use than those that are live */
  isCurrent(): boolean
  isGoodLink(): boolean
  /** an exchange is due now */
  exchange(): void
  onLive(isLive: boolean): void
  /** 0 ≤ x < 1 */
  random(): number
  /** gives back the function that stops it */
  after(delayMs: number, job: () => void): () => void
}

export class LiveSchedule {
  readonly #parts: LiveScheduleParts
  #state: 'off' | 'opening' | 'live' = 'off'
  #isLookedAt = false
  #isClosed = false
  #falls = 0
  /** runs before another try: what ends it */
  #pause: (() => void) | null = null
  /** end of patience with what is being opened, then of the time until it counts as stable */
  #trial: (() => void) | null = null
  #hiding: (() => void) | null = null

  constructor(parts: LiveScheduleParts) {
    this.#parts = parts
  }

  get isLive(): boolean {
    return this.#state === 'live'
  }

  visible(isLookedAt: boolean): void {
    this.#isLookedAt = isLookedAt
    this.#hiding?.()
    this.#hiding = isLookedAt ? null : this.#parts.after(hiddenMs, () => this.leave())
  }

  /** An exchange has ended well. */
  caughtUp(): void {
    const { open, isCurrent } = this.#parts
    if (this.#state === 'live' && !isCurrent()) this.leave()
    if (this.#isClosed || this.#pause || this.#state !== 'off' || !this.#isWanted()) return
    this.#state = 'opening'
    this.#trial = this.#parts.after(openMs, () => this.fallen({ code: 0, reason: 'not up' }))
    open()
  }

  up(): void {
    if (this.#state !== 'opening') return
    this.#enter('live')
    this.#trial = this.#parts.after(stableMs, () => {
      this.#falls = 0
    })
  }

  /** The sockets are gone. */
  fallen(end: LiveEnd): void {
    if (this.#state === 'off') return
    if (end.code === 0) this.#parts.leave()
    this.#enter('off')
    if (this.#isClosed || end.code === 'here') return
    this.#falls++
    this.#pause?.()
    this.#pause = this.#parts.after(this.#pauseMs(end), () => {
      this.#pause = null
      if (this.#isWanted()) this.#parts.exchange()
    })
  }

  /** The link has changed: on one that is slow or metered, or none, nobody stays live. */
  linkChanged(): void {
    if (!this.#parts.isGoodLink()) this.leave()
  }

  /** Hangs up; the next exchange that ends well may lead back. */
  leave(): void {
    if (this.#state === 'off') return
    this.#enter('off')
    this.#parts.leave()
  }

  close(): void {
    this.#isClosed = true
    this.#hiding?.()
    this.#pause?.()
    this.leave()
  }

  #isWanted(): boolean {
    return this.#isLookedAt && this.#parts.isGoodLink()
  }

  #enter(state: 'off' | 'live'): void {
    const wasLive = this.isLive
    this.#trial?.()
    this.#trial = null
    this.#state = state
    if (this.isLive !== wasLive) this.#parts.onLive(this.isLive)
  }

  /** Full jitter, doubling from 1 s to 1 min; a relay that sends everybody away at once says over how many seconds. */
  #pauseMs(end: LiveEnd): number {
    const { random } = this.#parts
    const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#falls)
    const pause = firstPauseMs + random() * (longest - firstPauseMs)
    const isSentAway = end.code === liveCloseCodes.restart || end.code === liveCloseCodes.tooFast
    return isSentAway ? pause + random() * spreadMs : pause
  }
}
