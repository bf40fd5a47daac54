/** Opens entries of record rooms into operations; what no key here opens waits and never stops the rest. */

import { toBase64url } from '../../sync-server/protocol/bytes.ts'
import { contextOf, entryKind } from '../../sync-server/protocol/entry.ts'
import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import { open } from '../crypto/seal.ts'
import { contactType } from '../records/contact/contact.ts'
import { reportName } from '../records/grant/grant.ts'
import { isCreatorBound } from '../records/merge.ts'
import { needType } from '../records/need/need.ts'
import { decodeOperations } from '../records/operation-codec.ts'
import type { OperationRow, WaitingRow } from '../storage/schema.ts'
import { type ContentKeys, contentKeyIdOf } from './content-keys.ts'
import type { Keyring } from './keyring.ts'
import type { TakenEntry } from './taken-entry.ts'

export interface Opened {
  operations: OperationRow[]
  waiting: WaitingRow[]
}

/** Where keys are: those of the chains, and those of single records. */
export interface OpeningKeys {
  keyring: Keyring
  content: ContentKeys
}

type Outcome = OperationRow[] | WaitingRow

const waitingRow = ({ room, list, index, bytes, previous }: TakenEntry, keyId: string): WaitingRow => ({
  room,
  list,
  index,
  entry: bytes,
  keyId,
  previous,
})

/**
 * What stands on some phones only must say so, and a report that all could read would be none. What changes a need is
 * held against its creation when they are merged (records/merge.ts).
 */
const isInPlace = ({ type, op, fields }: OperationRow, isApart: boolean): boolean => {
  if (type === contactType.name) return true
  if (type === needType.name) return op !== 'create' || isApart === (fields?.confidential === true)
  return isApart === (type === reportName)
}

const openOne = async (network: NetworkId, keys: OpeningKeys, taken: TakenEntry): Promise<Outcome> => {
  const { room, list, index, key, entry, previous } = taken
  if (entry.kind !== entryKind.record || !entry.sealed) return []
  const keyId = toBase64url(entry.sealed.keyId)
  const held = keys.keyring.byId(keyId) ?? keys.content.byId(keyId)
  if (!held) return waitingRow(taken, keyId)
  const context = contextOf({ network, room, list: key, index, previous })
  const plaintext = await open(held, context, entry.kind, entry.publicPart, entry.sealed)
  const operations = plaintext && decodeOperations(plaintext)
  // sealed under a key that is here, and yet not readable: its author wrote nonsense
  if (!operations?.ok) return []
  const rows = operations.value.map(({ id, ...operation }, position): OperationRow => {
    return {
      ...operation,
      recordId: id,
      room,
      list,
      index,
      position,
      author: key.device,
      keyId,
      audience: held.audience,
    }
  })
  const bound = await Promise.all(rows.map((row) => row.op !== 'create' || isCreatorBound(row)))
  const isApart = contentKeyIdOf(held.audience) !== null
  return rows.filter((row, i) => bound[i] && isInPlace(row, isApart))
}

export const openEntries = async (
  network: NetworkId,
  keys: OpeningKeys,
  taken: readonly TakenEntry[],
): Promise<Opened> => {
  const opened: Opened = { operations: [], waiting: [] }
  for (const outcome of await Promise.all(taken.map((entry) => openOne(network, keys, entry)))) {
    if (Array.isArray(outcome)) opened.operations.push(...outcome)
    else opened.waiting.push(outcome)
  }
  return opened
}
