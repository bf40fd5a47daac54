/** The live sockets of one network with its relay: all are up, or none is. */

import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkId, RoomName } from '../../../sync-server/protocol/ids.ts'
import { livePath, liveProtocols } from '../../../sync-server/protocol/live.ts'
import type { DocumentChannel, LiveDocument } from './live-document.ts'
import { LiveIntake, type LiveIntakeParts, LiveNonsense } from './live-intake.ts'
import { LiveRoom } from './live-room.ts'

/** Why live work ended: a close code of a socket [R23], or what this side found. */
export type LiveEnd =
  | { code: number; reason: string }
  /** nothing to wait for: the network was closed, or its log opened anew */
  | { code: 'here' }
  | { code: 'nonsense' }
  | { code: 'failed'; error: unknown }

export interface LiveEvents {
  /** every room has heard what it lacked */
  onUp(): void
  /** once; everything is let go of by then */
  onFallen(end: LiveEnd): void
  onTaken(rooms: ReadonlySet<RoomName>): void
  onReceipt(): void
  /** an exchange is due: something of ours was not taken */
  onRefusals(): void
}

export interface LiveRoomsParts extends Pick<LiveIntakeParts, 'database' | 'relay' | 'drain'> {
  network: NetworkId
  rooms: readonly RoomName[]
  token(): Promise<Bytes>
  /** opens a room's document for the channel that `open` makes; it is let go of when the document is closed */
  attach(room: RoomName, open: (document: LiveDocument) => DocumentChannel): Promise<void>
  socket: typeof WebSocket
}

export class LiveRooms {
  readonly #parts: LiveRoomsParts
  readonly #events: LiveEvents
  readonly #intake: LiveIntake
  readonly #sockets: LiveRoom[] = []
  /** rooms that no receipt has come for */
  readonly #awaited: Set<RoomName>
  #isOver = false

  constructor(parts: LiveRoomsParts, events: LiveEvents) {
    this.#parts = parts
    this.#events = events
    this.#awaited = new Set(parts.rooms)
    const { database, relay, drain } = parts
    this.#intake = new LiveIntake({
      database,
      relay,
      drain,
      onTaken: (rooms) => events.onTaken(rooms),
      onReceipt: (room) => this.#received(room),
      onFailure: (error) =>
        this.#end(error instanceof LiveNonsense ? { code: 'nonsense' } : { code: 'failed', error }),
    })
  }

  /** Resolves when all sockets were asked for; rejects only when a room does not open. */
  async open(): Promise<void> {
    const { rooms, token, attach } = this.#parts
    const protocols = liveProtocols(await token())
    for (const room of rooms) {
      if (this.#isOver) return
      await attach(room, (document) => this.#openRoom(room, protocols, document))
    }
  }

  /** Without a word to `onFallen`. Resolves when nothing of it touches the database any more. */
  async close(): Promise<void> {
    this.#letGo()
    await this.#intake.settled()
  }

  /** False once other rooms are the ones in use: a month has begun. */
  holds(rooms: readonly RoomName[]): boolean {
    return rooms.every((room) => this.#parts.rooms.includes(room))
  }

  #openRoom(room: RoomName, protocols: readonly string[], document: LiveDocument): LiveRoom {
    const { relay, network, socket } = this.#parts
    const live = new LiveRoom({
      server: relay.replace(/^http/, 'ws') + livePath(network, room).slice(0, -room.length - 1),
      room,
      protocols,
      socket,
      document,
      onUpdate: (update) => this.#intake.update(room, update),
      onReceipt: (receipt) => this.#intake.receipt(room, receipt),
      onRefusals: () => this.#events.onRefusals(),
      onFallen: (code, reason) => this.#end(reason === 'detached' ? { code: 'here' } : { code, reason }),
    })
    this.#sockets.push(live)
    // closed while its document was being opened
    if (this.#isOver) live.close()
    return live
  }

  #received(room: RoomName): void {
    this.#events.onReceipt()
    if (this.#awaited.delete(room) && this.#awaited.size === 0) this.#events.onUp()
  }

  #end(end: LiveEnd): void {
    if (this.#isOver) return
    this.#letGo()
    this.#events.onFallen(end)
  }

  #letGo(): void {
    this.#isOver = true
    this.#intake.close()
    for (const live of this.#sockets.splice(0)) live.close()
  }
}
