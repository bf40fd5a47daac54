/**
 * Puts a copy into the database of a place: beside what is there, never in its stead. Entries go into the inbox, and from
 * there through the gate.
 */

import { type BlobId, blobIdOf } from '../../../sync-server/protocol/blob-request.ts'
import { sha256 } from '../../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../../sync-server/protocol/entry.ts'
import { decodeOperations } from '../../records/operation-codec.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { BlobRow, InboxRow, OutboxRow } from '../../storage/schema.ts'
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

/**
 * What the old phone had not sent, for the outbox of a place that sends nothing: said to be unsent, and said again once
 * this phone is in, where others do not have it by then (people/retelling.ts).
 */
const outboxRows = ({ unsent, madeAt }: NetworkCopy): OutboxRow[] =>
  unsent.map(({ room, list, index, plaintext }) => {
    const operations = decodeOperations(plaintext)
    const ids = operations.ok ? operations.value.map(({ id }) => String(id)) : []
    const again = { kind: entryKind.record, audience: '', plaintext }
    const nothing = new Uint8Array()
    const place = { room, list, index, entry: nothing, head: nothing, savedAt: madeAt }
    return { ...place, recordIds: [...new Set(ids)], logged: 1, delivered: 0, again }
  })

/** Only where nothing is ever sent: `entry` is empty. */
export const pourUnsent = async (copy: NetworkCopy, database: NetworkDatabase): Promise<void> => {
  await database.outbox.bulkAdd(outboxRows(copy))
}

/** In one transaction: all of the copy is here, or nothing. */
export const pourCopy = async (copy: NetworkCopy, database: NetworkDatabase): Promise<void> => {
  const blobs = await newBlobs(database, copy)
  await database.transaction('rw', database.inbox, database.blobs, async () => {
    await database.inbox.bulkAdd(inboxRows(copy))
    await database.blobs.bulkPut(blobs)
  })
}
