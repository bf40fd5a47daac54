/** The way to backups: their code is fetched when somebody makes or restores the first one. */

import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import type { CommandError, CommandResult } from '../api.ts'
import type { BackupCommand } from './backup-api.ts'
import type { RestoringNetworks } from './restoring.ts'

type BackupActs = typeof import('./backup-acts.ts')

/** As in `people/fetch-rare-acts.ts`. */
export const fetchBackupActs = async (): Promise<Result<BackupActs, CommandError>> => {
  try {
    return ok(await import('./backup-acts.ts'))
  } catch (error) {
    return fail(navigator.onLine ? { code: 'unexpected', detail: String(error) } : { code: 'offline' })
  }
}

export const runBackup = async (
  command: BackupCommand,
  networks: RestoringNetworks,
): Promise<CommandResult> => {
  const acts = await fetchBackupActs()
  return acts.ok ? acts.value.runBackupCommand(command, networks) : acts
}
