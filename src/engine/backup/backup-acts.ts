/** Making, looking into and restoring a backup: one chunk with the code of Argon2, which the engine fetches when it is asked for. */

import { type Bytes, toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { parseEntry } from '../../../sync-server/protocol/entry.ts'
import { rosterRoom } from '../../../sync-server/protocol/ids.ts'
import { fail, ok, type Result } from '../../../sync-server/protocol/result.ts'
import { parseUpdate } from '../../../sync-server/protocol/update.ts'
import { importSealingKey } from '../../crypto/seal.ts'
import { openBackup, sealBackup } from '../../crypto/seal-backup.ts'
import type { CommandError, CommandResult } from '../api.ts'
import type { BackupCommand, BackupSummary } from './backup-api.ts'
import { copyOf } from './filling.ts'
import { decodeCopy, encodeCopy, type NetworkCopy } from './network-copy.ts'
import { beginAnew, type RestoringNetworks, restore } from './restoring.ts'

export { carriedFilling } from './restoring.ts'

const openCopy = async (file: Uint8Array, passphrase: string): Promise<Result<NetworkCopy, CommandError>> => {
  const opened = await openBackup(passphrase, file)
  if (!opened.ok) return fail({ code: 'backup', problem: opened.error })
  const copy = decodeCopy(opened.value)
  if (copy.ok) return copy
  return fail({ code: 'backup', problem: copy.error === 'newer' ? 'newer' : 'broken' })
}

const keyIdsOf = async (keys: readonly Bytes[]): Promise<string[]> =>
  Promise.all(keys.map(async (bytes) => toBase64url((await importSealingKey(bytes)).keyId)))

/** Reads every entry: that all of it is there, and that the keys which open it are there too. */
const summaryOf = async (copy: NetworkCopy): Promise<BackupSummary> => {
  const { network: networkId, networkName, nickname, madeAt, rooms, blobs } = copy
  const held = new Set([...(await keyIdsOf(copy.keys)), ...(await keyIdsOf(copy.contentKeys))])
  let [entries, readable] = [0, 0]
  for (const { room, updates } of rooms) {
    if (room === rosterRoom) continue
    for (const update of updates) {
      const runs = parseUpdate(update)
      for (const bytes of runs.ok ? runs.value.flatMap((run) => run.entries) : []) {
        const entry = parseEntry(bytes)
        if (!entry.ok || !entry.value.sealed) continue
        entries++
        if (held.has(toBase64url(entry.value.sealed.keyId))) readable++
      }
    }
  }
  return { networkId, networkName, nickname, madeAt, entries, readable, media: blobs.length }
}

const make = async (passphrase: string, networks: RestoringNetworks): Promise<CommandResult> => {
  const local = networks.local()
  if (!local) return fail({ code: 'noNetwork' })
  const copy = await copyOf(local, local.row.relay || networks.appOrigin)
  const file = await sealBackup(passphrase, encodeCopy(copy))
  return ok({ file, backup: await summaryOf(copy) })
}

export const runBackupCommand = async (
  command: BackupCommand,
  networks: RestoringNetworks,
): Promise<CommandResult> => {
  if (command.type === 'backup.make') return make(command.passphrase, networks)
  if (command.type === 'backup.begin-anew') return beginAnew(command, networks)
  const copy = await openCopy(command.file, command.passphrase)
  if (!copy.ok) return copy
  const backup = await summaryOf(copy.value)
  if (command.type === 'backup.check') return ok({ backup })
  const restored = await restore(copy.value, networks)
  return restored.ok ? ok({ ...restored.value, backup }) : restored
}
