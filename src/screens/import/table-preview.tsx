/** The rows of a table before they are written, and the button that writes those that are in. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { Toggle } from '../../components/toggle.tsx'
import type { JudgedRow } from '../../hooks/use-judged-rows.ts'
import { t } from '../../i18n/translate.ts'
import type { AddedNeed } from '../../records/need/add-many.ts'
import type { ReadFile } from './read-file.ts'
import { RowList } from './row-list.tsx'
import type { ImportTable } from './use-table.ts'

interface TablePreviewProps {
  table: ImportTable
  file: ReadFile
  onWrite: (rows: readonly AddedNeed[]) => void
}

/** Somebody else's name stands with it. */
const isForOther = ({ need }: AddedNeed): boolean => need.forWhom === 'other'

export const TablePreview = ({ table: { judged, isWhole }, file, onWrite }: TablePreviewProps) => {
  const [turned, setTurned] = useState<ReadonlySet<number>>(new Set())
  const [consent, setConsent] = useState(false)
  const good = judged.filter(({ read }) => read.ok)
  const isIn = ({ index, known }: JudgedRow): boolean => (known === null) !== turned.has(index)
  const turn = ({ index }: JudgedRow) => {
    const next = new Set(turned)
    if (!next.delete(index)) next.add(index)
    setTurned(next)
  }
  const chosen = good.filter(isIn).flatMap(({ read }) => (read.ok ? [read.value] : []))
  const write = () =>
    onWrite(chosen.map((row) => (isForOther(row) ? { ...row, need: { ...row.need, consent } } : row)))
  if (!isWhole) return <p role="status">{t('import.reading')}</p>
  const lists = { above: file.headLines, isIn, onTurn: turn }
  return (
    <>
      {file.isCut && (
        <StatusLine icon="warning" tone="wait">
          {t('import.isCut', { count: file.rows.length })}
        </StatusLine>
      )}
      <RowList
        title={t('import.wrong', { count: judged.length - good.length })}
        rows={judged.filter(({ read }) => !read.ok)}
        above={file.headLines}
      />
      <RowList
        title={t('import.known', { count: good.filter(({ known }) => known !== null).length })}
        rows={good.filter(({ known }) => known !== null)}
        {...lists}
      />
      <RowList
        title={t('import.new', { count: good.filter(({ known }) => known === null).length })}
        rows={good.filter(({ known }) => known === null)}
        {...lists}
      />
      {chosen.some(isForOther) && (
        <>
          <StatusLine icon="lock">{t('import.locked')}</StatusLine>
          <Toggle
            label={t('import.consent')}
            hint={t('more.consentWhy')}
            checked={consent}
            onChange={setConsent}
          />
        </>
      )}
      {chosen.length > 0 && (
        <Button wide icon="add" onClick={write}>
          {t('import.write', { count: chosen.length })}
        </Button>
      )}
    </>
  )
}
