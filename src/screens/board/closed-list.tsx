/** What is over, behind one row: read only when somebody opens it. */

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { formatNumber } from '../../i18n/translate.ts'

interface ClosedListProps<Row> {
  words: string
  /** nothing is shown while there are none */
  count: number
  useRows: (wanted: boolean, limit: number) => readonly Row[] | undefined
  row: (row: Row) => JSX.Element
}

const mostShown = 100

export const ClosedList = <Row,>({ words, count, useRows, row }: ClosedListProps<Row>) => {
  const [open, setOpen] = useState(false)
  const rows = useRows(open, mostShown)
  if (count === 0) return null
  return (
    <section class="closed-list">
      <button type="button" class="fold-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="delivered" />
        <span>
          {words} · {formatNumber(count)}
        </span>
        <Icon name="unfold" />
      </button>
      {open && <ul class="records">{rows?.map(row)}</ul>}
    </section>
  )
}
