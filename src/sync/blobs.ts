/** How a sealed picture or voice note goes to a relay and comes from it: in parts, each of which counts for good [R31]. */

import {
  type BlobId,
  type BlobRefusal,
  blobIdOf,
  encodeBlobRequest,
  parseBlobRefused,
  parsePiece,
  parseProgress,
} from '../../sync-server/protocol/blob-request.ts'
import {
  type Bytes,
  concatBytes,
  copyBytes,
  fromBase64url,
  sha256,
} from '../../sync-server/protocol/bytes.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { fail, ok, type Result } from '../../sync-server/protocol/result.ts'
import type { BlobAnswer } from './post-blob.ts'

/** The relay of one network, as one phone reaches it. */
export interface BlobLine {
  post(body: Bytes): Promise<BlobAnswer | null>
  token(): Promise<Bytes>
  /** bytes that one request brings or asks for: what a cut line can lose */
  partBytes(): number
}

/** `offline`: nobody answered, or a captive portal did. */
export type BlobFailure = 'offline' | BlobRefusal | 'broken'

const idBytesOf = (id: string): Bytes => {
  const bytes = fromBase64url(id)
  if (!bytes) throw new Error('a blob id is checked where it is read')
  return bytes
}

const refusalOf = ({ body }: BlobAnswer): { reason: BlobFailure; bytes: number } => {
  const refused = parseBlobRefused(body)
  return refused.ok ? refused.value : { reason: 'offline', bytes: 0 }
}

/** Parts of one upload that may be answered by «not here» before it is given up until the next time. */
const maxDetours = 3

/**
 * Brings one from where the relay is said to be; resolves when the relay says that it holds all of it. `onSent` hears
 * how much is durable there.
 */
export const bringBlob = async (
  line: BlobLine,
  { id, bytes, sentBytes }: { id: string; bytes: Bytes; sentBytes: number },
  onSent: (sentBytes: number) => Promise<unknown>,
): Promise<Result<null, BlobFailure>> => {
  let offset = Math.min(sentBytes, bytes.length)
  for (let detours = 0; detours < maxDetours; ) {
    const part = copyBytes(bytes.subarray(offset, offset + line.partBytes()))
    const put = { type: 'put', id: idBytesOf(id), length: bytes.length, offset, part } as const
    const answer = await line.post(encodeBlobRequest({ ...put, token: await line.token() }))
    if (!answer) return fail('offline')
    const progress = answer.status === 200 ? parseProgress(answer.body, 1) : null
    const held = progress?.ok ? progress.value[0] : undefined
    if (held?.isWhole) return ok(null)
    if (held && held.bytes > offset) {
      offset = held.bytes
      await onSent(offset)
      continue
    }
    // behind what we believed: it lost its disk, or threw away what was wrong
    const refused = held ? { reason: 'offset' as const, bytes: held.bytes } : refusalOf(answer)
    if (refused.reason !== 'offset' && refused.reason !== 'wrongHash') return fail(refused.reason)
    detours++
    offset = Math.min(refused.bytes, bytes.length)
    await onSent(offset)
  }
  return fail('broken')
}

/** Of at most 200, those that the relay does not hold as a whole; null when nobody answered. */
export const missingBlobs = async (line: BlobLine, ids: readonly string[]): Promise<string[] | null> => {
  const ask = { type: 'ask', ids: ids.map(idBytesOf) } as const
  const answer = await line.post(encodeBlobRequest({ ...ask, token: await line.token() }))
  const progress = answer?.status === 200 ? parseProgress(answer.body, ids.length) : null
  return progress?.ok ? ids.filter((_id, i) => !progress.value[i]?.isWhole) : null
}

/** Fetches one behind what `held` has of it; `onCame` hears of every part. The hash of what is given is right. */
export const fetchBlob = async (
  line: BlobLine,
  id: BlobId,
  held: Bytes,
  onCame: (bytes: Bytes, size: number) => Promise<unknown>,
): Promise<Result<Bytes, BlobFailure>> => {
  let bytes = held
  for (let size = Number.POSITIVE_INFINITY; bytes.length < size; ) {
    const get = { type: 'get', id: idBytesOf(id), offset: bytes.length, maxBytes: line.partBytes() } as const
    const answer = await line.post(encodeBlobRequest({ ...get, token: await line.token() }))
    if (!answer) return fail('offline')
    if (answer.status !== 200) return fail(refusalOf(answer).reason)
    const piece = parsePiece(answer.body)
    if (!piece.ok) return fail('offline')
    size = piece.value.length
    // what we held is not of this blob: it is judged below
    if (bytes.length >= size) break
    if (piece.value.bytes.length === 0) return fail('offline')
    bytes = concatBytes(bytes, piece.value.bytes)
    if (bytes.length > limits.blobBytes) break
    await onCame(bytes, size)
  }
  return blobIdOf(await sha256(bytes)) === id ? ok(bytes) : fail('broken')
}
