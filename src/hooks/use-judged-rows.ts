/** Rows of a table as needs, with what is wrong with each and whether it stands here already; judged piece by piece. */

import { useEffect, useState } from 'preact/hooks'
import type { Result } from '../../sync-server/protocol/result.ts'
import { KnownNeeds } from '../records/import/known-needs.ts'
import type { RowError } from '../records/import/read-need-row.ts'
import type { AddedNeed } from '../records/need/add-many.ts'
import { useDoor } from './door.ts'

export interface JudgedRow {
  /** place in the table, 0 for the first row below its heads */
  index: number
  read: Result<AddedNeed, RowError>
  known: 'here' | 'above' | null
}

/** The page is held up no longer at once, on a phone as on a desktop. */
const sliceMs = 12
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** `read` is made anew when a column means something else: then all rows are judged again. `isWhole` once all are. */
export const useJudgedRows = (
  rows: readonly (readonly string[])[],
  read: (row: readonly string[]) => Result<AddedNeed, RowError>,
): { judged: readonly JudgedRow[]; isWhole: boolean } => {
  const database = useDoor().database.value
  const [state, setState] = useState<{ judged: readonly JudgedRow[]; isWhole: boolean }>(none)
  useEffect(() => {
    let isWanted = true
    const judgeAll = async () => {
      if (!database) return
      const known = new KnownNeeds(database, Date.now())
      const judged: JudgedRow[] = []
      let until = performance.now() + sliceMs
      for (const [index, row] of rows.entries()) {
        const result = read(row)
        judged.push({ index, read: result, known: result.ok ? await known.find(result.value, index) : null })
        if (performance.now() < until) continue
        await pause()
        if (!isWanted) return
        until = performance.now() + sliceMs
      }
      if (isWanted) setState({ judged, isWhole: true })
    }
    setState(none)
    judgeAll().catch((reason: unknown) => console.warn('the rows of the table could not be compared', reason))
    return () => {
      isWanted = false
    }
  }, [database, rows, read])
  return state
}

const none = { judged: [], isWhole: false } as const
