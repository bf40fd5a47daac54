/**
 * What this relay holds of each room: its lists by Yjs client id, read once and kept up to date by what the store says
 * that it added; and the digest of all of them [R16], which is reckoned only when it is asked for.
 */

import type { Bytes } from './protocol/bytes.ts'
import { type ListState, roomDigest } from './protocol/digest.ts'
import { clientOfName, type DeviceId, type ListName, type NetworkId, type RoomName } from './protocol/ids.ts'
import type { Growth, Store } from './storage/store.ts'

export interface RoomList extends ListState {
  readonly list: ListName
}

/** A room at one moment. */
export interface RoomState {
  /** end of the room's log */
  readonly seq: number
  readonly listsByClient: ReadonlyMap<number, RoomList>
  digest(): Promise<Bytes>
}

/** All as of the appends that were durable when it was asked for. */
export interface RoomStates {
  get(network: NetworkId, room: RoomName): Promise<RoomState>
  list(network: NetworkId, room: RoomName, client: number): Promise<RoomList | undefined>
  /** of one device, whatever generation */
  listsOf(network: NetworkId, room: RoomName, device: DeviceId): Promise<RoomList[]>
}

const maxRooms = 1000

const deviceOfName = (list: ListName): string => list.slice(0, list.indexOf('.'))

class HeldRoom {
  #seq: number
  readonly #listsByClient = new Map<number, RoomList>()
  readonly #clientsByDevice = new Map<string, number[]>()
  #state: RoomState | null = null

  constructor(seq: number, lists: readonly Omit<RoomList, 'client'>[]) {
    this.#seq = seq
    for (const list of lists) this.#put({ ...list, client: clientOfName(list.list) })
  }

  /** Made anew only after something was added: whoever answers by one sees nothing change meanwhile. */
  state(): RoomState {
    const known = this.#state
    if (known) return known
    const listsByClient = new Map(this.#listsByClient)
    let digest: Promise<Bytes> | null = null
    this.#state = {
      seq: this.#seq,
      listsByClient,
      digest: () => {
        digest ??= roomDigest([...listsByClient.values()])
        return digest
      },
    }
    return this.#state
  }

  list(client: number): RoomList | undefined {
    return this.#listsByClient.get(client)
  }

  listsOf(device: DeviceId): RoomList[] {
    const clients = this.#clientsByDevice.get(device) ?? []
    return clients.flatMap((client) => this.#listsByClient.get(client) ?? [])
  }

  /** False: it does not follow what is held here. */
  grow({ afterSeq, rows }: Growth): boolean {
    const end = rows.at(-1)?.seq ?? afterSeq
    // it was read together with what came before
    if (end <= this.#seq) return true
    if (afterSeq !== this.#seq) return false
    for (const { list, index, head } of rows)
      this.#put({ list, client: clientOfName(list), length: index + 1, head })
    this.#seq = end
    this.#state = null
    return true
  }

  #put(list: RoomList): void {
    if (!this.#listsByClient.has(list.client)) {
      const device = deviceOfName(list.list)
      this.#clientsByDevice.set(device, [...(this.#clientsByDevice.get(device) ?? []), list.client])
    }
    this.#listsByClient.set(list.client, list)
  }
}

interface Remembered {
  readonly reading: Promise<HeldRoom>
  /** null while it is read */
  held: HeldRoom | null
}

export const createRoomStates = (store: Store): RoomStates => {
  const roomsByName = new Map<string, Remembered>()
  const keyOf = (network: NetworkId, room: RoomName): string => `${network}/${room}`

  store.subscribe((network, room, _seq, growth) => {
    const key = keyOf(network, room)
    const known = roomsByName.get(key)
    // what is being read may be from before: it serves those who asked before, and nobody after them
    if (known && !(growth && known.held?.grow(growth))) roomsByName.delete(key)
  })

  const read = (network: NetworkId, room: RoomName, key: string): Remembered => {
    const reading = store.lengths(network, room).then(({ seq, lists }) => new HeldRoom(seq, lists))
    const remembered: Remembered = { reading, held: null }
    reading.then(
      (held) => {
        remembered.held = held
      },
      () => {
        // it fails those who wait for it; the next one tries again
        if (roomsByName.get(key) === remembered) roomsByName.delete(key)
      },
    )
    return remembered
  }

  const roomOf = (network: NetworkId, room: RoomName): HeldRoom | Promise<HeldRoom> => {
    const key = keyOf(network, room)
    const remembered = roomsByName.get(key) ?? read(network, room, key)
    roomsByName.delete(key)
    roomsByName.set(key, remembered)
    const oldest = roomsByName.keys().next()
    if (roomsByName.size > maxRooms && !oldest.done) roomsByName.delete(oldest.value)
    return remembered.held ?? remembered.reading
  }

  return {
    get: async (network, room) => (await roomOf(network, room)).state(),
    list: async (network, room, client) => (await roomOf(network, room)).list(client),
    listsOf: async (network, room, device) => (await roomOf(network, room)).listsOf(device),
  }
}
