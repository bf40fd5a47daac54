/** An operation: one change inside an entry. The plaintext of an entry is a list of them (PROTOCOL.md, "Operations"). */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { DeviceId } from '../../sync-server/protocol/ids.ts'

declare const brand: unique symbol
/** 16 bytes as base64url: the first half of SHA-256(creator's 16 device id bytes ‖ nonce). */
export type RecordId = string & { readonly [brand]: 'RecordId' }

/** Counts have 16 bits; at the end of them the clock alone decides. */
export const maxCount = 65_535

/** `count` = 1 + the greatest that the writing phone held for the record (0 at create), at most 65,535; `wallMs` = its clock. */
export type At = [count: number, wallMs: number]

export interface Operation {
  at: At
  op: 'create' | 'set' | 'erase'
  /** name of a record type; unknown ones are kept and carried on */
  type: string
  id: RecordId
  /** 16 bytes, only with create: proves who may create this id */
  nonce?: Bytes
  /** only what changes; a value replaces the field; null empties it */
  fields?: Record<string, unknown>
}

/** Total order of the operations on one record: who saw an edit and edits after it wins; the clock decides only between concurrent ones. */
export interface Stamp {
  count: number
  wallMs: number
  author: DeviceId
}
