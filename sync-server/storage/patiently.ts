/** Tries what may fail for a moment, as while servers choose a new leader, again and again for a bounded time. */

/** Resolves with the first success; rejects with the last failure once `patienceMs` are over. */
export const patiently = async <Value>(
  patienceMs: number,
  attempt: () => Promise<Value>,
  isFinal: (cause: unknown) => boolean = () => false,
): Promise<Value> => {
  const endMs = performance.now() + patienceMs
  for (let pauseMs = 25; ; pauseMs = Math.min(pauseMs * 2, 400)) {
    try {
      return await attempt()
    } catch (cause) {
      if (isFinal(cause) || performance.now() + pauseMs > endMs) throw cause
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
