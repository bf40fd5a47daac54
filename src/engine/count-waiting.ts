/** How much has come that cannot be read yet; what is meant for others is not among it. */

import type { NetworkDatabase } from '../storage/database.ts'

/** Entries in inbox and waiting, without contacts whose key a grant has named. Counts only: it is asked after each command. */
export const countWaiting = (database: NetworkDatabase): Promise<number> => {
  const { inbox, waiting } = database
  return database.transaction('r', inbox, waiting, async () => {
    const [come, closed, ofOthers] = await Promise.all([
      inbox.count(),
      waiting.count(),
      waiting.where('isOthers').equals(1).count(),
    ])
    return come + closed - ofOthers
  })
}
