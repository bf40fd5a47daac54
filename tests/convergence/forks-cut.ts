/** [R6] Two histories of one list that two relays hold are seen by whoever speaks with both, and end that list for all. */

import { toBase64url } from '../../sync-server/protocol/bytes.ts'
import type { RoomName } from '../../sync-server/protocol/ids.ts'
import { cutId, type Roster } from '../../sync-server/protocol/roster.ts'
import type { SimRelay } from './sim-relay.ts'
import { insist, type Village } from './village.ts'

/** Heads of all entries, by room, list and index. */
const headsIn = async ({ network }: Village, { store }: SimRelay): Promise<Map<string, string>> => {
  const heads = new Map<string, string>()
  for (const { room } of await store.rooms(network)) {
    const { entries } = await store.readSince(network, room, 0, 1e9)
    for (const { list, index, head } of entries) heads.set(`${room} ${list} ${index}`, toBase64url(head))
  }
  return heads
}

export const insistForksCut = async (village: Village, { cuts }: Roster): Promise<void> => {
  const [first, second] = village.usedRelays
  if (!first || !second) return
  const heads = await headsIn(village, second)
  for (const [place, head] of await headsIn(village, first)) {
    const other = heads.get(place)
    if (other === undefined || other === head) continue
    const [room = '', list = '', index] = place.split(' ')
    const end = cuts.get(cutId(room as RoomName, list as never)) ?? Number.POSITIVE_INFINITY
    insist(end <= Number(index), `[R6] a list with two histories counts up to where they part (${place})`)
  }
}
