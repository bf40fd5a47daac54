/** Runs a decoder over many changed inputs; each must be refused, or be taken with nothing broken. */
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { mutated, randomFrom } from './mutations.ts'

export interface FuzzTarget {
  name: string
  /** inputs in `npm test` */
  inputs: number
  /** valid inputs that are changed */
  corpus: readonly Bytes[]
  /** true = taken; throws when what was taken, or how it was refused, breaks a promise */
  judge(bytes: Bytes): boolean | Promise<boolean>
}

export interface FuzzOutcome {
  inputs: number
  accepted: number
  ms: number
}

/** Longest that one input may take, and how often one is tried again that took longer: a busy machine is no fault. */
const maxMs = 50
const tries = 5

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const timely = async (target: FuzzTarget, bytes: Bytes): Promise<boolean> => {
  for (let n = 0; n < tries; n++) {
    const startMs = performance.now()
    const verdict = target.judge(bytes)
    const isTaken = typeof verdict === 'boolean' ? verdict : await verdict
    if (performance.now() - startMs <= maxMs) return isTaken
  }
  throw new Error(`more than ${maxMs} ms, ${tries} times`)
}

/** Throws with the seed and the input at the first that breaks something. Input n is the same in every run of a seed. */
export const fuzz = async (target: FuzzTarget, inputs: number, seed: number): Promise<FuzzOutcome> => {
  const startMs = performance.now()
  let accepted = 0
  for (let n = 0; n < inputs; n++) {
    const bytes = mutated(randomFrom(seed * 1_000_003 + n), target.corpus)
    try {
      if (await timely(target, bytes)) accepted++
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`${target.name}: ${what} · seed ${seed}, input ${n}: ${hex(bytes)}`, { cause })
    }
  }
  return { inputs, accepted, ms: performance.now() - startMs }
}

/** Breaks the run when a promise is broken. */
export const promise = (kept: boolean, broken: string): void => {
  if (!kept) throw new Error(broken)
}
