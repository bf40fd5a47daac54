/** What a relay keeps of sealed pictures and voice notes: whole ones, and uploads that are under way, by device [R31]. */

import type { BlobId } from '../protocol/blob-request.ts'
import type { Bytes } from '../protocol/bytes.ts'
import type { DeviceId, NetworkId } from '../protocol/ids.ts'
import type { Result } from '../protocol/result.ts'

export type BlobFailure =
  /** not where the upload stands; nothing is kept of it */
  | { readonly code: 'offset'; readonly bytes: number }
  /** no room on the disk */
  | { readonly code: 'full' }
  /** the disk, the file or the servers failed; nothing is acknowledged */
  | { readonly code: 'unavailable'; readonly detail: string }

/** Whose upload of what. */
export interface Upload {
  readonly network: NetworkId
  readonly id: BlobId
  readonly device: DeviceId
}

/** What is durable when a promise resolves stays; nobody here looks into the bytes or at their hash. */
export interface BlobStore {
  /** Bytes of a whole blob, or null. */
  find(network: NetworkId, id: BlobId): Promise<number | null>

  /** A whole blob, or null. */
  read(network: NetworkId, id: BlobId): Promise<Bytes | null>

  /** What an upload brought so far; empty when it has not begun, or is over. */
  begun(upload: Upload): Promise<Bytes>

  /** How much that is, without reading it. */
  begunBytes(upload: Upload): Promise<number>

  /** Adds to the end of an upload and gives its length. */
  addPart(upload: Upload, offset: number, part: Bytes, nowMs: number): Promise<Result<number, BlobFailure>>

  /** Keeps a whole blob and forgets this upload of it. Once more is a success without effect. */
  keep(upload: Upload, blob: Bytes, nowMs: number): Promise<Result<null, BlobFailure>>

  /** Forgets an upload. */
  discard(upload: Upload): Promise<void>

  /**
   * Bytes kept for a network or one of its devices, uploads under way among them [R32]. Each blob and upload counts for
   * `limits.blobCountedBytes` at least.
   */
  bytes(network: NetworkId, device?: DeviceId): Promise<number>

  /** Forgets whole blobs, and uploads that never ended, that came before. Months are the finest that a store may tell apart. */
  dropBefore(wholeMs: number, begunMs: number): Promise<void>
}
