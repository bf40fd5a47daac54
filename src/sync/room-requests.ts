/** What a request says of each room: how far this phone has read, what it brings, what it lacks. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { RoomRequest } from '../../sync-server/protocol/exchange.ts'
import type { ListName, RoomName } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { buildUpdate, type Run } from '../../sync-server/protocol/update.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import { digestsToSend, listOfClient } from './digests.ts'
import type { HealPlan } from './heal.ts'
import { isOpen, namedRooms } from './named-rooms.ts'
import { outboxRuns } from './outbox-runs.ts'

export interface RoomRequestParts {
  database: NetworkDatabase
  /** origin of the relay */
  relay: string
  /** corrected clock, ms */
  now(): number
  /** rooms that this phone reads besides those it holds something of */
  rooms(): RoomName[]
  /** entries of a list from an index on, or null when there are none here */
  runFrom(room: RoomName, list: ListName, from: number): Promise<Run | null>
}

/** Months to come into which a wrong clock has put entries that no relay has. */
export const roomsAhead = async ({ database, now }: RoomRequestParts): Promise<RoomName[]> => {
  const rows = await database.outbox.filter(({ delivered }) => delivered === 0).toArray()
  return [...new Set(rows.map(({ room }) => room))].filter((room) => !isOpen(room, now()))
}

/** `isAll`: nothing of the outbox was left for a later request. `unsettled`: digests that no relay has agreed to yet. */
export const roomRequests = async (
  parts: RoomRequestParts,
  plans: ReadonlyMap<RoomName, HealPlan>,
): Promise<{ rooms: RoomRequest[]; isAll: boolean; unsettled: Map<RoomName, Bytes> }> => {
  const { database, relay, now } = parts
  const rows = await database.cursors.filter((row) => row.relay === relay).toArray()
  const cursors = new Map(rows.map(({ room, cursor }) => [room, cursor]))
  const { runs, isAll } = await outboxRuns(database, limits.updateBytes)
  const rooms: RoomRequest[] = []
  const lists = (await database.lists.orderBy('room').uniqueKeys()) as unknown as RoomName[]
  const known = { own: runs.keys(), read: parts.rooms(), held: [...lists, ...cursors.keys()] }
  const named = namedRooms(known, now())
  const said = await digestsToSend(database, relay, named)
  const unsettled = new Map<RoomName, Bytes>()
  for (const room of named) {
    const plan = plans.get(room)
    const own = (runs.get(room) ?? []).map((run) => buildUpdate([run]))
    const updates = [...(plan ? await healUpdates(parts, room, plan) : []), ...own]
    const { digest, isSettled } = said.get(room) ?? { digest: new Uint8Array(), isSettled: true }
    if (!isSettled) unsettled.set(room, digest)
    rooms.push({ room, cursor: cursors.get(room) ?? 0, digest, updates, want: plan?.want ?? [] })
  }
  return { rooms, isAll, unsettled }
}

const healUpdates = async (parts: RoomRequestParts, room: RoomName, { send }: HealPlan): Promise<Bytes[]> => {
  const updates: Bytes[] = []
  let bytes = 0
  for (const { client, from } of send) {
    const list = await listOfClient(parts.database, room, client)
    const run = list && (await parts.runFrom(room, list, from))
    for (const piece of run ? piecesOf(run) : []) {
      const update = buildUpdate([piece])
      bytes += update.length
      // the rest follows with the next difference
      if (bytes > limits.requestBytes / 4) return updates
      updates.push(update)
    }
  }
  return updates
}

/** Runs whose updates stay well under [R2]. */
export const piecesOf = (run: Run): Run[] => {
  const pieces: Run[] = []
  let from = 0
  let bytes = 0
  run.entries.forEach((entry, i) => {
    bytes += entry.length
    if (bytes < limits.updateBytes / 4 && i < run.entries.length - 1) return
    const fromIndex = run.fromIndex + from
    const list = fromIndex === 0 ? run.list : null
    pieces.push({ ...run, list, fromIndex, entries: run.entries.slice(from, i + 1) })
    from = i + 1
    bytes = 0
  })
  return pieces
}
