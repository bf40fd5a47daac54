/** Sealed pictures and voice notes: takes them in parts from members, gives them to members [R31], within quotas [R32]. */

import type { Rosters } from './network-roster.ts'
import {
  type BlobPiece,
  type BlobProgress,
  type BlobRefusal,
  type BlobRequest,
  blobIdOf,
  encodePiece,
  encodeProgress,
  parseBlobRequest,
} from './protocol/blob-request.ts'
import { type Bytes, concatBytes, copyBytes, sha256 } from './protocol/bytes.ts'
import { limits } from './protocol/limits.ts'
import { fail, ok, type Result } from './protocol/result.ts'
import { checkToken, parseToken, type Token } from './protocol/token.ts'
import { StoreFailure } from './run-intake.ts'
import type { BlobFailure, Upload } from './storage/blob-store.ts'
import type { Store } from './storage/store.ts'

export interface BlobRefusedHere {
  readonly reason: BlobRefusal
  /** with `offset`: bytes that are durable */
  readonly bytes: number
}

export interface BlobDesk {
  /** The answer to the body of one `POST /v1/blob`. */
  answer(body: Uint8Array, origins: readonly string[]): Promise<Result<Bytes, BlobRefusedHere>>
}

export interface BlobDeskParts {
  readonly store: Store
  readonly rosters: Rosters
  readonly now: () => number
  /** [R32] */
  readonly networkBlobBytes: number
  readonly deviceBlobBytes: number
  readonly onStoreFailure: (failure: StoreFailure) => void
  /** for counting: a blob became whole */
  readonly onBlobKept: (bytes: number) => void
}

type Put = BlobRequest & { type: 'put' }
type Get = BlobRequest & { type: 'get' }
type Outcome<Value> = Result<Value, BlobRefusedHere>

const refused = (reason: BlobRefusal, bytes = 0) => fail({ reason, bytes })

/** Only who is in the network, as for its rooms; a token for another relay or another time is none. */
const admit = async (
  { rosters, now }: BlobDeskParts,
  tokenBytes: Bytes,
  origins: readonly string[],
): Promise<Outcome<Token>> => {
  const token = parseToken(tokenBytes)
  if (!token.ok) return refused('token')
  const { network, device } = token.value
  const held = await rosters.get(network)
  if (held.entries.length === 0) return refused('unknownNetwork')
  const key = held.roster.devices.has(device) ? await held.keyOf(device) : null
  if (!key) return refused('notMember')
  const verdict = await checkToken(token.value, key, origins, now())
  if (verdict !== 'ok') return refused(verdict === 'clock' ? 'clock' : 'token')
  return ok(token.value)
}

export const createBlobDesk = (parts: BlobDeskParts): BlobDesk => {
  const { store, now } = parts
  const { blobs } = store

  /** Thrown on, so that it is counted and logged like every failure of the store; `offset` is an answer. */
  const failed = (failure: BlobFailure): Outcome<never> => {
    if (failure.code === 'offset') return refused('offset', failure.bytes)
    throw new StoreFailure(failure)
  }

  const hasRoom = async ({ network, device }: Upload, more: number): Promise<boolean> =>
    (await blobs.bytes(network)) + more <= parts.networkBlobBytes &&
    (await blobs.bytes(network, device)) + more <= parts.deviceBlobBytes

  /** All bytes are here: kept if they are what the id says, else thrown away. */
  const finish = async (upload: Upload, blob: Bytes): Promise<Outcome<BlobProgress>> => {
    if (blobIdOf(await sha256(blob)) !== upload.id) {
      await blobs.discard(upload)
      return refused('wrongHash')
    }
    const kept = await blobs.keep(upload, blob, now())
    if (!kept.ok) return failed(kept.error)
    parts.onBlobKept(blob.length)
    return ok({ isWhole: true, bytes: blob.length })
  }

  const put = async ({ network, device }: Token, request: Put): Promise<Outcome<BlobProgress>> => {
    const upload = { network, device, id: blobIdOf(request.id) }
    const whole = await blobs.find(network, upload.id)
    if (whole !== null) return ok({ isWhole: true, bytes: whole })
    const held = await blobs.begun(upload)
    if (request.offset > held.length) return refused('offset', held.length)
    // what was brought before, its answer lost, is passed over
    const fresh = copyBytes(request.part.subarray(held.length - request.offset))
    if (!(await hasRoom(upload, fresh.length))) return refused('quota', held.length)
    if (held.length + fresh.length >= request.length) return finish(upload, concatBytes(held, fresh))
    if (fresh.length === 0) return ok({ isWhole: false, bytes: held.length })
    // whoever brings single bytes has each read again with the next
    if (fresh.length * limits.blobParts < request.length) return refused('malformed', held.length)
    const added = await blobs.addPart(upload, held.length, fresh, now())
    return added.ok ? ok({ isWhole: false, bytes: added.value }) : failed(added.error)
  }

  const ask = async ({ network, device }: Token, ids: readonly Bytes[]): Promise<BlobProgress[]> => {
    const all: BlobProgress[] = []
    for (const id of ids.map(blobIdOf)) {
      const whole = await blobs.find(network, id)
      const bytes = whole ?? (await blobs.begunBytes({ network, device, id }))
      all.push({ isWhole: whole !== null, bytes })
    }
    return all
  }

  const get = async ({ network }: Token, { id, offset, maxBytes }: Get): Promise<Outcome<BlobPiece>> => {
    const blob = await blobs.read(network, blobIdOf(id))
    if (!blob) return refused('notFound')
    const end = maxBytes === 0 ? blob.length : offset + maxBytes
    return ok({ length: blob.length, bytes: copyBytes(blob.subarray(Math.min(offset, blob.length), end)) })
  }

  const answer = async (token: Token, request: BlobRequest): Promise<Outcome<Bytes>> => {
    if (request.type === 'ask') return ok(encodeProgress(await ask(token, request.ids)))
    if (request.type === 'get') {
      const piece = await get(token, request)
      return piece.ok ? ok(encodePiece(piece.value)) : piece
    }
    const progress = await put(token, request)
    return progress.ok ? ok(encodeProgress([progress.value])) : progress
  }

  return {
    async answer(body, origins) {
      const request = parseBlobRequest(body)
      if (!request.ok) return refused('malformed')
      const token = await admit(parts, request.value.token, origins)
      if (!token.ok) return token
      try {
        return await answer(token.value, request.value)
      } catch (cause) {
        if (!(cause instanceof StoreFailure)) throw cause
        parts.onStoreFailure(cause)
        return refused('diskFull')
      }
    },
  }
}
