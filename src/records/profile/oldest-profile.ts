/** Which profile of a person counts. */

import { compareText } from '../compare-text.ts'
import type { ProfileRow } from './profile.ts'

/** The oldest: two phones of one person may each have begun one while offline. */
export const oldestProfile = (rows: readonly ProfileRow[]): ProfileRow | undefined =>
  [...rows].sort((a, b) => a.createdAt - b.createdAt || compareText(a.id, b.id))[0]
