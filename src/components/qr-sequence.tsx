/** Several QR codes one after the other, over and over, for the camera of another phone; slower by a press. */

import { useEffect, useState } from 'preact/hooks'
import { t } from '../i18n/translate.ts'
import { Button } from './button.tsx'
import { QrCode } from './qr-code.tsx'

/**
 * Codes in a second. A dot that turns with each code flashes half as often, and more than three flashes a second can hurt
 * (https://www.w3.org/TR/WCAG22/#three-flashes-or-below-threshold): five codes stay below that. Then for slower cameras,
 * whose decoder takes 100-300 ms a picture on an old phone, and for eyes that flicker tires.
 */
const paces = [5, 2.5, 1] as const

/** Whoever wants little motion begins with the second pace. */
const firstPace = (): number => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 1 : 0)

export const QrSequence = ({ parts, label }: { parts: readonly string[]; label: string }) => {
  const [at, setAt] = useState(0)
  const [pace, setPace] = useState(firstPace)
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
