/** Gathers writes of the same few milliseconds into one transaction, so that many share one wait for the disk. */

/** Longest wait for company [R11]. */
export const maxGroupMs = 20

interface Waiting<Value> {
  readonly write: () => Value
  readonly resolve: (value: Value) => void
  readonly refuse: (cause: unknown) => void
}

export interface GroupCommit<Value> {
  /** Resolves with what `write` gave once the transaction is committed; rejects for all of it when that failed. */
  add(write: () => Value): Promise<Value>
  /** Commits what waits. */
  flush(): void
}

/**
 * `commit` runs its argument inside one transaction and returns after COMMIT, or throws after ROLLBACK. A write that
 * comes after a pause is committed in the same turn of the event loop, with what else comes in it. Between two commits
 * lie `groupMs`, or twice the time that the first one took, so that a slow disk holds up the relay a third of the time
 * at most.
 */
export const createGroupCommit = <Value>(
  commit: (writes: () => void) => void,
  groupMs = 4,
): GroupCommit<Value> => {
  let waiting: Waiting<Value>[] = []
  let cancel: (() => void) | null = null
  let nextAtMs = 0

  const flush = (): void => {
    cancel?.()
    cancel = null
    const group = waiting
    waiting = []
    if (group.length === 0) return
    const beganAtMs = performance.now()
    const values: Value[] = []
    try {
      commit(() => {
        for (const { write } of group) values.push(write())
      })
    } catch (cause) {
      for (const { refuse } of group) refuse(cause)
      return
    }
    const endedAtMs = performance.now()
    nextAtMs = endedAtMs + Math.min(maxGroupMs, Math.max(groupMs, 2 * (endedAtMs - beganAtMs)))
    for (const [i, { resolve }] of group.entries()) resolve(values[i] as Value)
  }

  /** Gives back what takes it back. */
  const schedule = (): (() => void) => {
    const waitMs = nextAtMs - performance.now()
    if (waitMs > 0) {
      const timer = setTimeout(flush, waitMs)
      return () => clearTimeout(timer)
    }
    const turn = setImmediate(flush)
    return () => clearImmediate(turn)
  }

  return {
    add: (write) =>
      new Promise<Value>((resolve, refuse) => {
        waiting.push({ write, resolve, refuse })
        cancel ??= schedule()
      }),
    flush,
  }
}
