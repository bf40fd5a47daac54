/** A read file with what its columns mean, and its rows as needs. */

import { useCallback, useMemo, useState } from 'preact/hooks'
import { type JudgedRow, useJudgedRows } from '../../hooks/use-judged-rows.ts'
import type { Columns } from '../../records/import/map-columns.ts'
import { readNeedRow } from '../../records/import/read-need-row.ts'
import type { ReadFile } from './read-file.ts'
import { createReadingTable, withColumns } from './reading-table.ts'

export interface ImportTable {
  columns: Columns
  setColumns: (columns: Columns) => void
  judged: readonly JudgedRow[]
  /** every row is judged */
  isWhole: boolean
}

export const useTable = (file: ReadFile): ImportTable => {
  const [columns, setColumns] = useState(file.columns)
  const reading = useMemo(createReadingTable, [])
  const read = useCallback(
    (row: readonly string[]) => readNeedRow(row, withColumns(reading, columns)),
    [reading, columns],
  )
  return { columns, setColumns, ...useJudgedRows(file.rows, read) }
}
