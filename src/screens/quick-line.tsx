/** After «حفظ والتالية»: what was saved last, how many in this row, and taking the last one back. */

import { Bdi } from '../components/bdi.tsx'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { t } from '../i18n/translate.ts'
import type { NeedValue } from './need-form-value.ts'
import { needTitle } from './need-words.ts'

export interface SavedInRow {
  id: string
  value: NeedValue
}

interface QuickLineProps {
  /** since the form was opened, the last one at the end */
  row: readonly SavedInRow[]
  busy: boolean
  onTakeBack: () => void
}

export const QuickLine = ({ row, busy, onTakeBack }: QuickLineProps) => {
  const last = row.at(-1)
  return (
    <div class="row spread">
      <p class="soft" role="status">
        {last === undefined ? (
          t('quick.takenBack')
        ) : (
          <>
            <Icon name="saved" size="small" /> {t('quick.saved', { count: row.length })} ·{' '}
            <Bdi>{needTitle({ ...last.value, category: last.value.category ?? 'other' })}</Bdi>
          </>
        )}
      </p>
      {last !== undefined && (
        <Button kind="quiet" compact icon="undo" busy={busy} onClick={onTakeBack}>
          {t('quick.takeBack')}
        </Button>
      )}
    </div>
  )
}
