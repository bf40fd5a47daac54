/** What the engine's thread has worked: throttling does not reach workers, so their time is reported beside the rest. */

import { readdirSync, readFileSync } from 'node:fs'

/** '' and [] for a thread or process that has ended while it was being looked for. */
const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
const list = (path: string): string[] => {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/** Thread → ns on a processor. */
type WorkerTimes = ReadonlyMap<string, number>

/** Of all dedicated workers of this machine's browsers, from Linux's /proc (the first number of schedstat). */
const workerTimes = (): WorkerTimes => {
  const threads = list('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((process) => list(`/proc/${process}/task`).map((thread) => `/proc/${process}/task/${thread}`))
    .filter((path) => read(`${path}/comm`).startsWith('DedicatedWorker'))
  return new Map(threads.map((path) => [path, Number(read(`${path}/schedstat`).split(' ')[0])]))
}

/** ms of processor time that workers needed for the job; null where the system does not say (not Linux). */
export const withWorkerMs = async <Value>(job: () => Promise<Value>): Promise<[Value, number | null]> => {
  if (process.platform !== 'linux') return [await job(), null]
  const before = workerTimes()
  const value = await job()
  let ns = 0
  for (const [thread, time] of workerTimes()) ns += time - (before.get(thread) ?? 0)
  return [value, ns / 1e6]
}
