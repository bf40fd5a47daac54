/** Runs jobs one after another: what changes lists, log and rows never interleaves. */

export class Serial {
  #last: Promise<unknown> = Promise.resolve()

  run<Value>(job: () => Promise<Value>): Promise<Value> {
    const next = this.#last.then(job)
    // the job's caller sees its failure; the next job starts all the same
    this.#last = next.catch(() => undefined)
    return next
  }

  /** Resolves when all jobs have ended, those too that jobs have given. */
  async settled(): Promise<void> {
    for (let last: Promise<unknown> | null = null; last !== this.#last; await last) last = this.#last
  }
}
