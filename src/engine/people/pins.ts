/** How far the lists of who leaves count: in rooms that this phone holds whole, by digests that a relay agreed to. */

import {
  boardRoom,
  type DeviceId,
  type ListName,
  monthRoom,
  monthStartMs,
  parseListName,
  type RoomName,
  rosterRoom,
} from '../../../sync-server/protocol/ids.ts'
import type { FormerDevice, Roster } from '../../../sync-server/protocol/roster.ts'
import type { Pin, Pins } from '../../../sync-server/protocol/statement.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import { isAgreed } from '../../sync/digests.ts'
import type { OwnStatement } from '../own-statements.ts'

export interface PinnedRooms {
  pins: Pins
  /** later months never count: this one by the clock, or a later one of which something is held */
  newestMonth: RoomName
}

/** Devices that one statement names. */
const maxDevices = 16

/** Rooms of records that something is known of. */
const knownRooms = async (database: NetworkDatabase): Promise<RoomName[]> => {
  const held = (await database.lists.orderBy('room').uniqueKeys()) as unknown as RoomName[]
  const named = (await database.cursors.toArray()).map(({ room }) => room)
  return [...new Set([boardRoom, ...held, ...named])].filter((room) => room !== rosterRoom)
}

/** Those that are held whole. */
const wholeRooms = async (
  database: NetworkDatabase,
  relay: string,
  rooms: readonly RoomName[],
): Promise<RoomName[]> => {
  const whole: RoomName[] = []
  for (const room of rooms) if (await isAgreed(database, relay, room)) whole.push(room)
  return whole
}

const pinsFor = async (
  database: NetworkDatabase,
  rooms: readonly RoomName[],
  devices: readonly DeviceId[],
): Promise<Pins> => {
  const pins = new Map<RoomName, Map<ListName, Pin>>()
  for (const room of rooms) {
    const lists = new Map<ListName, Pin>()
    for (const { list, length, head } of await database.lists.where({ room }).toArray()) {
      const device = parseListName(list)?.device
      if (device && devices.includes(device)) lists.set(list, { length, head: new Uint8Array(head) })
    }
    pins.set(room, lists)
  }
  return pins
}

/** For who is removed now; without a relay to agree with, the pins follow later. */
export const pinsNow = async (
  database: NetworkDatabase,
  relay: string | null,
  devices: readonly DeviceId[],
  nowMs: number,
): Promise<PinnedRooms> => {
  const rooms = relay === null ? [] : await wholeRooms(database, relay, await knownRooms(database))
  const months = [monthRoom(nowMs), ...rooms.filter((room) => room.length === 7)].sort()
  return {
    pins: await pinsFor(database, rooms, devices),
    newestMonth: months.at(-1) ?? monthRoom(nowMs),
  }
}

const startOf = (room: RoomName): number => monthStartMs(room) ?? Number.NEGATIVE_INFINITY

/** Rooms in which it matters how far a former device's lists go, and nobody has said it. */
const isUnpinned = ({ pins, newestMonth }: FormerDevice, room: RoomName): boolean =>
  !pins.has(room) && (newestMonth === null || startOf(room) <= startOf(newestMonth))

/** Statements that pin what earlier ones left open, now that this phone holds it whole. */
export const laterPins = async (
  database: NetworkDatabase,
  relay: string,
  roster: Roster,
): Promise<OwnStatement[]> => {
  if (roster.former.size === 0) return []
  const everyone = [...roster.former.values()]
  const open = (await knownRooms(database)).filter((room) => everyone.some((one) => isUnpinned(one, room)))
  const whole = await wholeRooms(database, relay, open)
  const devicesByRooms = new Map<string, DeviceId[]>()
  for (const former of everyone) {
    const rooms = whole.filter((room) => isUnpinned(former, room)).join(' ')
    if (rooms !== '') devicesByRooms.set(rooms, [...(devicesByRooms.get(rooms) ?? []), former.id])
  }
  const statements: OwnStatement[] = []
  for (const [rooms, all] of devicesByRooms)
    for (let from = 0; from < all.length; from += maxDevices) {
      const devices = all.slice(from, from + maxDevices)
      const pins = await pinsFor(database, rooms.split(' ') as RoomName[], devices)
      statements.push({ type: 'pin', after: [], devices, pins })
    }
  return statements
}
