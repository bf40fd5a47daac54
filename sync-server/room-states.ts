/** What this relay holds of each room: its lists by Yjs client id, and their digest [R16], kept while nothing is added. */

import type { Bytes } from './protocol/bytes.ts'
import { type ListState, roomDigest } from './protocol/digest.ts'
import { clientOfList, type ListName, type NetworkId, parseListName, type RoomName } from './protocol/ids.ts'
import type { Store } from './storage/store.ts'

export interface RoomList extends ListState {
  readonly list: ListName
}

export interface RoomState {
  /** end of the room's log */
  readonly seq: number
  readonly listsByClient: ReadonlyMap<number, RoomList>
  readonly digest: Bytes
}

export interface RoomStates {
  get(network: NetworkId, room: RoomName): Promise<RoomState>
}

const maxRooms = 1000

export const clientOfName = (list: ListName): number => {
  const key = parseListName(list)
  if (!key) throw new Error('a list name is checked at the edge')
  return clientOfList(key)
}

const readState = async (store: Store, network: NetworkId, room: RoomName): Promise<RoomState> => {
  const { seq, lists } = await store.lengths(network, room)
  const states = lists.map((list): RoomList => ({ ...list, client: clientOfName(list.list) }))
  const listsByClient = new Map(states.map((state) => [state.client, state]))
  return { seq, listsByClient, digest: await roomDigest(states) }
}

export const createRoomStates = (store: Store): RoomStates => {
  // promises, not values: an append during the read takes away what is being read
  const statesByRoom = new Map<string, Promise<RoomState>>()
  const keyOf = (network: NetworkId, room: RoomName): string => `${network}/${room}`
  store.subscribe((network, room) => statesByRoom.delete(keyOf(network, room)))

  const forgetOldest = (): void => {
    const oldest = statesByRoom.keys().next()
    if (statesByRoom.size > maxRooms && !oldest.done) statesByRoom.delete(oldest.value)
  }

  return {
    get(network, room) {
      const key = keyOf(network, room)
      const state = statesByRoom.get(key) ?? readState(store, network, room)
      statesByRoom.delete(key)
      statesByRoom.set(key, state)
      forgetOldest()
      state.catch(() => statesByRoom.delete(key))
      return state
    },
  }
}
