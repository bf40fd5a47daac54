/** Takes the copy of a network that a backup keeps, or that a restored phone brings along when it is let in. */

import { type DeviceId, type RoomName, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import { buildUpdate, type Run } from '../../../sync-server/protocol/update.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { Replica } from '../replica.ts'
import type { CopiedBlob, NetworkCopy, UnsentOperations } from './network-copy.ts'

export interface CopySource {
  database: NetworkDatabase
  replica: Replica
  network: NetworkCopy['network']
  /** the person */
  member: DeviceId
  /** origin */
  relay: string
  networkName: string
  nickname: string
}

/** Well below what the gate takes in one update [R2]. */
const pieceBytes = 256 * 1024
/** Pictures and voice notes that a relay has too: so many that the file can still be sent, the ones seen last first. */
const mediaBytes = 24 * 1024 * 1024

const piecesOf = (run: Run): Run[] => {
  const pieces: Run[] = []
  let from = 0
  let size = 0
  run.entries.forEach((entry, i) => {
    size += entry.length
    if (size < pieceBytes && i < run.entries.length - 1) return
    const fromIndex = run.fromIndex + from
    const list = fromIndex === 0 ? run.list : null
    pieces.push({ client: run.client, list, fromIndex, entries: run.entries.slice(from, i + 1) })
    from = i + 1
    size = 0
  })
  return pieces
}

const roomsOf = async (database: NetworkDatabase, replica: Replica): Promise<NetworkCopy['rooms']> => {
  const lists = (await database.lists.toArray()).filter(({ length }) => length > 0)
  const names = new Set<RoomName>([rosterRoom, ...lists.map(({ room }) => room)])
  const rooms: NetworkCopy['rooms'] = []
  for (const room of names) {
    const updates: NetworkCopy['rooms'][number]['updates'] = []
    for (const { list } of lists.filter((row) => row.room === room)) {
      const run = await replica.runFrom(room, list, 0)
      if (run) updates.push(...piecesOf(run).map((piece) => buildUpdate([piece])))
    }
    if (updates.length > 0) rooms.push({ room, updates })
  }
  return rooms
}

const unsentOf = async (database: NetworkDatabase): Promise<UnsentOperations[]> => {
  const rows = await database.outbox.filter(({ delivered }) => delivered === 0).toArray()
  return rows.flatMap(({ room, list, index, again }) =>
    again ? [{ room, list, index, plaintext: again.plaintext }] : [],
  )
}

const blobsOf = async (database: NetworkDatabase): Promise<CopiedBlob[]> => {
  const unsent = await database.blobs.where('state').equals('unsent').toArray()
  const known = await database.blobs.where('state').anyOf('sent', 'fetched').reverse().sortBy('usedAt')
  const blobs: CopiedBlob[] = unsent.map(({ id, kind, bytes }) => ({ id, kind, bytes, isUnsent: true }))
  let left = mediaBytes
  for (const { id, kind, bytes } of known) {
    left -= bytes.length
    if (left < 0) break
    blobs.push({ id, kind, bytes, isUnsent: false })
  }
  return blobs
}

export const takeCopy = async (source: CopySource, nowMs: number): Promise<NetworkCopy> => {
  const { database, replica, network, member, relay, networkName, nickname } = source
  const language = (await database.meta.get('language'))?.value
  return {
    ...{ network, member, relay, networkName, nickname, madeAt: nowMs },
    language: typeof language === 'string' ? language : 'ar',
    keys: (await database.keys.toArray()).map(({ bytes }) => bytes),
    contentKeys: (await database.contentKeys.toArray()).map(({ bytes }) => bytes),
    rooms: await roomsOf(database, replica),
    unsent: await unsentOf(database),
    blobs: await blobsOf(database),
  }
}
