/** Live work of the network in use: what it means for the status, and what it asks of the schedules. */

import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { LiveEnd } from '../sync/live/live-rooms.ts'
import type { EngineStatus } from './api.ts'
import type { LocalNetwork } from './local-network.ts'

export interface LiveLinkParts {
  local(): LocalNetwork | null
  tell(change: Partial<EngineStatus>): Promise<void>
}

export interface LiveLinkEvents {
  onUp(): void
  /** once; everything is let go of by then */
  onFallen(end: LiveEnd): void
  /** an exchange is due: it does what news of the roster, or a refusal, ask for */
  onDue(): void
}

/** Receipts come every 20 s; «x minutes ago» needs no more than this. */
const saidAgainMs = 60_000

export class LiveLink {
  readonly #parts: LiveLinkParts
  /** whose receipts they are */
  #local: LocalNetwork | null = null
  /** corrected time of the last receipt */
  #heardAt: number | null = null
  /** the last one that the status told of */
  #saidAt: number | null = null

  constructor(parts: LiveLinkParts) {
    this.#parts = parts
  }

  /** Never rejects: whether it comes up, and how it ends, the events say. */
  async open(events: LiveLinkEvents): Promise<void> {
    const local = this.#parts.local()
    // who is not in reads by exchange only, as far as he may
    if (!local?.isIn) return events.onFallen({ code: 'here' })
    const { tell } = this.#parts
    const onFallen = (end: LiveEnd): void => {
      void tell(this.#ended())
      events.onFallen(end)
    }
    this.#local = local
    this.#heardAt = null
    this.#saidAt = null
    const opening = local.live.open({
      onUp: () => {
        void tell({ live: true })
        events.onUp()
      },
      onFallen,
      onTaken: (rooms) => {
        void tell({})
        if (rooms.has(rosterRoom)) events.onDue()
      },
      onReceipt: () => {
        const saidAt = this.#saidAt ?? 0
        this.#heardAt = local.now()
        if (this.#heardAt - saidAt < saidAgainMs || !this.#isInUse) return
        this.#saidAt = this.#heardAt
        void tell({ lastExchangeAt: this.#heardAt })
      },
      onRefusals: events.onDue,
    })
    await opening.catch(async (error: unknown) => {
      await local.live.leave()
      onFallen({ code: 'failed', error })
    })
  }

  /** Hangs up without a word to the events. */
  async leave(): Promise<void> {
    await this.#parts.local()?.live.leave()
    await this.#parts.tell(this.#ended())
  }

  get isCurrent(): boolean {
    return this.#parts.local()?.live.isCurrent ?? false
  }

  /** Another network may have come onto the screen meanwhile: when this one was heard is not said of that one. */
  get #isInUse(): boolean {
    return this.#local === this.#parts.local()
  }

  #ended(): Partial<EngineStatus> {
    const isTold = this.#heardAt !== null && this.#isInUse
    return { live: false, ...(isTold ? { lastExchangeAt: this.#heardAt } : {}) }
  }
}
