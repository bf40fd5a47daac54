/** What a thrown failure of the platform means to a person. */

import type { CommandError } from './api.ts'
import { EntryTooLarge } from './writer.ts'

/** Dexie wraps the browser's error: the reason is somewhere down the chain. */
const names = (error: unknown): string[] => {
  const found: string[] = []
  for (let at = error; at instanceof Error && found.length < 8; at = 'inner' in at ? at.inner : at.cause)
    found.push(at.name)
  return found
}

export const failureOf = (error: unknown): CommandError => {
  if (names(error).includes('QuotaExceededError')) return { code: 'diskFull' }
  if (error instanceof EntryTooLarge) return { code: 'invalid', field: 'details', rule: 'tooLong' }
  return { code: 'unexpected', detail: String(error) }
}
