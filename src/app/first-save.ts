/** Notes the first need or offer of a phone, after which `keep-sheet.tsx` asks for lasting storage. */

import type { Command, CommandResult } from '../engine/api.ts'
import type { AppDatabase } from '../storage/database.ts'

/** In `settings`: `saved`, then `asked` once the sheet was answered. */
export const firstSaveKey = 'first-save'

/** In this page: reading it again with each save takes the time of who waits for that. */
let isNoted = false

/** The first need or offer is the moment to ask for lasting storage: before it there is nothing to lose. */
export const noteFirstSave = async (
  app: AppDatabase,
  command: Command,
  result: CommandResult,
): Promise<void> => {
  if (isNoted || !result.ok || (command.type !== 'need.add' && command.type !== 'offer.add')) return
  if ((await app.settings.get(firstSaveKey)) === undefined) {
    await app.settings.put({ key: firstSaveKey, value: 'saved' })
  }
  isNoted = true
}
