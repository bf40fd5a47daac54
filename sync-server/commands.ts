/** What the relay's program does when it is given a word: copies its store, or puts a copy back. */

import type { Result } from './protocol/result.ts'
import { ok } from './protocol/result.ts'
import { backUpSqliteStore } from './storage/sqlite-backup.ts'
import { restoreSqliteStore } from './storage/sqlite-restore.ts'

/** Both give a sentence for the operator. */
export type Command = (storePath: string, file: string) => Result<string, string>

export const commands: Readonly<Record<string, Command>> = {
  backup(storePath, file) {
    const copied = backUpSqliteStore(storePath, file)
    return copied.ok ? ok(`${file} holds everything that was acknowledged until now.`) : copied
  },
  restore(storePath, file) {
    const restored = restoreSqliteStore(file, storePath)
    if (!restored.ok) return restored
    const { entries, relayId } = restored.value
    return ok(
      `${storePath} holds ${entries} entries and is relay ${relayId}, as before. Start it: phones notice by themselves ` +
        'what the copy lacks and bring it, the next time each of them asks.',
    )
  },
}
