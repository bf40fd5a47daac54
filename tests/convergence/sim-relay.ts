/** A relay of the simulation: the real one over a store in memory that can be killed, put back to an older copy, or lost. */

import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import type { Store } from '../../sync-server/storage/store.ts'
import type { RelaySocket } from '../support/relay-socket.ts'

export class RelayKilled extends Error {}

export class SimRelay {
  readonly origin: string
  readonly #time: { ms: number }
  readonly #copies: MemoryStore[] = []
  store = openMemoryStore()
  relay: Relay
  /** appends until the power goes; null = it stays */
  appendsLeft: number | null = null
  /** live sockets to it; they break when it falls */
  readonly sockets = new Set<RelaySocket>()
  /** planted fault: says that it is durable and forgets it with the next restart */
  acksBeforeStoring = false
  #atLastStart = this.store.copy()
  /** what it said is durable since it last lost its memory on purpose: lengths by room and list */
  readonly acked = new Map<string, number>()

  constructor(origin: string, time: { ms: number }) {
    this.origin = origin
    this.#time = time
    this.relay = this.#create()
  }

  async exchange(body: Uint8Array): Promise<AsyncIterable<Uint8Array>> {
    return (await this.relay.exchange(body, [this.origin])).messages
  }

  keepCopy(): void {
    this.#copies.push(this.store.copy())
  }

  /** Killed and started again: what it said is durable is still there. */
  restart(): void {
    if (this.acksBeforeStoring) this.store = this.#atLastStart.copy()
    this.#atLastStart = this.store.copy()
    this.appendsLeft = null
    for (const socket of this.sockets) socket.break()
    this.sockets.clear()
    this.relay = this.#create()
  }

  /** Put back from a backup: the same relay with less in it. */
  restore(choose: (copies: readonly MemoryStore[]) => MemoryStore): void {
    if (this.#copies.length === 0) return
    this.#begin(choose(this.#copies).copy())
  }

  loseDisk(): void {
    this.#copies.length = 0
    this.#begin(openMemoryStore())
  }

  #begin(store: MemoryStore): void {
    this.store = store
    this.acked.clear()
    this.restart()
  }

  #create(): Relay {
    const { store } = this
    const watched: Store = {
      ...store,
      append: async (...parts) => {
        if (this.appendsLeft !== null && --this.appendsLeft < 0) throw new RelayKilled('the power went')
        return store.append(...parts)
      },
    }
    // the power went while it took what came live
    const onFault = (cause: unknown) => {
      if (!(cause instanceof RelayKilled)) throw cause
      this.restart()
    }
    return createRelay({ store: watched, now: () => this.#time.ms, onFault })
  }
}
