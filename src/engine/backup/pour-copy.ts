/**
 * Puts a copy into the database of a place: beside what is there, never in its stead. Entries go into the inbox, and from
 * there through the gate.
 */

import { type BlobId, blobIdOf } from '../../../sync-server/protocol/blob-request.ts'
import { sha256 } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { BlobRow, InboxRow } from '../../storage/schema.ts'
import type { CopiedBlob, NetworkCopy } from './network-copy.ts'

const source = 'backup'

const inboxRows = ({ rooms }: NetworkCopy): InboxRow[] =>
  rooms.flatMap(({ room, updates }) =>
    updates.map((update) => ({ room, update, source, parked: 0 as const })),
  )

/** Those whose hash is right, and that are not here. */
const newBlobs = async (database: NetworkDatabase, { blobs, madeAt }: NetworkCopy): Promise<BlobRow[]> => {
  const rows: BlobRow[] = []
  for (const { id, kind, isUnsent, bytes } of blobs) {
    const isRight = (await blobId(bytes)) === id
    const held = await database.blobs.get(id)
    if (!isRight || (held && held.state !== 'coming')) continue
    const state = isUnsent ? 'unsent' : 'fetched'
    rows.push({ id, kind, bytes, size: bytes.length, state, sentBytes: 0, usedAt: madeAt })
  }
  return rows
}

const blobId = async (bytes: CopiedBlob['bytes']): Promise<BlobId> => blobIdOf(await sha256(bytes))

/** In one transaction: all of the copy is here, or nothing. */
export const pourCopy = async (copy: NetworkCopy, database: NetworkDatabase): Promise<void> => {
  const blobs = await newBlobs(database, copy)
  await database.transaction('rw', database.inbox, database.blobs, async () => {
    await database.inbox.bulkAdd(inboxRows(copy))
    await database.blobs.bulkPut(blobs)
  })
}
