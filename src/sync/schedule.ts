/**
 * When to exchange: at the start, soon after a save, when the phone says that there is a link, when the app is looked
 * at, and again and again while it is, rarely while live sockets bring what is new. After a failure with growing,
 * jittered pauses up to ten minutes; a person's own pull begins anew.
 */

/** After a save: several in a row go together. */
const afterSaveMs = 2_000
/** While somebody looks: what others wrote arrives without a hand. */
const lookingMs = { good: 45_000, slow: 3 * 60_000 }
/** While live: digests are compared all the same, and rooms that are not live are asked after. */
const liveMs = 5 * 60_000
const firstRetryMs = 5_000
const longestRetryMs = 10 * 60_000

export interface ScheduleParts {
  /** true when a relay answered to the end */
  exchange(): Promise<boolean>
  /** 2G, or a person who saves data: 350 bytes are asked for less often */
  isSlowLink(): boolean
  /** 0 ≤ x < 1 */
  random(): number
  /** gives back the function that stops it */
  after(delayMs: number, job: () => void): () => void
}

export class ExchangeSchedule {
  readonly #parts: ScheduleParts
  #stop: (() => void) | null = null
  #dueInMs = Number.POSITIVE_INFINITY
  #failures = 0
  #isRunning = false
  #isWanted = false
  #isVisible = false
  #isLive = false
  #isClosed = false

  constructor(parts: ScheduleParts) {
    this.#parts = parts
  }

  saved(): void {
    if (this.#isRunning) this.#isWanted = true
    // while nobody answers, a save does not shorten the pause: ten saves offline are not ten attempts
    else this.#plan(this.#failures > 0 ? this.#dueInMs : afterSaveMs)
  }

  online(): void {
    this.#failures = 0
    this.#plan(0)
  }

  /** Something that cannot wait for its turn. */
  due(): void {
    this.#plan(0)
  }

  /** As after a save; many phones that hear of the same at once ask one after another. */
  dueSoon(): void {
    this.#plan(afterSaveMs * (1 + 4 * this.#parts.random()))
  }

  /** Live sockets bring what is new, or do no longer. */
  live(isLive: boolean): void {
    this.#isLive = isLive
    if (!this.#isRunning && this.#failures === 0) this.#planNext()
  }

  visible(isVisible: boolean): void {
    const hasBecome = isVisible && !this.#isVisible
    this.#isVisible = isVisible
    if (hasBecome) this.#plan(0)
  }

  /** Also an exchange that is under way plans none after itself. */
  close(): void {
    this.#isClosed = true
    this.#stop?.()
    this.#stop = null
  }

  #plan(delayMs: number): void {
    if (this.#isClosed) return
    if (this.#isRunning) {
      this.#isWanted = true
      return
    }
    if (this.#stop && delayMs >= this.#dueInMs) return
    this.#stop?.()
    this.#dueInMs = delayMs
    this.#stop = this.#parts.after(delayMs, () => void this.#run())
  }

  async #run(): Promise<void> {
    this.#stop = null
    this.#isRunning = true
    this.#isWanted = false
    const isAnswered = await this.#parts.exchange()
    this.#isRunning = false
    this.#failures = isAnswered ? 0 : this.#failures + 1
    this.#planNext()
    if (this.#isWanted && isAnswered) this.#plan(afterSaveMs)
  }

  #planNext(): void {
    this.#stop?.()
    this.#stop = null
    this.#dueInMs = Number.POSITIVE_INFINITY
    if (this.#failures > 0) this.#plan(this.#pauseMs())
    else if (this.#isLive) this.#plan(liveMs)
    else if (this.#isVisible) this.#plan(this.#parts.isSlowLink() ? lookingMs.slow : lookingMs.good)
  }

  /** Doubles from 5 s to 10 min; between half and the whole of it, so that a street does not call at once. */
  #pauseMs(): number {
    const pause = Math.min(longestRetryMs, firstRetryMs * 2 ** (this.#failures - 1))
    return pause * (0.5 + this.#parts.random() / 2)
  }
}
