/** Says how much each session or address may still ask for: token buckets by key, in memory only [R4] [R32]. */

export interface TokenBuckets {
  /** Takes up to `amount` and gives back how much was granted. */
  take(key: string, amount: number): number
  /** Whole seconds until one more is granted, at least 1. */
  retryAfterS(key: string): number
}

interface Bucket {
  left: number
  atMs: number
}

/**
 * Keys that are remembered; beyond it the one that was quiet longest is forgotten: most likely its bucket has filled up
 * again, and in a flood from more addresses than that no count of them helps.
 */
const maxKeys = 10_000

/** `now` gives ms and never has to be the true time. */
export const createTokenBuckets = (perSecond: number, burst: number, now: () => number): TokenBuckets => {
  const buckets = new Map<string, Bucket>()

  const leftIn = ({ left, atMs }: Bucket): number =>
    Math.min(burst, left + (Math.max(0, now() - atMs) * perSecond) / 1000)

  return {
    take(key, amount) {
      const known = buckets.get(key)
      const left = known ? leftIn(known) : burst
      const granted = Math.min(amount, Math.floor(left))
      // put at the end: the first one was asked for longest ago
      buckets.delete(key)
      buckets.set(key, { left: left - granted, atMs: now() })
      const oldest = buckets.keys().next()
      if (buckets.size > maxKeys && !oldest.done) buckets.delete(oldest.value)
      return granted
    },
    retryAfterS(key) {
      const known = buckets.get(key)
      return known ? Math.max(1, Math.ceil((1 - leftIn(known)) / perSecond)) : 1
    },
  }
}
