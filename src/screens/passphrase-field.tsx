/** A passphrase: hidden while it is typed, shown on wish. */

import { useState } from 'preact/hooks'
import { Field } from '../components/field.tsx'
import { Toggle } from '../components/toggle.tsx'
import { t } from '../i18n/translate.ts'

interface PassphraseFieldProps {
  value: string
  onInput: (value: string) => void
  hint?: string
  error?: string | undefined
  /** it was proposed, and must be read to be written down */
  shown?: boolean
}

export const PassphraseField = ({ shown = false, ...props }: PassphraseFieldProps) => {
  const [wished, setWished] = useState(false)
  const isShown = shown || wished
  return (
    <>
      {/* six words are longer than a line, and all of them are to be read */}
      <Field
        name="passphrase"
        label={t('backup.pass')}
        {...(isShown ? { rows: 2 } : { secret: true })}
        {...props}
      />
      {!shown && <Toggle label={t('backup.show')} checked={wished} onChange={setWished} />}
    </>
  )
}
