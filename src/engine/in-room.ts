/** Writing where the disk may be full: what was set aside is given back, and it is done once more. */

/** Dexie wraps the browser's error: the reason is somewhere down the chain, or among those of a bulk write. */
export const isFull = (error: unknown, depth = 0): boolean => {
  if (!(error instanceof Error) || depth > 8) return false
  if (error.name === 'QuotaExceededError') return true
  const inner = 'inner' in error ? error.inner : error.cause
  const bulk = 'failures' in error && Array.isArray(error.failures) ? error.failures.slice(0, 8) : []
  return [inner, ...bulk].some((reason) => isFull(reason, depth + 1))
}

/** Does it once more where the disk was full and something could be given back. */
export const inRoom = async <Value>(
  write: () => Promise<Value>,
  freeRoom: () => Promise<boolean>,
): Promise<Value> => {
  try {
    return await write()
  } catch (error) {
    if (!isFull(error) || !(await freeRoom())) throw error
    return write()
  }
}
