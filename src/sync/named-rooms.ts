/** Which rooms a request names. */

import { monthStartMs, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'

/** The relay would refuse a month that begins later than this [R30]. */
export const isOpen = (room: RoomName, nowMs: number): boolean =>
  (monthStartMs(room) ?? 0) <= nowMs + limits.roomAheadMs

export interface KnownRooms {
  /** of what the outbox has */
  own: Iterable<RoomName>
  /** that this phone reads besides */
  read: Iterable<RoomName>
  /** that something is held of, or a relay was asked about */
  held: Iterable<RoomName>
}

/** Roster first. Old months beyond what one request may name have nothing new to say. */
export const namedRooms = ({ own, read, held }: KnownRooms, nowMs: number): RoomName[] => {
  const all = new Set([rosterRoom, ...own, ...read, ...[...held].sort().reverse()])
  // what a wrong clock put into a month to come was sealed again; the month itself waits until it begins
  return [...all].filter((room) => isOpen(room, nowMs)).slice(0, limits.roomsInRequest)
}
