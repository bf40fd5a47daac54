/**
 * Own entries that the mirror has and the database has not: it lost its end, was set back, or was emptied. They come in
 * by the inbox, as from anybody; a relay that lacks them gets them by its digest [R14].
 */

import { type ListName, parseListName, type RoomName } from '../../sync-server/protocol/ids.ts'
import { buildUpdate, runsOf } from '../../sync-server/protocol/update.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { MirrorRecord } from '../storage/mirror.ts'
import type { InboxRow } from '../storage/schema.ts'
import type { HeldLists } from './held-lists.ts'

/** Entries of one update: far below what the gate takes at once [R2]. */
const entriesOfUpdate = 32

export interface ForgottenList {
  room: RoomName
  list: ListName
  /** of the first entry that is missing */
  index: number
  entries: MirrorRecord[]
}

/** What continues each own list of the mirror behind what is held; where the mirror has a hole as well, nothing does. */
export const forgottenLists = async (
  records: readonly MirrorRecord[],
  held: HeldLists,
): Promise<ForgottenList[]> => {
  const byPlace = new Map<string, Map<number, MirrorRecord>>()
  for (const record of records) {
    const place = `${record.room} ${record.list}`
    const list = byPlace.get(place) ?? new Map<number, MirrorRecord>()
    byPlace.set(place, list.set(record.index, record))
  }
  const forgotten: ForgottenList[] = []
  for (const list of byPlace.values()) {
    const [first] = list.values()
    if (!first) continue
    const { room, list: name } = first
    const { length: index } = await held.get(room, name)
    const entries: MirrorRecord[] = []
    for (let at = index; ; at++) {
      const next = list.get(at)
      if (!next) break
      entries.push(next)
    }
    if (entries.length > 0 && parseListName(name)) forgotten.push({ room, list: name, index, entries })
  }
  return forgotten
}

/** Entries in the order of their indexes, as rows of the inbox. */
export const inboxRows = (
  room: RoomName,
  entries: readonly Pick<MirrorRecord, 'list' | 'index' | 'entry'>[],
  source: string,
): InboxRow[] =>
  Array.from({ length: Math.ceil(entries.length / entriesOfUpdate) }, (_, n) => {
    const piece = entries.slice(n * entriesOfUpdate, (n + 1) * entriesOfUpdate)
    return { room, update: buildUpdate(runsOf(piece)), source, parked: 0 }
  })

export const putIntoInbox = async (
  database: NetworkDatabase,
  forgotten: readonly ForgottenList[],
): Promise<void> => {
  await database.inbox.bulkAdd(forgotten.flatMap(({ room, entries }) => inboxRows(room, entries, 'mirror')))
}
