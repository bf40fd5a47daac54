/** What a thrown failure of the platform means to a person. */

import type { CommandError } from './api.ts'
import { EntryTooLarge } from './writer.ts'

/** Dexie wraps the browser's error: the reason is somewhere down the chain, or among those of a bulk write. */
const isFull = (error: unknown, depth = 0): boolean => {
  if (!(error instanceof Error) || depth > 8) return false
  if (error.name === 'QuotaExceededError') return true
  const inner = 'inner' in error ? error.inner : error.cause
  const bulk = 'failures' in error && Array.isArray(error.failures) ? error.failures.slice(0, 8) : []
  return [inner, ...bulk].some((reason) => isFull(reason, depth + 1))
}

export const failureOf = (error: unknown): CommandError => {
  if (isFull(error)) return { code: 'diskFull' }
  if (error instanceof EntryTooLarge) return { code: 'invalid', field: 'details', rule: 'tooLong' }
  return { code: 'unexpected', detail: String(error) }
}
