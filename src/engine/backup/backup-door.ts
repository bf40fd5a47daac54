/** The way to backups: their code is fetched when somebody makes or restores the first one. */

import type { CommandResult } from '../api.ts'
import { fetchCode } from '../fetch-code.ts'
import type { BackupCommand } from './backup-api.ts'
import type { RestoringNetworks } from './restoring.ts'

export const fetchBackupActs = () => fetchCode(() => import('./backup-acts.ts'))

export const runBackup = async (
  command: BackupCommand,
  networks: RestoringNetworks,
): Promise<CommandResult> => {
  const acts = await fetchBackupActs()
  return acts.ok ? acts.value.runBackupCommand(command, networks) : acts
}
