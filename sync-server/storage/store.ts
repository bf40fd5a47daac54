/** What a relay keeps, and how it asks for it: lists of entries in rooms of networks, as bytes it cannot read. */

import type { Bytes } from '../protocol/bytes.ts'
import type { DeviceId, ListName, NetworkId, RoomName } from '../protocol/ids.ts'
import type { Result } from '../protocol/result.ts'
import type { BlobStore } from './blob-store.ts'

/** An entry and the hash of what its author signed: the same head at the same index is the same entry [R13]. */
export interface HeadedEntry {
  readonly entry: Bytes
  /** 32 bytes, SHA-256 of the signed bytes */
  readonly head: Bytes
}

/** An entry with its place in its list and in the log of its room. */
export interface LoggedEntry {
  readonly seq: number
  readonly list: ListName
  readonly index: number
  readonly entry: Bytes
  readonly head: Bytes
}

export interface ListLength {
  readonly list: ListName
  /** entries held; their indexes are 0 to length - 1 */
  readonly length: number
  /** head of the last of them */
  readonly head: Bytes
}

export interface RoomEnd {
  readonly room: RoomName
  /** of the last entry in its log */
  readonly seq: number
}

export interface NetworkRoom {
  readonly network: NetworkId
  readonly room: RoomName
}

export interface Appended {
  /** of the last entry in the room's log after this append */
  readonly seq: number
  /** of the list after this append */
  readonly length: number
  /** entries that were not held before */
  readonly added: number
}

export type AppendFailure =
  /** another entry is held at `index`: the author wrote two histories [R6] */
  | { readonly code: 'conflict'; readonly index: number; readonly length: number }
  /** entries between `length` and the first one given are missing [R3] */
  | { readonly code: 'gap'; readonly length: number }
  /** another list of this room has the same Yjs client id */
  | { readonly code: 'clientTaken' }
  /** no room on the disk; nothing of this append is kept */
  | { readonly code: 'full' }
  /** the disk, the file or the servers failed; nothing of this append is acknowledged */
  | { readonly code: 'unavailable'; readonly detail: string }

/** What one append put behind the end of a room's log. */
export interface Growth {
  /** the end before: nothing stands between it and the first row */
  readonly afterSeq: number
  /** at least one, in the order of the log; the last one is its end now */
  readonly rows: readonly LoggedEntry[]
}

/**
 * Called after an append is durable or a room was dropped; `seq` is the end of the room's log. A store that has the
 * rows of an append at hand gives them along, in the order of the log; without them listeners read.
 */
export type RoomListener = (network: NetworkId, room: RoomName, seq: number, growth?: Growth) => void

/** Every implementation passes `tests/contracts/store.ts`. */
export interface Store {
  /** 16 random bytes, base64url, made with the store: a new disk is another relay, a restored copy is the same [R16]. */
  readonly relayId: string

  /** Sealed pictures and voice notes [R31]. */
  readonly blobs: BlobStore

  /**
   * Adds entries to the end of a list, all of them or none, and resolves when they are durable [R11]. Entries that
   * are held already are skipped [R13].
   */
  append(
    network: NetworkId,
    room: RoomName,
    list: ListName,
    fromIndex: number,
    entries: readonly HeadedEntry[],
  ): Promise<Result<Appended, AppendFailure>>

  /** Entries of a room's log after a cursor, in its order, at most `maxBytes` of them but at least one if any. */
  readSince(
    network: NetworkId,
    room: RoomName,
    cursor: number,
    maxBytes: number,
  ): Promise<{ entries: LoggedEntry[]; more: boolean }>

  /** Entries of one list from an index, at most `maxBytes` of them but at least one if any. */
  readList(
    network: NetworkId,
    room: RoomName,
    list: ListName,
    fromIndex: number,
    maxBytes: number,
  ): Promise<{ entries: HeadedEntry[]; more: boolean }>

  /** The end of a room's log and every list of it, in no order, as they were at one moment. */
  lengths(network: NetworkId, room: RoomName): Promise<{ seq: number; lists: ListLength[] }>

  /** Every room that holds an entry; none: the network is not known here. */
  rooms(network: NetworkId): Promise<RoomEnd[]>

  /** Month rooms of all networks that hold an entry and are older than this month, `YYYY-MM` [R33]. */
  monthsBefore(month: string): Promise<NetworkRoom[]>

  /** Bytes of entries kept for a network, or for one of its devices [R32]. */
  bytes(network: NetworkId, device?: DeviceId): Promise<number>

  /** Forgets all entries of a room [R33]; the `seq` of later ones goes on growing. */
  drop(network: NetworkId, room: RoomName): Promise<void>

  /** Gives back the function that ends the subscription. */
  subscribe(listener: RoomListener): () => void

  /** Finishes the appends under way, then lets go of the disk. */
  close(): Promise<void>
}
