/** What the outbox has for a relay, as runs by room, within one request. */

import type { RoomName } from '../../sync-server/protocol/ids.ts'
import { type Run, runsOf } from '../../sync-server/protocol/update.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { OutboxRow } from '../storage/schema.ts'

/** What one request takes of the outbox; `isAll` = nothing was left for a later one. */
export interface OutboxRuns {
  runs: Map<RoomName, Run[]>
  isAll: boolean
}

/** `rows`: not delivered yet, oldest first; up to `maxBytes`. */
export const runsOfOutbox = (rows: readonly OutboxRow[], maxBytes: number): OutboxRuns => {
  const rowsByRoom = new Map<RoomName, OutboxRow[]>()
  let bytes = 0
  let isAll = true
  for (const row of rows) {
    bytes += row.entry.length
    isAll = bytes <= maxBytes
    if (!isAll) break
    rowsByRoom.set(row.room, [...(rowsByRoom.get(row.room) ?? []), row])
  }
  return { runs: new Map([...rowsByRoom].map(([room, ofRoom]) => [room, runsOf(ofRoom)])), isAll }
}

export const outboxRuns = async (database: NetworkDatabase, maxBytes: number): Promise<OutboxRuns> => {
  const rows = await database.outbox
    .orderBy('id')
    .filter(({ delivered }) => delivered === 0)
    .toArray()
  return runsOfOutbox(rows, maxBytes)
}
