/** Sealed pictures and voice notes on this phone: which a need has, which may go, and room for more. */

import { type NeedRow, needType } from '../../records/need/need.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { BlobRow } from '../../storage/schema.ts'

/** Bytes of others' pictures and voice notes, and of own ones that a relay has, before the oldest go. */
export const maxKeptBytes = 40 * 1024 * 1024
/** How long what was made for a form that nobody saved stays. */
const draftDays = 30
const dayMs = 24 * 3600 * 1000

/** Newest first; cancelled ones too. */
export const needsWithMedia = (database: NetworkDatabase): Promise<NeedRow[]> =>
  database.table<NeedRow, string>(needType.table).where('mediaAt').above(0).reverse().sortBy('mediaAt')

export const mediaIdsOf = ({ photos, voice }: Pick<NeedRow, 'photos' | 'voice'>): string[] => [
  ...(voice ? [voice.id] : []),
  ...photos.map(({ id }) => id),
]

/**
 * After a save, and before anything is sent: what a need has is to be sent, what none has is a draft. Said anew from the
 * rows each time, so that a fall between a save and this loses nothing.
 */
export const sortShelf = async (database: NetworkDatabase, now: number): Promise<void> => {
  const rows = await database.blobs.where('state').anyOf('draft', 'unsent').toArray()
  if (rows.length === 0) return
  const named = new Set((await needsWithMedia(database)).flatMap(mediaIdsOf))
  for (const { id, state, usedAt } of rows) {
    if (state === 'draft' && named.has(id)) await database.blobs.update(id, { state: 'unsent' })
    if (state === 'unsent' && !named.has(id)) await database.blobs.update(id, { state: 'draft' })
    if (!named.has(id) && usedAt < now - draftDays * dayMs) await database.blobs.delete(id)
  }
}

/** Makes room for `more` bytes: what a relay has can be fetched again, so the one looked at longest ago goes first. */
export const makeRoom = async (
  database: NetworkDatabase,
  more: number,
  max = maxKeptBytes,
): Promise<void> => {
  const kept: Pick<BlobRow, 'id' | 'usedAt' | 'size'>[] = []
  await database.blobs
    .where('state')
    .anyOf('sent', 'fetched', 'coming')
    .each(({ id, usedAt, size }) => kept.push({ id, usedAt, size }))
  let bytes = kept.reduce((sum, { size }) => sum + size, more)
  for (const { id, size } of kept.sort((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= max) return
    await database.blobs.delete(id)
    bytes -= size
  }
}
