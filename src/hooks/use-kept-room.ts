/** What takes room on this phone: pictures, voice notes, and what was written, month by month; and making room. */

import { monthStartMs, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { BlobRow } from '../storage/schema.ts'
import { useDoor } from './door.ts'
import { useLiveQuery } from './use-live-query.ts'

export interface KeptRoom {
  photoBytes: number
  voiceBytes: number
  /** of pictures and voice notes that a relay has: they come back when they are looked at */
  freeableBytes: number
  /** entries of each month, the newest first; `at` lies in it, null: what lives longer than a month */
  months: { at: number | null; entries: number }[]
}

const dayMs = 24 * 3600 * 1000

const isFreeable = ({ state }: Pick<BlobRow, 'state'>): boolean => state === 'sent' || state === 'fetched'

const readMonths = async (database: NetworkDatabase): Promise<KeptRoom['months']> => {
  const entriesByRoom = new Map<RoomName, number>()
  for (const { room, length } of await database.lists.toArray())
    if (room !== rosterRoom) entriesByRoom.set(room, (entriesByRoom.get(room) ?? 0) + length)
  const months = [...entriesByRoom].map(([room, entries]) => {
    const startMs = monthStartMs(room)
    // rooms begin by UTC: the middle of a month is in it everywhere
    return { at: startMs === null ? null : startMs + 14 * dayMs, entries }
  })
  return months.sort((one, other) => (other.at ?? 0) - (one.at ?? 0))
}

/** Undefined until read. */
export const useKeptRoom = (): KeptRoom | undefined =>
  useLiveQuery(async (database) => {
    const kept = { photoBytes: 0, voiceBytes: 0, freeableBytes: 0 }
    await database.blobs.each((row) => {
      const bytes = row.bytes.length
      if (row.kind === 'photo') kept.photoBytes += bytes
      else kept.voiceBytes += bytes
      if (isFreeable(row)) kept.freeableBytes += bytes
    })
    return { ...kept, months: await readMonths(database) }
  })

/** Resolves with the bytes that were freed. */
export const useMakeRoom = (): (() => Promise<number>) => {
  const { database } = useDoor()
  return async () => {
    const opened = database.peek()
    if (!opened) return 0
    return opened.transaction('rw', opened.blobs, async () => {
      const rows = await opened.blobs.where('state').anyOf('sent', 'fetched').toArray()
      await opened.blobs.bulkDelete(rows.map(({ id }) => id))
      return rows.reduce((sum, { bytes }) => sum + bytes.length, 0)
    })
  }
}
