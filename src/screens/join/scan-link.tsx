/** The code of an invite on another screen or on paper, seen by this phone's camera: an installed app has no other way to open it. */

import { useState } from 'preact/hooks'
import { QrCamera } from '../../components/qr-camera.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { t } from '../../i18n/translate.ts'

export const ScanLink = ({ onLink }: { onLink: (link: string) => void }) => {
  const [isOther, setOther] = useState(false)
  return (
    <div class="stack tight">
      <QrCamera
        label={t('join.scan')}
        onText={(text) => (text.includes('#j=') ? onLink(text) : setOther(true))}
      />
      <div role="status">
        {isOther && (
          <StatusLine icon="info" tone="wait">
            {t('camera.noInvite', { other: t('join.face') })}
          </StatusLine>
        )}
      </div>
    </div>
  )
}
