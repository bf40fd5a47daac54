/** An own list as others hold it, where this phone, set back to an earlier day, wrote another: what stands only there. */

import { noHead } from '../../sync-server/protocol/entry.ts'
import { judgeRun } from '../../sync-server/protocol/gate.ts'
import {
  clientOfList,
  type ListName,
  type NetworkId,
  parseListName,
  type RoomName,
} from '../../sync-server/protocol/ids.ts'
import type { SubtleKey } from '../../sync-server/protocol/verify.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { OperationRow } from '../storage/schema.ts'
import { type OpeningKeys, openEntries } from './opening.ts'
import type { TakenEntry } from './taken-entry.ts'

export interface OtherHistory {
  room: RoomName
  list: ListName
  /** of the first entry that differs */
  index: number
  /** theirs, from there on */
  entries: Uint8Array<ArrayBuffer>[]
}

export interface HistoryPlace {
  database: NetworkDatabase
  network: NetworkId
  keys: OpeningKeys
  /** this device's own signing key */
  key: SubtleKey
  /** head hash of what both histories share */
  previous: Uint8Array<ArrayBuffer>
}

/** Their entries that this device signed, opened; none that it has already said elsewhere. */
export const regainedOperations = async (
  { room, list, index, entries }: OtherHistory,
  { database, network, keys, key, previous }: HistoryPlace,
): Promise<OperationRow[]> => {
  const listKey = parseListName(list)
  if (!listKey) return []
  const run = { client: clientOfList(listKey), list: index === 0 ? list : null, fromIndex: index, entries }
  const held = { length: index, head: previous, entryAt: async () => null }
  const { accepted } = await judgeRun({ network, room, list: listKey, held, key, run })
  const taken = accepted.map((judged, i): TakenEntry => {
    const before = i === 0 ? previous : (accepted[i - 1]?.head ?? noHead())
    return { room, list, key: listKey, ...judged, previous: before }
  })
  const { operations } = await openEntries(network, keys, taken)
  const news: OperationRow[] = []
  for (const operation of operations) if (!(await isSaid(database, operation))) news.push(operation)
  return news
}

const isSaid = async (
  database: NetworkDatabase,
  { recordId, author, at, op }: OperationRow,
): Promise<boolean> => {
  const held = await database.operations.where({ recordId }).toArray()
  return held.some(
    (row) => row.author === author && row.op === op && row.at[0] === at[0] && row.at[1] === at[1],
  )
}
