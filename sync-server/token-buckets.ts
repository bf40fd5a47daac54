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

/** Keys that are remembered before those whose bucket has filled up again are forgotten. */
const maxKeys = 10_000

/** `now` gives ms and never has to be the true time. */
export const createTokenBuckets = (perSecond: number, burst: number, now: () => number): TokenBuckets => {
  const buckets = new Map<string, Bucket>()

  const leftIn = ({ left, atMs }: Bucket): number =>
    Math.min(burst, left + (Math.max(0, now() - atMs) * perSecond) / 1000)

  const forgetFull = (): void => {
    for (const [key, bucket] of buckets) if (leftIn(bucket) >= burst) buckets.delete(key)
    // a flood from more addresses than are remembered: the oldest go, whatever they hold
    for (const key of buckets.keys()) {
      if (buckets.size < maxKeys) break
      buckets.delete(key)
    }
  }

  return {
    take(key, amount) {
      const known = buckets.get(key)
      if (!known && buckets.size >= maxKeys) forgetFull()
      const left = known ? leftIn(known) : burst
      const granted = Math.min(amount, Math.floor(left))
      buckets.set(key, { left: left - granted, atMs: now() })
      return granted
    },
    retryAfterS(key) {
      const known = buckets.get(key)
      return known ? Math.max(1, Math.ceil((1 - leftIn(known)) / perSecond)) : 1
    },
  }
}
