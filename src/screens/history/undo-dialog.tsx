/** Asks before a step is undone: says what goes back, and what stays because somebody has written since. */

import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import { useCommand } from '../../hooks/use-command.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { t } from '../../i18n/translate.ts'
import type { HistoryStep } from '../../records/record-history.ts'
import { fieldWords, valueWords } from '../field-words.ts'
import type { Names } from '../names.ts'

interface UndoDialogProps {
  step: HistoryStep | null
  names: Names
  onClose: () => void
}

/** A mark of the claim itself, which no form shows. */
const isShown = ({ field }: { field: string }): boolean => field !== 'firm'

export const UndoDialog = ({ step, names, onClose }: UndoDialogProps) => {
  const { run, busy, error, clearError } = useCommand()
  const close = () => {
    clearError()
    onClose()
  }
  const undo = async () => {
    if (!step) return
    const { recordId, place } = step
    if (!(await run({ type: 'history.undo', recordId, place })).ok) return
    close()
    showToast(t('history.undone'), 'undo')
  }
  return (
    <Dialog
      open={step !== null}
      title={t('history.undoAsk')}
      onClose={close}
      actions={
        <>
          <Button kind="ghost" onClick={close}>
            {t('act.dismiss')}
          </Button>
          <Button icon="undo" busy={busy} onClick={() => void undo()}>
            {t('history.undo')}
          </Button>
        </>
      }
    >
      <ul class="points">
        {step?.undo?.back.filter(isShown).map(({ field, to }) => (
          <li key={field}>
            {t('history.undoBack', { words: fieldWords(field), after: valueWords(field, to) })}
          </li>
        ))}
        {step?.undo?.stays.filter(isShown).map(({ field, by }) => (
          <li key={field}>{t('history.undoStays', { words: fieldWords(field), name: names.nameOf(by) })}</li>
        ))}
      </ul>
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
    </Dialog>
  )
}
