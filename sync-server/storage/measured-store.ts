/** A store that tells how long it took and how much it kept; otherwise the store that it was given. */

import type { Store } from './store.ts'

export type StoreOperation = 'append' | 'readSince' | 'readList' | 'lengths'

export interface StoreEvents {
  /** entries that were not held before */
  stored(entries: number): void
  took(operation: StoreOperation, seconds: number): void
}

export const measureStore = (store: Store, events: StoreEvents): Store => {
  const timed = async <Value>(operation: StoreOperation, work: () => Promise<Value>): Promise<Value> => {
    const startMs = performance.now()
    try {
      return await work()
    } finally {
      events.took(operation, (performance.now() - startMs) / 1000)
    }
  }
  return {
    ...store,
    async append(...what) {
      const result = await timed('append', () => store.append(...what))
      if (result.ok && result.value.added > 0) events.stored(result.value.added)
      return result
    },
    readSince: (...what) => timed('readSince', () => store.readSince(...what)),
    readList: (...what) => timed('readList', () => store.readList(...what)),
    lengths: (...what) => timed('lengths', () => store.lengths(...what)),
  }
}
