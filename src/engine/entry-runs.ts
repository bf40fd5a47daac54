/** Cuts what one command writes into entries, none of which is longer than an entry may be. */

import { encodeOperations } from '../records/operation-codec.ts'
import type { Draft } from '../records/record-type.ts'

/** Of the 16 KiB of an entry (`limits.entryBytes`): seal, signature and head stand beside it. */
const maxPlainBytes = 12 * 1024

/** Runs in the same order; a draft that is longer by itself has a run of its own. */
export const entryRuns = (group: readonly Draft[]): Draft[][] => {
  const runs: Draft[][] = []
  let room = 0
  for (const draft of group) {
    const bytes = encodeOperations([draft.operation]).length
    if (bytes > room) {
      runs.push([])
      room = maxPlainBytes
    }
    runs.at(-1)?.push(draft)
    room -= bytes
  }
  return runs
}
