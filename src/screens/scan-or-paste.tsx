/** Takes the code of another phone: by the camera, or pasted as text where there is none. */

import { useState } from 'preact/hooks'
import { Button } from '../components/button.tsx'
import { Field } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { QrCamera } from '../components/qr-camera.tsx'
import { t } from '../i18n/translate.ts'

interface ScanOrPasteProps {
  /** what the camera looks for, for those who hear the page */
  label: string
  onText: (text: string) => void
  /** what was wrong with the last text */
  problem: string | undefined
}

export const ScanOrPaste = ({ label, onText, problem }: ScanOrPasteProps) => {
  const [typed, setTyped] = useState('')
  const [pasting, setPasting] = useState(false)
  return (
    <div class="stack">
      <QrCamera onText={onText} label={label} />
      <button
        type="button"
        class="fold-row"
        aria-expanded={pasting}
        onClick={() => setPasting((before) => !before)}
      >
        <Icon name="copy" />
        <span>{t('meet.noCamera')}</span>
        <Icon name="unfold" />
      </button>
      {pasting && (
        <>
          <Field
            label={t('meet.paste')}
            hint={t('meet.pasteHint')}
            value={typed}
            rows={3}
            direction="ltr"
            error={problem}
            onInput={setTyped}
          />
          <Button kind="ghost" onClick={() => onText(typed)}>
            {t('act.next')}
          </Button>
        </>
      )}
      {!pasting && problem !== undefined && <p class="field-error">{problem}</p>}
    </div>
  )
}
