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

/** Rooms of records that something is known of, and those named: a month in which nobody wrote yet is whole as well. */
const knownRooms = async (database: NetworkDatabase, months: readonly RoomName[]): Promise<RoomName[]> => {
  const held = (await database.lists.orderBy('room').uniqueKeys()) as unknown as RoomName[]
  const named = (await database.cursors.toArray()).map(({ room }) => room)
  return [...new Set([boardRoom, ...months, ...held, ...named])].filter((room) => room !== rosterRoom)
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

/** The board, which has no month, counts as the newest. */
const startOf = (room: RoomName): number => monthStartMs(room) ?? Number.MAX_SAFE_INTEGER

/** Lists that one statement pins, about 75 bytes each: with what it comes after it has to fit into 16 KiB. */
const maxPinned = 100

/** The same pins in portions, each room whole in one of them; at least one, which may be empty. */
export const portionsOf = (pins: Pins): Pins[] => {
  const portions: Map<RoomName, ReadonlyMap<ListName, Pin>>[] = [new Map()]
  let count = 0
  for (const [room, lists] of pins) {
    // what names no list takes room as well
    const weight = lists.size + 1
    if (count + weight > maxPinned && count > 0) {
      portions.push(new Map())
      count = 0
    }
    portions.at(-1)?.set(room, lists)
    count += weight
  }
  return portions
}

const byNewest = (one: RoomName, other: RoomName): number => startOf(other) - startOf(one)

/** For who is removed now; without a relay to agree with, the pins follow later. */
export const pinsNow = async (
  database: NetworkDatabase,
  relay: string | null,
  devices: readonly DeviceId[],
  nowMs: number,
): Promise<PinnedRooms> => {
  const rooms =
    relay === null ? [] : await wholeRooms(database, relay, await knownRooms(database, [monthRoom(nowMs)]))
  const months = [monthRoom(nowMs), ...rooms.filter((room) => room.length === 7)].sort()
  // where there are more than one statement holds, the older rooms follow by duty
  const [pins = new Map()] = portionsOf(await pinsFor(database, rooms.sort(byNewest), devices))
  return { pins, newestMonth: months.at(-1) ?? monthRoom(nowMs) }
}

/** Rooms in which it matters how far a former device's lists go, and nobody has said it. */
const isUnpinned = ({ pins, newestMonth }: FormerDevice, room: RoomName): boolean =>
  !pins.has(room) &&
  (newestMonth === null || monthStartMs(room) === null || startOf(room) <= startOf(newestMonth))

/** Statements that pin what earlier ones left open, now that this phone holds it whole. */
export const laterPins = async (
  database: NetworkDatabase,
  relay: string,
  roster: Roster,
): Promise<OwnStatement[]> => {
  if (roster.former.size === 0) return []
  const everyone = [...roster.former.values()]
  const newest = everyone.map(({ newestMonth }) => newestMonth).filter((room) => room !== null)
  const open = (await knownRooms(database, newest)).filter((room) =>
    everyone.some((one) => isUnpinned(one, room)),
  )
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
      const whole = await pinsFor(database, rooms.split(' ') as RoomName[], devices)
      for (const pins of portionsOf(whole)) statements.push({ type: 'pin', after: [], devices, pins })
    }
  return statements
}
