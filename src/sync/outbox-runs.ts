/** What the outbox has for a relay, as runs by room, within one request. */

import { clientOfList, parseListName, type RoomName } from '../../sync-server/protocol/ids.ts'
import type { Run } from '../../sync-server/protocol/update.ts'
import type { NetworkDatabase } from '../storage/database.ts'

/** Entries not delivered yet, oldest first, up to `maxBytes`; `isAll` = nothing was left for a later request. */
export const outboxRuns = async (
  database: NetworkDatabase,
  maxBytes: number,
): Promise<{ runs: Map<RoomName, Run[]>; isAll: boolean }> => {
  const rows = await database.outbox
    .orderBy('id')
    .filter(({ delivered }) => delivered === 0)
    .toArray()
  const runs = new Map<RoomName, Run[]>()
  let bytes = 0
  for (const { room, list, index, entry } of rows) {
    const key = parseListName(list)
    if (!key) continue
    bytes += entry.length
    if (bytes > maxBytes) return { runs, isAll: false }
    const client = clientOfList(key)
    const ofRoom = runs.get(room) ?? []
    runs.set(room, ofRoom)
    const run = ofRoom.findLast((candidate) => candidate.client === client)
    if (run && run.fromIndex + run.entries.length === index) run.entries.push(entry)
    else ofRoom.push({ client, list: index === 0 ? list : null, fromIndex: index, entries: [entry] })
  }
  return { runs, isAll: true }
}
