/** Cancelling a need: asks why, with three answers ready. */

import '../../components/styles/records.css'
import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Chip } from '../../components/chip.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { isolated, t } from '../../i18n/translate.ts'
import { needLimits } from '../../records/need/need.ts'

interface CancelDialogProps {
  open: boolean
  /** names of those who have it now */
  takenBy: readonly string[]
  busy: boolean
  /** the sentence, when the reason was not accepted */
  error: string | undefined
  onClose: () => void
  onCancel: (reason: string) => void
}

export const CancelDialog = ({ open, takenBy, busy, error, onClose, onCancel }: CancelDialogProps) => {
  const [reason, setReason] = useState('')
  const ready = [t('need.reasonGone'), t('need.reasonElse'), t('need.reasonTwice')]
  return (
    <Dialog
      open={open}
      title={t('need.cancelAsk')}
      onClose={onClose}
      actions={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t('act.dismiss')}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => onCancel(reason)}>
            {t('act.cancelNeed')}
          </Button>
        </>
      }
    >
      {takenBy.length > 0 && (
        <StatusLine icon="warning" tone="wait">
          {t('need.cancelTaken', { name: takenBy.map(isolated).join(' · ') })}
        </StatusLine>
      )}
      <p class="soft">{t('need.cancelWhat')}</p>
      <div class="chips">
        {ready.map((words) => (
          <Chip
            key={words}
            pressed={reason === words}
            onClick={() => setReason(reason === words ? '' : words)}
          >
            {words}
          </Chip>
        ))}
      </div>
      <Field
        label={t('need.reason')}
        optional
        value={reason}
        onInput={setReason}
        max={needLimits.reasonChars}
        error={error}
      />
    </Dialog>
  )
}
