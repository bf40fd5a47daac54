/** What each column of the table is; the app's guess, which a person corrects. */

import { Card } from '../../components/card.tsx'
import { formatNumber, t } from '../../i18n/translate.ts'
import { type ColumnField, type Columns, columnFields, withColumn } from '../../records/import/map-columns.ts'
import { fieldWords } from './import-words.ts'
import type { ReadFile } from './read-file.ts'

interface ColumnChoiceProps {
  file: ReadFile
  columns: Columns
  onChange: (columns: Columns) => void
}

const isField = (value: string): value is ColumnField => columnFields.some((field) => field === value)

export const ColumnChoice = ({ file, columns, onChange }: ColumnChoiceProps) => (
  <Card as="section">
    <h2>{t('import.columns')}</h2>
    <p class="soft">{t('import.columnsWhat')}</p>
    <div class="stack">
      {columns.map((field, i) => {
        const sample = file.rows.map((row) => row[i] ?? '').find((cell) => cell !== '') ?? ''
        const name = file.heads[i] || t('import.column', { number: formatNumber(i + 1) })
        return (
          <label key={i} class="column-choice">
            <span class="record-words">
              <bdi class="strong">{name}</bdi>
              <span class="soft record-line" dir="auto">
                {sample}
              </span>
            </span>
            <select
              value={field ?? ''}
              onChange={({ currentTarget: { value } }) =>
                onChange(withColumn(columns, i, isField(value) ? value : null))
              }
            >
              <option value="">{t('import.leftOut')}</option>
              {columnFields.map((each) => (
                <option key={each} value={each}>
                  {fieldWords(each)}
                </option>
              ))}
            </select>
          </label>
        )
      })}
    </div>
  </Card>
)
