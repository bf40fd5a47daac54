import { availableParallelism, loadavg } from 'node:os'

/** Runnable processes for each core in the minute before; 0 where the system does not say (Windows). */
export const loadPerCore = (): number => Math.round(((loadavg()[0] ?? 0) / availableParallelism()) * 10) / 10
