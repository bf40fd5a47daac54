/** The list that was made: how long it is, its first lines, and the ways to take it along. */

import '../../components/styles/details.css'
import './export.css'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { t } from '../../i18n/translate.ts'
import { byteOrderMark, csvLine } from '../../records/export/csv-file.ts'
import { giveFile } from '../give-file.ts'
import { clearPrintSheet, printList } from './print-sheet.ts'

export interface MadeList {
  of: 'needs' | 'offers'
  heads: readonly string[]
  rows: readonly (readonly string[])[]
  /** the rows as lines of a file, made together with them */
  csv: readonly string[]
  /** what it is, who made it and when; with names also why */
  lines: readonly string[]
  /** without its ending */
  fileName: string
  isFull: boolean
}

const shownRows = 4

const Preview = ({ heads, rows }: MadeList) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keys
  <section class="table-box" tabIndex={0} aria-label={t('export.firstRows')}>
    <table>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head}>{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, shownRows).map((cells, i) => (
          <tr key={i}>
            {cells.map((cell, column) => (
              <td key={heads[column]} dir="auto">
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

/** In a list with names the first line says who took it out; one without begins with its heads, as programs expect. */
const fileOf = ({ heads, csv, lines, fileName, isFull }: MadeList): File => {
  const told = isFull ? [csvLine([`# ${lines.join(' · ')}`])] : []
  return new File([byteOrderMark, ...told, csvLine(heads), ...csv], `${fileName}.csv`, { type: 'text/csv' })
}

export const MadeListCard = ({ list }: { list: MadeList }) => {
  const [printing, setPrinting] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.scrollIntoView({ block: 'center' })
    return clearPrintSheet
  }, [list])
  const print = async () => {
    setPrinting(true)
    await printList(list)
    setPrinting(false)
  }
  const keep = async () => {
    if ((await giveFile(fileOf(list))) !== 'closed') showToast(t('export.given'), 'saved')
  }
  return (
    <Card as="section">
      <div class="stack">
        <h2 ref={heading}>
          {t(list.of === 'needs' ? 'export.made' : 'export.offersMade', { count: list.rows.length })}
        </h2>
        {list.rows.length > 0 && <Preview {...list} />}
        <StatusLine icon={list.isFull ? 'warning' : 'shield'} tone={list.isFull ? 'urgent' : 'act'}>
          {t(list.isFull ? 'export.fullOut' : 'export.lookOver')}
        </StatusLine>
        {list.rows.length > 0 && (
          <div class="ways">
            <Button icon="share" onClick={() => void keep()}>
              {t('export.file')}
            </Button>
            <Button kind="ghost" icon="book" busy={printing} onClick={() => void print()}>
              {t('export.print')}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}
