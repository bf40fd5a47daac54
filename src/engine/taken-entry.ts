/** An entry that went through the gate, with its place. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { Entry } from '../../sync-server/protocol/entry.ts'
import type { ListKey, ListName, RoomName } from '../../sync-server/protocol/ids.ts'

export interface TakenEntry {
  room: RoomName
  list: ListName
  key: ListKey
  index: number
  bytes: Bytes
  entry: Entry
  /** head hash of the entry before, and after this one */
  previous: Bytes
  head: Bytes
}
