/** Fuzz targets for what a phone reads of a backup: the head, before anything is computed from it, and what was sealed. */

import { costBounds, parseBackupFile } from '../../src/crypto/seal-backup.ts'
import { decodeCopy, encodeCopy, type NetworkCopy } from '../../src/engine/backup/network-copy.ts'
import { type Bytes, concatBytes, equalBytes, toBase64url, utf8 } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, type DeviceId, listNameOf, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'
import { parseWithin } from './decoder-bounds.ts'
import { type FuzzTarget, promise } from './fuzz.ts'
import { fillBytes } from './mutations.ts'
import type { TestNetwork } from './network.ts'

const fileOf = (memoryKiB: number, passes: number, lanes: number): Bytes => {
  const writer = new Writer().raw(utf8('TDB')).byte(1).varUint(memoryKiB).varUint(passes).varUint(lanes)
  return writer.raw(fillBytes(28, 1)).raw(fillBytes(90, 2)).bytes()
}

/** Whatever is taken costs no phone more than the bounds say, and is all of the file. */
export const backupFileTarget = (): FuzzTarget => ({
  name: 'backup',
  inputs: 100_000,
  corpus: [fileOf(64 * 1024, 3, 1), fileOf(8, 1, 1), fileOf(128 * 1024, 4, 4)],
  judge(bytes) {
    const { result, copied } = parseWithin(bytes, parseBackupFile)
    promise(copied <= bytes.length, 'more is copied than was given')
    if (!result.ok) return false
    const { cost, head, sealed, check } = result.value
    const { memoryKiB, passes, lanes } = cost
    promise(memoryKiB <= costBounds.memoryKiB && passes <= costBounds.passes, 'too costly')
    promise(memoryKiB * passes <= costBounds.memoryPasses, 'too costly in all')
    promise(lanes >= 1 && lanes <= costBounds.lanes && memoryKiB >= 8 * lanes, 'no cost of Argon2')
    promise(equalBytes(concatBytes(head, sealed, check), bytes), 'not all of the file')
    return true
  },
})

export const backupCopyTarget = ({ id, roster }: TestNetwork): FuzzTarget => {
  const member = toBase64url(fillBytes(16, 9)) as DeviceId
  const list = listNameOf({ device: member, generation: 7 })
  const copy: NetworkCopy = {
    ...{ network: id, member, madeAt: 1_790_000_000_000, relay: 'https://relay.example' },
    ...{ networkName: 'شبكة', nickname: 'زينب', language: 'ar' },
    keys: [fillBytes(32, 1), fillBytes(32, 2)],
    contentKeys: [fillBytes(32, 3)],
    rooms: [
      { room: rosterRoom, updates: [roster.update(0, 2)] },
      { room: boardRoom, updates: [fillBytes(40, 5), fillBytes(9, 6)] },
    ],
    unsent: [{ room: boardRoom, list, index: 300, plaintext: fillBytes(20, 7) }],
    blobs: [{ id: toBase64url(fillBytes(32, 8)), kind: 'voice', isUnsent: true, bytes: fillBytes(30, 9) }],
  }
  const empty = { ...copy, keys: [], contentKeys: [], rooms: [], unsent: [], blobs: [] }
  return {
    name: 'what is in a backup',
    inputs: 100_000,
    corpus: [encodeCopy(copy), encodeCopy(empty)],
    judge(bytes) {
      const { result, reads, copied } = parseWithin(bytes, decodeCopy)
      promise(reads + copied <= bytes.length, `${reads} reads and ${copied} bytes copied of ${bytes.length}`)
      if (!result.ok) return false
      promise(equalBytes(encodeCopy(result.value), bytes), 'not canonical')
      return true
    },
  }
}
