/** How many bytes of frames an answer may still bring: `maxBytes` of the request, within the relay's own bound [R12]. */

import { limits } from './protocol/limits.ts'

export interface FrameBudget {
  /** largest frame that may be built now */
  readonly frameBytes: number
  /** False: this frame no longer fits. The first frame always does, so that every answer brings its reader on. */
  spend(bytes: number): boolean
}

/** `maxBytes` 0 = as many as the relay gives. */
export const createFrameBudget = (maxBytes: number): FrameBudget => {
  const allowed = maxBytes > 0 ? Math.min(maxBytes, limits.answerBytes) : limits.answerBytes
  let left = allowed
  let isFresh = true
  return {
    frameBytes: Math.min(limits.frameBytes, allowed),
    spend(bytes) {
      if (!isFresh && bytes > left) return false
      isFresh = false
      left -= bytes
      return true
    },
  }
}
