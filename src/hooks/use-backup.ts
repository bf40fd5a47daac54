/** The last backup of the network in use, as this phone noted it, and whether a new one is worth a line. */

export type { BackupSummary } from '../engine/backup/backup-api.ts'

import type { NetworkDatabase } from '../storage/database.ts'
import { isBackupDue } from './backup-due.ts'
import { useDoor } from './door.ts'
import { unsentRows } from './unsent.ts'
import { useAppQuery, useLiveQuery } from './use-live-query.ts'
import { useMembers, useNetwork } from './use-network.ts'
import { useNow } from './use-now.ts'

interface LastBackup {
  /** ms since 1970 */
  madeAt: number
  entries: number
}

const keyOf = (network: string): string => `backup ${network}`

const entriesOf = async (database: NetworkDatabase): Promise<number> =>
  (await database.lists.toArray()).reduce((sum, { length }) => sum + length, 0)

/** null: none was made here; undefined until read. */
export const useLastBackup = (): LastBackup | null | undefined => {
  const network = useNetwork()?.networkId
  return useAppQuery(
    async (app) =>
      network === undefined
        ? null
        : (((await app.settings.get(keyOf(network)))?.value as LastBackup | undefined) ?? null),
    [network],
  )
}

/** Once the file is out of the app. */
export const useNoteBackup = (): (() => Promise<void>) => {
  const { app, database, network } = useDoor()
  return async () => {
    const [place, opened] = [network.peek(), database.peek()]
    if (!place || !opened) return
    const value: LastBackup = { madeAt: Date.now(), entries: await entriesOf(opened) }
    await app.settings.put({ key: keyOf(place.networkId), value })
  }
}

/** False until all of it is read. */
export const useBackupDue = (): boolean => {
  const network = useNetwork()
  const last = useLastBackup()
  const members = useMembers()
  const now = useNow()
  const held = useLiveQuery(async (database) => {
    const unsent = await unsentRows(database)
    const unsentSince = unsent.length > 0 ? Math.min(...unsent.map(({ savedAt }) => savedAt)) : null
    return { entries: await entriesOf(database), unsentSince }
  })
  if (!network || last === undefined || !members || !held) return false
  const isAlone = members.length === 1
  return isBackupDue({ now, since: network.createdAt, last, isAlone, ...held })
}
