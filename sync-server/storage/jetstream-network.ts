/** What one relay process remembers of a network in JetStream: its rooms, and how much everybody keeps there. */

import type { DeviceId, RoomName } from '../protocol/ids.ts'
import type { RoomMessage } from './jetstream-message.ts'
import { RoomIndex } from './jetstream-room.ts'
import type { RoomEnd } from './store.ts'

export class NetworkIndex {
  readonly #roomByName = new Map<RoomName, RoomIndex>()
  readonly #bytesByDevice = new Map<DeviceId, number>()
  #bytes = 0

  room(name: RoomName): RoomIndex | undefined {
    return this.#roomByName.get(name)
  }

  /** how many messages it knows: what it costs */
  get size(): number {
    let size = 0
    for (const room of this.#roomByName.values()) size += room.size
    return size
  }

  /** Every room that holds an entry. */
  rooms(): RoomEnd[] {
    const held = [...this.#roomByName].filter(([, room]) => !room.isEmpty)
    return held.map(([room, { seq }]) => ({ room, seq }))
  }

  bytes(device?: DeviceId): number {
    return device === undefined ? this.#bytes : (this.#bytesByDevice.get(device) ?? 0)
  }

  /** Takes the next message of a room; one that is known already changes nothing. Throws `MissedMessage`. */
  apply(name: RoomName, sequence: number, message: RoomMessage): 'grown' | 'void' | 'known' {
    const room = this.#roomByName.get(name) ?? new RoomIndex((device, change) => this.#count(device, change))
    this.#roomByName.set(name, room)
    return room.apply(sequence, message)
  }

  #count(device: DeviceId, change: number): void {
    this.#bytes += change
    this.#bytesByDevice.set(device, (this.#bytesByDevice.get(device) ?? 0) + change)
  }
}
