/** Tells how far an exchange is, once it takes longer than a person waits without a word. */

import type { ExchangeProgress } from '../sync/exchange.ts'

/** On a fair link an exchange is over by then, and nothing flickers. */
const longMs = 4_000
const againMs = 1_000

export class LongExchange {
  readonly #tell: (progress: ExchangeProgress) => void
  #latest: ExchangeProgress | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(tell: (progress: ExchangeProgress) => void) {
    this.#tell = tell
  }

  begin(): void {
    this.end()
    this.#wait(longMs)
  }

  note(progress: ExchangeProgress): void {
    this.#latest = progress
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#latest = null
  }

  #wait(delayMs: number): void {
    this.#timer = setTimeout(() => {
      if (this.#latest) this.#tell(this.#latest)
      this.#latest = null
      this.#wait(againMs)
    }, delayMs)
  }
}
