/** A private window forgets what is written in it when it is closed: says so before anything is written. */

import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { isPrivateWindow } from './private-window.ts'
import { StatusLine } from './status-line.tsx'

export const PrivateHint = () => {
  const [isPrivate, setPrivate] = useState(false)
  useEffect(() => void isPrivateWindow(navigator.storage).then(setPrivate), [])
  return isPrivate ? (
    <StatusLine icon="warning" tone="wait">
      {t('sto.private')}
    </StatusLine>
  ) : null
}
