/** What one type of record says about itself; `README.md` here tells how to add one. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId } from '../../sync-server/protocol/ids.ts'
import type { OperationRow } from '../storage/schema.ts'
import type { At, Operation, RecordId, Stamp } from './operation.ts'

/** Which chain of keys seals it (security.md, "Roles"). */
export type Audience = 'all' | 'members' | 'coordinators'

/** The roster as rules need it: who a device is at this phone's present knowledge. */
export interface Membership {
  /** the last one of who is not in any more; null for one that was never in */
  roleOf(device: DeviceId): 'coordinator' | 'member' | 'follower' | null
  /** the person whose phone this is, by the id of his first one; the device itself where the roster does not know it */
  memberOf(device: DeviceId): DeviceId
  /** false for what was written behind a fork, or by who was not in any more: it stays in the log and changes no row */
  doesCount(row: Pick<OperationRow, 'author' | 'room' | 'list' | 'index' | 'keyId'>): boolean
}

/** One field as merged: the winner, and what a concurrent edit by somebody else said. */
export interface FieldState {
  value: unknown
  stamp: Stamp
  other?: { value: unknown; stamp: Stamp }
}

/** A record reduced from all its operations in stamp order; the same set gives the same state in any order. */
export interface RecordState {
  id: RecordId
  type: string
  /** the person whose phone created it */
  creator: DeviceId
  /** the creating phone's clock */
  createdAt: number
  updatedAt: number
  /** greatest count seen; the next edit takes one more */
  count: number
  erased: boolean
  fields: Readonly<Record<string, FieldState | undefined>>
}

/** What every row has; a row is a plain copy made for screens. */
export interface Row {
  id: RecordId
  /** the person, by the id of his first phone */
  creator: DeviceId
  createdAt: number
  updatedAt: number
  /** fields that two people wrote at once: what is kept, and the other */
  conflicts: { field: string; kept: unknown; keptBy: DeviceId; other: unknown; otherBy: DeviceId }[]
}

export interface RecordType<R extends Row = Row> {
  name: string
  /** Dexie table of its rows, as `row-format.ts` says */
  table: string
  audience: Audience
  room: 'board' | 'month'
  /** pure: may this author make this change, given the state from smaller stamps (undefined before create)? */
  mayWrite(
    author: DeviceId,
    before: RecordState | undefined,
    operation: Operation,
    members: Membership,
  ): boolean
  /** total: whatever the fields hold, a row comes out, or null when a required field is unusable */
  toRow(state: RecordState): R | null
}

/** Operations that one command writes, sealed as one entry for each audience (or key) and room. */
export interface Draft {
  type: RecordType
  operation: Operation
  /** base64url id of the content key that it is sealed under, in place of the chain of the type's audience */
  contentKey?: string
}

/** Keys for one record each, beside the chains: held here, and wrapped for the phones of those who may read it. */
export interface ContentKeyring {
  /** makes a key and keeps it on this phone; gives its base64url id */
  create(): Promise<string>
  holds(keyId: string): boolean
  /**
   * Wraps (protocol/wraps.ts) for all phones of these persons that none of `earlier` is for; null where there is no
   * such phone, or the key is not here.
   */
  wrapFor(keyId: string, persons: readonly DeviceId[], earlier?: readonly Bytes[]): Promise<Bytes | null>
  /** whether any of these wraps is for a phone that none of these persons has in the network now */
  isForOthers(wraps: readonly Bytes[], persons: readonly DeviceId[]): Promise<boolean>
  /** persons who coordinate now */
  coordinators(): DeviceId[]
}

/** What a command handler knows. Reading is from Dexie; it never writes. */
export interface CommandContext {
  device: DeviceId
  /** the person whose phone this is */
  member: DeviceId
  members: Membership
  content: ContentKeyring
  /** the corrected clock, ms */
  now: number
  /** state of a record here, or undefined */
  state(id: string): Promise<RecordState | undefined>
  /** rows of a table where an index equals a value */
  rowsWhere<R extends Row>(table: string, index: string, value: string): Promise<R[]>
  /** a new creator-bound id and its nonce */
  newId(): Promise<{ id: RecordId; nonce: Operation['nonce'] & {} }>
}

export const stampAt = (at: At, author: DeviceId): Stamp => ({ count: at[0], wallMs: at[1], author })
