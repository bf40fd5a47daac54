/** The way in, shown to the other phone as a sequence of codes; as text where it has no camera. */

import { Button } from '../../components/button.tsx'
import { QrSequence } from '../../components/qr-sequence.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useQrParts } from '../../hooks/use-qr-parts.ts'
import { t } from '../../i18n/translate.ts'
import { share } from '../share.ts'

interface ShowWelcomeProps {
  welcome: Uint8Array
  /** he comes in as a member until another coordinator says the same */
  isVote: boolean
  name: string
  isOwn: boolean
}

export const ShowWelcome = ({ welcome, isVote, name, isOwn }: ShowWelcomeProps) => {
  const parts = useQrParts(welcome)
  return (
    <Screen
      title={t('meet.show')}
      actions={
        <Button icon="check" href={isOwn ? '/network' : '/people'} wide>
          {t('meet.isIn')}
        </Button>
      }
    >
      <p>{isOwn ? t('meet.showOwn') : t('meet.showWhat', { name })}</p>
      {isVote && <StatusLine icon="info">{t('vote.given')}</StatusLine>}
      {parts && <QrSequence parts={parts} label={t('meet.show')} />}
      {parts === null && (
        <StatusLine icon="warning" tone="wait">
          {t('meet.tooMuch')}
        </StatusLine>
      )}
      {parts && (
        <Button kind="quiet" icon="share" onClick={() => void share(parts.join('\n'))}>
          {t('meet.shareWelcome')}
        </Button>
      )}
    </Screen>
  )
}
