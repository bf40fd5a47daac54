/** What is over, behind one row: made only when somebody opens it. */

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { formatNumber } from '../../i18n/translate.ts'

interface ClosedListProps<Row> {
  words: string
  /** nothing is shown while there are none */
  count: number
  useRows: (limit: number) => readonly Row[] | undefined
  row: (row: Row) => JSX.Element
}

const mostShown = 100

const Rows = <Row,>({ useRows, row }: Pick<ClosedListProps<Row>, 'useRows' | 'row'>) => (
  <ul class="records">{useRows(mostShown)?.map(row)}</ul>
)

export const ClosedList = <Row,>({ words, count, useRows, row }: ClosedListProps<Row>) => {
  const [open, setOpen] = useState(false)
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
      {open && <Rows useRows={useRows} row={row} />}
    </section>
  )
}
