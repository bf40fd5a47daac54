/** Does the store answer? Asked by whoever decides whether to send phones here. */

import { type NetworkId, rosterRoom } from './protocol/ids.ts'
import type { Store } from './storage/store.ts'

/** Longer than a disk takes that is merely busy; a balancer asks every few seconds. */
const patienceMs = 2000
/** Nobody has it: the hash that would have to be all zeros. */
const nobodysNetwork = 'A'.repeat(22) as NetworkId

/** One question at a time, however many ask; a store that says nothing for two seconds does not answer. */
export const createStoreProbe = (store: Store): (() => Promise<boolean>) => {
  let asked: Promise<boolean> | null = null

  const ask = async (): Promise<boolean> => {
    const silence = Promise.withResolvers<false>()
    const timer = setTimeout(() => silence.resolve(false), patienceMs)
    const answer = store.lengths(nobodysNetwork, rosterRoom).then(
      () => true,
      () => false,
    )
    try {
      return await Promise.race([answer, silence.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  return () => {
    asked ??= ask().finally(() => {
      asked = null
    })
    return asked
  }
}
