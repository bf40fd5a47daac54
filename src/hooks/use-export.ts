/** Needs for a list that leaves the network, in pieces; and what was taken out of it before. */

import { useCallback } from 'preact/hooks'
import type { NeedFilter } from '../records/board/need-filter.ts'
import { type ExportedOffer, exportOffers } from '../records/export/export-offers.ts'
import { type ExportedNeed, exportPieces } from '../records/export/export-pieces.ts'
import type { ExportNoteRow } from '../records/export-note/export-note.ts'
import { exportNotes } from '../records/export-note/queries.ts'
import { needType } from '../records/need/need.ts'
import { useDoor } from './door.ts'
import { useLiveQuery } from './use-live-query.ts'

/** Lets the page answer a finger. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

export interface ExportWish {
  filter: NeedFilter
  isFull: boolean
}

/** Reads all that fits; `onPiece` is told each piece and what share of the needs was looked at, 0 to 1. */
export const useExportedNeeds = () => {
  const { database } = useDoor()
  return useCallback(
    async (wish: ExportWish, onPiece: (needs: readonly ExportedNeed[], part: number) => void) => {
      const db = database.peek()
      if (!db) return
      const total = await db.table(needType.table).count()
      let looked = 0
      for await (const piece of exportPieces(db, { ...wish, nowMs: Date.now() })) {
        looked += piece.looked
        onPiece(piece.needs, total === 0 ? 1 : looked / total)
        await pause()
      }
    },
    [database],
  )
}

/** All that stand now. */
export const useExportedOffers = () => {
  const { database } = useDoor()
  return useCallback(
    async (isFull: boolean): Promise<readonly ExportedOffer[]> => {
      const db = database.peek()
      return db ? exportOffers(db, { isFull, nowMs: Date.now() }) : []
    },
    [database],
  )
}

/** The newest first; `undefined` until read. */
export const useExportNotes = (): readonly ExportNoteRow[] | undefined => useLiveQuery(exportNotes)
