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
 * `commit` runs its argument inside one transaction and returns after COMMIT, or throws after ROLLBACK.
 * `groupMs` is how long the first write waits for others.
 */
export const createGroupCommit = <Value>(
  commit: (writes: () => void) => void,
  groupMs = 4,
): GroupCommit<Value> => {
  let waiting: Waiting<Value>[] = []
  let timer: NodeJS.Timeout | null = null

  const flush = (): void => {
    if (timer) clearTimeout(timer)
    timer = null
    const group = waiting
    waiting = []
    if (group.length === 0) return
    const values: Value[] = []
    try {
      commit(() => {
        for (const { write } of group) values.push(write())
      })
    } catch (cause) {
      for (const { refuse } of group) refuse(cause)
      return
    }
    for (const [i, { resolve }] of group.entries()) resolve(values[i] as Value)
  }

  return {
    add: (write) =>
      new Promise<Value>((resolve, refuse) => {
        waiting.push({ write, resolve, refuse })
        timer ??= setTimeout(flush, Math.min(groupMs, maxGroupMs))
      }),
    flush,
  }
}
