/** A coordinator's decision that a thing should not be seen: what it means, and the reason that everybody reads. */

import { useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Field } from '../components/field.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { showToast } from '../components/toast.tsx'
import { useCommand } from '../hooks/use-command.ts'
import { errorWords } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'
import { hidingLimits } from '../records/hiding/hiding.ts'
import type { TalkAbout } from './talk-about.ts'

interface HideDialogProps {
  about: TalkAbout
  open: boolean
  onClose: () => void
}

export const HideDialog = ({ about, open, onClose }: HideDialogProps) => {
  const { run, busy, error } = useCommand()
  const [note, setNote] = useState('')
  const hide = async () => {
    const { id: aboutId, type: aboutType } = about
    if (!(await run({ type: 'hiding.add', aboutId, aboutType, note })).ok) return
    onClose()
    showToast(t('hide.done'), 'saved')
  }
  return (
    <Dialog
      open={open}
      title={t('hide.ask')}
      onClose={onClose}
      actions={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t('act.dismiss')}
          </Button>
          <Button kind="danger" busy={busy} onClick={() => void hide()}>
            {t('hide.act')}
          </Button>
        </>
      }
    >
      <p class="soft">{t('hide.what')}</p>
      <Field
        label={t('hide.note')}
        hint={t('hide.noteHint')}
        value={note}
        onInput={setNote}
        max={hidingLimits.noteChars}
      />
      {error && (
        <StatusLine icon="warning" tone="urgent">
          {errorWords(error)}
        </StatusLine>
      )}
    </Dialog>
  )
}
