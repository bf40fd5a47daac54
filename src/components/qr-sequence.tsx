/** Several QR codes one after the other, over and over, for the camera of another phone; slower by a press. */

import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { Button } from './button.tsx'
import { QrCode } from './qr-code.tsx'

/** Codes in a second: what most cameras follow, then for slower ones and for eyes that flicker hurts. */
const paces = [6, 3, 1] as const

export const QrSequence = ({ parts, label }: { parts: readonly string[]; label: string }) => {
  const [at, setAt] = useState(0)
  const [pace, setPace] = useState(0)
  useEffect(() => {
    if (parts.length < 2) return
    const timer = setInterval(() => setAt((before) => (before + 1) % parts.length), 1000 / (paces[pace] ?? 1))
    return () => clearInterval(timer)
  }, [parts, pace])
  return (
    <div class="centre" data-parts={parts.length}>
      <QrCode text={parts[at % parts.length] ?? ''} label={label} large />
      {parts.length > 1 && (
        <Button kind="quiet" compact onClick={() => setPace((before) => (before + 1) % paces.length)}>
          {pace === paces.length - 1 ? t('meet.faster') : t('meet.slower')}
        </Button>
      )}
    </div>
  )
}
