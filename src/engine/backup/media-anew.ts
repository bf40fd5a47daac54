/** Pictures and voice notes are sealed for one network: what goes over into another one is sealed anew. */

import { blobIdOf } from '../../../sync-server/protocol/blob-request.ts'
import { copyBytes, sha256 } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkId } from '../../../sync-server/protocol/ids.ts'
import { openBlob, sealBlob } from '../../crypto/seal-blob.ts'
import type { RecordCommand } from '../../records/commands.ts'
import type { NetworkDatabase } from '../../storage/database.ts'

interface Shelf {
  database: NetworkDatabase
  network: NetworkId
}

type AddNeed = RecordCommand & { type: 'need.add' }
type Sealed = { id: string; key: Uint8Array<ArrayBuffer> }

/** Null where it is not on this phone, or does not open. */
const sealAnew = async <S extends Sealed>(from: Shelf, to: Shelf, one: S): Promise<S | null> => {
  const row = await from.database.blobs.get(one.id)
  const content = row && (await openBlob(from.network, copyBytes(one.key), row.bytes))
  if (!row || !content) return null
  const { key, sealed } = await sealBlob(to.network, content)
  const id = blobIdOf(await sha256(sealed))
  const { kind, usedAt } = row
  const state = { state: 'draft', sentBytes: 0, usedAt } as const
  await to.database.blobs.put({ id, kind, bytes: sealed, size: sealed.length, ...state })
  return { ...one, id, key }
}

/** The need with what of its pictures and voice note is here. */
export const withMediaAnew = async (from: Shelf, to: Shelf, need: AddNeed): Promise<AddNeed> => {
  const photos = await Promise.all((need.photos ?? []).map((photo) => sealAnew(from, to, photo)))
  const voice = need.voice ? await sealAnew(from, to, need.voice) : null
  return { ...need, photos: photos.filter((photo) => photo !== null), voice }
}
