/** Time that stands still until the test lets it pass: what was planned runs at its moment, in its order. */

export interface HandTime {
  readonly nowMs: number
  /** gives back the function that stops it */
  after(delayMs: number, job: () => void): () => void
  /** lets time pass; what promises carry on from a job is done before the next one */
  pass(ms: number): Promise<void>
  /** jobs that are still planned */
  readonly planned: number
}

const settle = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

export const createHandTime = (): HandTime => {
  let nowMs = 0
  let jobs: { atMs: number; job: () => void }[] = []
  return {
    get nowMs() {
      return nowMs
    },
    get planned() {
      return jobs.length
    },
    after(delayMs, job) {
      const entry = { atMs: nowMs + delayMs, job }
      jobs.push(entry)
      return () => {
        jobs = jobs.filter((other) => other !== entry)
      }
    },
    async pass(ms) {
      const endMs = nowMs + ms
      await settle()
      for (;;) {
        const next = jobs.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
        if (!next) break
        jobs = jobs.filter((other) => other !== next)
        nowMs = next.atMs
        next.job()
        await settle()
      }
      nowMs = endMs
    },
  }
}
