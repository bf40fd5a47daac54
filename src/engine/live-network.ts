/** Live work of one network: opens its sockets over the replica's rooms, and lets go of them before the replica closes. */

import {
  boardRoom,
  monthRoom,
  type NetworkId,
  type RoomName,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { LiveEvents, LiveRooms, LiveRoomsParts } from '../sync/live/live-rooms.ts'
import type { Replica } from './replica.ts'

export interface LiveNetworkParts extends Pick<LiveRoomsParts, 'relay' | 'token' | 'socket'> {
  database: NetworkDatabase
  network: NetworkId
  replica: Replica
  /** corrected clock, ms */
  now(): number
}

export class LiveNetwork {
  readonly #parts: LiveNetworkParts
  #rooms: LiveRooms | null = null
  #events: LiveEvents | null = null
  #isClosed = false
  /** grows with each opening and each hanging up */
  #turn = 0

  constructor(parts: LiveNetworkParts) {
    this.#parts = parts
  }

  /** Ends what was live before, without a word. Whether it comes up, and how it ends, the events say. */
  async open(events: LiveEvents): Promise<void> {
    const left = this.leave()
    const turn = this.#turn
    // a phone on a slow link never fetches it
    const { LiveRooms } = await import('../sync/live/live-rooms.ts')
    await left
    if (this.#isClosed) return events.onFallen({ code: 'here' })
    // somebody hung up while it was being fetched
    if (turn !== this.#turn) return
    const { replica, database, relay, network, token, socket } = this.#parts
    const rooms = new LiveRooms(
      {
        database,
        relay,
        network,
        rooms: this.#roomNames(),
        token,
        socket,
        attach: (room, open) => replica.attach(room, open),
        drain: () => replica.drain(),
      },
      events,
    )
    this.#rooms = rooms
    this.#events = events
    await rooms.open()
  }

  /** False where a month has begun since the sockets were opened. */
  get isCurrent(): boolean {
    return this.#rooms?.holds(this.#roomNames()) ?? false
  }

  /** Resolves when nothing of it touches the database any more. */
  async leave(): Promise<void> {
    this.#turn++
    const rooms = this.#rooms
    this.#rooms = null
    this.#events = null
    await rooms?.close()
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const events = this.#events
    await this.leave()
    events?.onFallen({ code: 'here' })
  }

  #roomNames(): RoomName[] {
    return [rosterRoom, boardRoom, monthRoom(this.#parts.now())]
  }
}
