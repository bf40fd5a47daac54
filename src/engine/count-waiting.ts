/** How much has come that cannot be read yet; what is meant for others is not among it. */

import { type GrantRow, grantType } from '../records/grant/grant.ts'
import type { NetworkDatabase } from '../storage/database.ts'

/** Entries in inbox and waiting, without contacts that a grant says are somebody else's to read. */
export const countWaiting = async (database: NetworkDatabase): Promise<number> => {
  const inbox = await database.inbox.count()
  if ((await database.waiting.count()) === 0) return inbox
  const keyIds = (await database.waiting.orderBy('keyId').keys()) as string[]
  const grants = database.table<GrantRow, string>(grantType.table)
  const granted = new Set(await grants.where('keyId').anyOf(keyIds).keys())
  return inbox + keyIds.filter((keyId) => !granted.has(keyId)).length
}
