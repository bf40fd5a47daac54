/** The body of `POST /v1/blob` and its answers: sealed pictures and voice notes, brought and fetched in parts [R31]. */

import { type Bytes, toBase64url } from './bytes.ts'
import { limits } from './limits.ts'
import { malformed, type Reader, read } from './reader.ts'
import type { Result } from './result.ts'
import { Writer } from './writer.ts'

declare const brand: unique symbol
/** SHA-256 of the sealed bytes, base64url, 43 characters. */
export type BlobId = string & { readonly [brand]: 'BlobId' }

export const blobIdBytes = 32

export type BlobRequest =
  /** how far are these? */
  | { type: 'ask'; token: Bytes; ids: readonly Bytes[] }
  /** bytes of one of `length` bytes, from `offset` on; without bytes it asks for what is missing to be judged whole */
  | { type: 'put'; token: Bytes; id: Bytes; length: number; offset: number; part: Bytes }
  /** at most `maxBytes` of one, from `offset` on; 0 = all */
  | { type: 'get'; token: Bytes; id: Bytes; offset: number; maxBytes: number }

/** What the relay has of a blob: all of it, or so many bytes of what this very device brought. */
export interface BlobProgress {
  readonly isWhole: boolean
  readonly bytes: number
}

/** Their place is their byte on the wire. */
export const blobRefusals = [
  'malformed',
  'token',
  'clock',
  'notMember',
  'unknownNetwork',
  'notFound',
  /** bytes before `offset` are missing: the answer's progress says from where */
  'offset',
  /** all that was brought is not what the id says: it is thrown away */
  'wrongHash',
  'quota',
  'diskFull',
  'tooFast',
  'tooLarge',
] as const
export type BlobRefusal = (typeof blobRefusals)[number]

const version = 1
const maxTokenBytes = 200
const kinds = ['ask', 'put', 'get'] as const

export const blobIdOf = (bytes: Uint8Array): BlobId => toBase64url(bytes) as BlobId

export const encodeBlobRequest = (request: BlobRequest): Bytes => {
  const writer = new Writer().byte(version).byte(kinds.indexOf(request.type)).varBytes(request.token)
  if (request.type === 'ask') {
    writer.varUint(request.ids.length)
    for (const id of request.ids) writer.raw(id)
  } else if (request.type === 'put')
    writer.raw(request.id).varUint(request.length).varUint(request.offset).varBytes(request.part)
  else writer.raw(request.id).varUint(request.offset).varUint(request.maxBytes)
  return writer.bytes()
}

const readPut = (reader: Reader, token: Bytes): BlobRequest => {
  const id = reader.take(blobIdBytes)
  const length = reader.varUint(limits.blobBytes)
  const offset = reader.varUint(length)
  const part = reader.varBytes(limits.blobBytes)
  if (length === 0 || offset + part.length > length) malformed('more than the whole')
  return { type: 'put', token, id, length, offset, part }
}

export const parseBlobRequest = (bytes: Uint8Array): Result<BlobRequest, 'malformed'> =>
  read(bytes, (reader): BlobRequest => {
    if (reader.byte() !== version) malformed('unknown version')
    const kind = kinds[reader.byte()]
    const token = reader.varBytes(maxTokenBytes)
    if (kind === 'put') return readPut(reader, token)
    if (kind === 'ask') {
      const count = reader.count(blobIdBytes, limits.blobsAsked)
      return { type: 'ask', token, ids: Array.from({ length: count }, () => reader.take(blobIdBytes)) }
    }
    if (kind !== 'get') return malformed('unknown kind')
    const id = reader.take(blobIdBytes)
    return { type: 'get', token, id, offset: reader.varUint(), maxBytes: reader.varUint() }
  })

/** Of each blob: 1 for whole, else 0 · varUint bytes. */
export const encodeProgress = (all: readonly BlobProgress[]): Bytes => {
  const writer = new Writer()
  for (const { isWhole, bytes } of all) writer.byte(isWhole ? 1 : 0).varUint(bytes)
  return writer.bytes()
}

const readProgress = (reader: Reader): BlobProgress => {
  const whole = reader.byte()
  if (whole > 1) malformed('neither whole nor begun')
  return { isWhole: whole === 1, bytes: reader.varUint(limits.blobBytes) }
}

/** Of the `count` blobs that were asked about, in their order. */
export const parseProgress = (bytes: Uint8Array, count: number): Result<BlobProgress[], 'malformed'> =>
  read(bytes, (reader) => Array.from({ length: count }, () => readProgress(reader)))

/** A piece of a blob: how long all of it is, and what stands from the offset on. */
export interface BlobPiece {
  readonly length: number
  readonly bytes: Bytes
}

export const encodePiece = ({ length, bytes }: BlobPiece): Bytes =>
  new Writer().varUint(length).raw(bytes).bytes()

/** Also of an answer that was cut: what came is good. */
export const parsePiece = (answer: Uint8Array): Result<BlobPiece, 'malformed'> =>
  read(answer, (reader) => {
    const length = reader.varUint(limits.blobBytes)
    if (reader.left > length) malformed('more than the whole')
    return { length, bytes: reader.take(reader.left) }
  })

export interface BlobRefused {
  readonly reason: BlobRefusal
  /** the relay's clock, ms since 1970 */
  readonly timeMs: number
  /** with `offset`: what is there */
  readonly bytes: number
}

/** reason (1 byte) · varUint relay's time (ms) · varUint bytes. */
export const encodeBlobRefused = ({ reason, timeMs, bytes }: BlobRefused): Bytes =>
  new Writer().byte(blobRefusals.indexOf(reason)).varUint(timeMs).varUint(bytes).bytes()

export const parseBlobRefused = (answer: Uint8Array): Result<BlobRefused, 'malformed'> =>
  read(answer, (reader) => {
    const reason = blobRefusals[reader.byte()] ?? malformed('unknown reason')
    return { reason, timeMs: reader.varUint(), bytes: reader.varUint(limits.blobBytes) }
  })
