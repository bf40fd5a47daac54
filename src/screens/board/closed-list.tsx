/** What is over, behind one row: read only when somebody opens it. */

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from '../../components/icon.tsx'
import { t } from '../../i18n/translate.ts'

interface ClosedListProps<Row> {
  words: string
  useRows: (wanted: boolean, limit: number) => readonly Row[] | undefined
  row: (row: Row) => JSX.Element
}

const mostShown = 100

export const ClosedList = <Row,>({ words, useRows, row }: ClosedListProps<Row>) => {
  const [open, setOpen] = useState(false)
  const rows = useRows(open, mostShown)
  return (
    <section class="closed-list">
      <button type="button" class="fold-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name="delivered" />
        <span>{words}</span>
        <Icon name="unfold" />
      </button>
      {open && rows?.length === 0 && <p class="soft">{t('n.closed', { count: 0 })}</p>}
      {open && <ul class="records">{rows?.map(row)}</ul>}
    </section>
  )
}
