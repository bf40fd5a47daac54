/** Does an entry count? One that was written behind a fork, or by somebody whose place in the network was over, does not. */

import { toBase64url } from './bytes.ts'
import { type DeviceId, type ListName, monthStartMs, type RoomName, rosterRoom } from './ids.ts'
import { cutId, type FormerDevice, type Roster } from './roster.ts'
import { audiences } from './statement.ts'

/** Where an entry stands and what it is sealed under. */
export interface PlacedEntry {
  author: DeviceId
  room: RoomName
  list: ListName
  index: number
  /** base64url of the 8 bytes; null if nothing is sealed */
  keyId: string | null
}

/** Under a key of a chain that was there before the end. */
const isUnderEarlierKey = ({ chains }: Roster, { chainLengths }: FormerDevice, keyId: string | null) =>
  audiences.some((audience) =>
    chains[audience]
      .slice(0, chainLengths[audience])
      .some((hash) => toBase64url(hash.subarray(0, 8)) === keyId),
  )

const isLaterMonth = (room: RoomName, newest: RoomName | null): boolean => {
  const [startMs, newestMs] = [monthStartMs(room), newest && monthStartMs(newest)]
  return startMs !== null && newestMs !== null && startMs > newestMs
}

/**
 * Beyond a cut nothing counts. Of a former device: in a room that a coordinator pinned, what stands before the pin; in a
 * month after its removal nothing; elsewhere what is sealed under a key from before its end. In the roster the reducer
 * has judged each statement already. An author whom the roster does not know is not judged here.
 */
export const doesCount = (roster: Roster, { author, room, list, index, keyId }: PlacedEntry): boolean => {
  if (index >= (roster.cuts.get(cutId(room, list)) ?? Number.POSITIVE_INFINITY)) return false
  const former = roster.former.get(author)
  if (!former || room === rosterRoom) return true
  const pins = former.pins.get(room)
  if (pins) return index < (pins.get(list)?.length ?? 0)
  return !isLaterMonth(room, former.newestMonth) && isUnderEarlierKey(roster, former, keyId)
}
