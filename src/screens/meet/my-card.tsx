/** The card of this phone, for a coordinator's camera; as text where there is none. */

import { Button } from '../../components/button.tsx'
import { QrCode } from '../../components/qr-code.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { t } from '../../i18n/translate.ts'
import { share } from '../share.ts'

interface MyCardProps {
  card: string
  nickname: string
  back: string
  onNext: () => void
}

export const MyCard = ({ card, nickname, back, onNext }: MyCardProps) => (
  <Screen
    title={t('meet.card')}
    back={back}
    under={<StatusLine icon="person">{t('meet.cardOf', { name: nickname })}</StatusLine>}
    actions={
      <Button icon="scan" onClick={onNext} wide>
        {t('meet.then')}
      </Button>
    }
  >
    <p>{t('meet.cardWhat')}</p>
    <figure class="centre">
      <QrCode text={card} label={t('meet.card')} large />
    </figure>
    <Button kind="quiet" icon="share" onClick={() => void share(card)}>
      {t('meet.shareCard')}
    </Button>
  </Screen>
)
