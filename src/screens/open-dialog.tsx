/** Before a need for few is written anew for all: what that means, and that who it is for agrees. */

import { useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Toggle } from '../components/toggle.tsx'
import { errorWords, type Failure } from '../i18n/error-words.ts'
import { t } from '../i18n/translate.ts'

interface OpenDialogProps {
  open: boolean
  busy: boolean
  error: Failure | null
  onClose: () => void
  onOpen: () => void
}

export const OpenDialog = ({ open, busy, error, onClose, onOpen }: OpenDialogProps) => {
  const [agreed, setAgreed] = useState(false)
  return (
    <Dialog
      open={open}
      title={t('few.openAsk')}
      onClose={onClose}
      actions={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t('act.dismiss')}
          </Button>
          {agreed && (
            <Button icon="people" busy={busy} onClick={onOpen}>
              {t('few.open')}
            </Button>
          )}
        </>
      }
    >
      <p class="soft">{t('few.openWhat')}</p>
      {error && <p class="field-error">{errorWords(error)}</p>}
      <Toggle label={t('few.agreed')} checked={agreed} onChange={setAgreed} />
    </Dialog>
  )
}
