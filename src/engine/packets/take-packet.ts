/** Takes a packet the way everything takes: inbox, gate, log, rows. No cursor moves; what is held already changes nothing. */

import {
  isRoomName,
  monthStartMs,
  parseListName,
  prefixOfClient,
  type RoomName,
  rosterRoom,
} from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import type { ReadPacket } from '../../../sync-server/protocol/packet.ts'
import { parseUpdate } from '../../../sync-server/protocol/update.ts'
import { needType } from '../../records/need/need.ts'
import { offerType } from '../../records/offer/offer.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { InboxRow } from '../../storage/schema.ts'
import { broughtNothing } from './look-into-packet.ts'
import type { PacketParts } from './make-packet.ts'
import type { Brought } from './packet-api.ts'

type TakeParts = Pick<PacketParts, 'database' | 'replica' | 'nowMs'>

const rowsOf = (packet: ReadPacket, doesTake: (room: RoomName) => boolean): InboxRow[] =>
  packet.rooms
    .filter(({ room }) => doesTake(room))
    .flatMap(({ room, updates }) =>
      updates.map((update): InboxRow => ({ room, update, source: 'packet', parked: 0 })),
    )

/**
 * A room costs a database: none is opened for entries of people whom nobody let in, nor for a month that has not come.
 * Who belongs to the network stands in the roster, and that came first.
 */
const isWorthTaking = ({ replica, nowMs }: TakeParts, { room, update }: InboxRow): boolean => {
  if (!isRoomName(room) || room.startsWith('s-')) return false
  if ((monthStartMs(room) ?? 0) > nowMs + limits.roomAheadMs) return false
  const parsed = parseUpdate(update)
  if (!parsed.ok) return false
  const { book } = replica
  return parsed.value.some(({ list, client }) => {
    const device = list ? parseListName(list)?.device : book.deviceOfPrefix(prefixOfClient(client), false)
    return device && book.isAdmitted(device)
  })
}

const put = async ({ database, replica }: TakeParts, rows: InboxRow[]): Promise<void> => {
  if (rows.length === 0) return
  await database.inbox.bulkAdd(rows)
  await replica.drain()
}

const lengthOf = async ({ lists }: NetworkDatabase): Promise<{ all: number; roster: number }> => {
  const rows = await lists.toArray()
  const sum = (some: typeof rows) => some.reduce((total, { length }) => total + length, 0)
  return { all: sum(rows), roster: sum(rows.filter(({ room }) => room === rosterRoom)) }
}

/** Resolves when its rows are visible. Gives what came in. */
export const takePacket = async (packet: ReadPacket, parts: TakeParts): Promise<Brought> => {
  const { database } = parts
  const before = await lengthOf(database)
  const lastN = (await database.arrivals.orderBy('n').last())?.n ?? 0
  await put(
    parts,
    rowsOf(packet, (room) => room === rosterRoom),
  )
  const records = rowsOf(packet, (room) => room !== rosterRoom)
  await put(
    parts,
    records.filter((row) => isWorthTaking(parts, row)),
  )
  const after = await lengthOf(database)
  const made = await database.arrivals
    .where('n')
    .above(lastN)
    .filter(({ op }) => op === 'create')
    .toArray()
  const count = (name: string) => made.filter(({ type }) => type === name).length
  return {
    ...broughtNothing(),
    entries: after.all - before.all,
    people: after.roster - before.roster,
    needs: count(needType.name),
    offers: count(offerType.name),
  }
}
