/** Reads what the other phone shows back, part by part, and says how far it is. */

import { useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Meter } from '../../components/meter.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useQrReading } from '../../hooks/use-qr-parts.ts'
import { t } from '../../i18n/translate.ts'
import { ScanOrPaste } from '../scan-or-paste.tsx'

interface ReadWelcomeProps {
  busy: boolean
  /** why the last one did not open the network */
  problem: string | undefined
  onWelcome: (welcome: Uint8Array) => void
  onBack: () => void
}

export const ReadWelcome = ({ busy, problem, onWelcome, onBack }: ReadWelcomeProps) => {
  const { progress, take } = useQrReading(onWelcome)
  const [foreign, setForeign] = useState(false)
  const words = progress && t('meet.progress', { done: progress.got, total: progress.count })
  return (
    <Screen
      title={t('meet.read')}
      actions={
        <Button kind="ghost" onClick={onBack} wide>
          {t('meet.backToCard')}
        </Button>
      }
    >
      <p>{t('meet.readWhat')}</p>
      <ScanOrPaste
        label={t('meet.read')}
        onText={(text) => setForeign(!take(text))}
        problem={foreign ? t('err.welcomeBroken') : undefined}
      />
      <div class="stack tight" aria-live="polite">
        {words !== null && progress && (
          <>
            <Meter value={progress.got} max={progress.count} label={words} />
            <p class="strong">{words}</p>
          </>
        )}
        {busy && <p class="soft">{t('meet.opening')}</p>}
        {problem && (
          <StatusLine icon="warning" tone="urgent">
            {problem}
          </StatusLine>
        )}
      </div>
    </Screen>
  )
}
