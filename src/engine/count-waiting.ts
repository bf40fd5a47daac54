/** How much has come that cannot be read yet; what is meant for others is not among it. */

import type { NetworkDatabase } from '../storage/database.ts'

/** Entries in inbox and waiting, without contacts whose key a grant has named. Counts only: it is asked after each command. */
export const countWaiting = async ({ inbox, waiting }: NetworkDatabase): Promise<number> =>
  (await inbox.count()) + (await waiting.count()) - (await waiting.where('isOthers').equals(1).count())
