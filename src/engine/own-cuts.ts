/** Own entries that a fork has made void: what they say is written again, under the same ids and stamps. */

import { entryKind } from '../../sync-server/protocol/entry.ts'
import { type DeviceId, type ListName, parseListName, type RoomName } from '../../sync-server/protocol/ids.ts'
import type { Roster } from '../../sync-server/protocol/roster.ts'
import type { RecordId } from '../records/operation.ts'
import { encodeOperations } from '../records/operation-codec.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { OperationRow } from '../storage/schema.ts'
import type { OpeningKeys } from './opening.ts'
import type { EntryDraft } from './writer.ts'

export interface OwnCut {
  room: RoomName
  list: ListName
  index: number
}

const doneKey = ({ room, list, index }: OwnCut): string => `cut ${room} ${list} ${index}`

/** Those of this device's lists that it has not written again yet. */
export const openCuts = async (
  database: NetworkDatabase,
  { cuts }: Roster,
  me: DeviceId,
): Promise<OwnCut[]> => {
  const open: OwnCut[] = []
  for (const [place, index] of cuts) {
    const [room, list] = place.split(' ') as [RoomName, ListName]
    const cut = { room, list, index }
    if (parseListName(list)?.device === me && !(await database.meta.get(doneKey(cut)))) open.push(cut)
  }
  return open
}

export const closeCut = async (database: NetworkDatabase, cut: OwnCut): Promise<void> => {
  await database.meta.put({ key: doneKey(cut), value: true })
}

/** What was opened behind the cut. */
export const operationsBehind = (
  database: NetworkDatabase,
  { room, list, index }: OwnCut,
): Promise<OperationRow[]> =>
  database.operations
    .where('[room+list+index+position]')
    .between([room, list, index, 0], [room, list, Number.POSITIVE_INFINITY, 0])
    .toArray()

/** The same operations for the next own list of their room, entry by entry; what no key here seals is not among them. */
export const draftsAgain = (
  rows: readonly OperationRow[],
  room: RoomName,
  { keyring, content }: OpeningKeys,
  roster: Roster,
): EntryDraft[] => {
  const byEntry = new Map<number, OperationRow[]>()
  for (const row of rows) byEntry.set(row.index, [...(byEntry.get(row.index) ?? []), row])
  return [...byEntry.values()].flatMap((group): EntryDraft[] => {
    const [first] = group
    const chain = first && keyring.byId(first.keyId)
    const key = chain ? keyring.current(chain.audience, roster) : first && content.byId(first.keyId)
    if (!key) return []
    const operations = group.map(({ at, op, type, recordId, nonce, fields }) => ({
      at,
      op,
      type,
      id: recordId as RecordId,
      ...(nonce ? { nonce: new Uint8Array(nonce) } : {}),
      ...(fields ? { fields } : {}),
    }))
    return [
      {
        room,
        kind: entryKind.record,
        publicPart: new Uint8Array(),
        secret: { key, plaintext: encodeOperations(operations) },
        recordIds: [...new Set(operations.map(({ id }) => id))],
      },
    ]
  })
}
