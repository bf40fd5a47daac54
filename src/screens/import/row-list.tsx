/** Rows of the table as they would be written: those that cannot be, those that stand here already, and the others. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Chip } from '../../components/chip.tsx'
import { Icon } from '../../components/icon.tsx'
import type { JudgedRow } from '../../hooks/use-judged-rows.ts'
import { formatDate } from '../../i18n/time.ts'
import { formatNumber, isolated, t } from '../../i18n/translate.ts'
import type { AddedNeed } from '../../records/need/add-many.ts'
import { categoryWord } from '../category-words.ts'
import { needTitle, quantityWords } from '../need-words.ts'
import { rowErrorWords } from './import-words.ts'

const firstRows = 8

const Told = ({ added: { need, contact } }: { added: AddedNeed }) => {
  const category = need.category ?? 'other'
  const amount = quantityWords({ quantity: Number(need.quantity ?? 1), unit: need.unit ?? '' })
  const area = need.area ? isolated(need.area) : ''
  const due = need.dueAt ? t('more.until', { date: formatDate(need.dueAt) }) : ''
  const facts = [categoryWord(category), amount, t(`when.${need.urgency ?? 'possible'}`), due, area]
  const held = [contact?.name, contact?.phone, contact?.address].filter(Boolean)
  return (
    <>
      <bdi class="strong">{needTitle({ title: need.title ?? '', category })}</bdi>
      <span class="soft">{facts.filter((words) => words !== '').join(' · ')}</span>
      {held.length > 0 && (
        <span class="soft">
          <Icon name="lock" size="small" /> <bdi>{held.join(' · ')}</bdi>
        </span>
      )}
    </>
  )
}

interface RowListProps {
  title: string
  rows: readonly JudgedRow[]
  /** lines of the file above the first row */
  above: number
  /** rows that will be written; absent where none can be */
  isIn?: (row: JudgedRow) => boolean
  onTurn?: (row: JudgedRow) => void
}

export const RowList = ({ title, rows, above, isIn, onTurn }: RowListProps) => {
  const [shown, setShown] = useState(firstRows)
  if (rows.length === 0) return null
  return (
    <Card as="section">
      <h2>{title}</h2>
      <ul class="plain-list stack">
        {rows.slice(0, shown).map((row) => (
          <li key={row.index} class="import-row">
            <span class="soft">{t('import.row', { number: formatNumber(row.index + 1 + above) })}</span>
            {row.read.ok ? (
              <Told added={row.read.value} />
            ) : (
              <span class="field-error">{rowErrorWords(row.read.error)}</span>
            )}
            {row.known && <span class="soft">{t(`import.${row.known}`)}</span>}
            {isIn && onTurn && (
              <span class="chips">
                <Chip pressed={isIn(row)} icon={isIn(row) ? 'check' : 'close'} onClick={() => onTurn(row)}>
                  {t(isIn(row) ? 'import.isIn' : 'import.isOut')}
                </Chip>
              </span>
            )}
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <Button kind="quiet" compact icon="unfold" onClick={() => setShown(shown + 40)}>
          {t('board.more')}
        </Button>
      )}
    </Card>
  )
}
