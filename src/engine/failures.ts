/** What a thrown failure of the platform means to a person. */

import type { CommandError } from './api.ts'
import { isFull } from './in-room.ts'
import { EntryTooLarge } from './writer.ts'

export const failureOf = (error: unknown): CommandError => {
  if (isFull(error)) return { code: 'diskFull' }
  if (error instanceof EntryTooLarge) return { code: 'invalid', field: 'details', rule: 'tooLong' }
  return { code: 'unexpected', detail: String(error) }
}
