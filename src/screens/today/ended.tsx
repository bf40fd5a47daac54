/** This phone was removed or has left: what that means, that nothing is lost, and how to come back. */

import '../../components/styles/details.css'
import '../../components/styles/invites.css'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useNetwork } from '../../hooks/use-network.ts'
import { useStatus } from '../../hooks/use-status.ts'
import { t } from '../../i18n/translate.ts'
import { laterPart } from '../later-part.tsx'

const RestoredActs = laterPart(() => import('./restored-acts.tsx').then((parts) => parts.RestoredActs))

export const Ended = () => {
  const { ended } = useStatus()
  const network = useNetwork()
  if (ended === null) return null
  return (
    <Card tone="wait" as="section">
      <StatusLine icon="info" tone="wait">
        <span class="strong">{t(`ended.${ended}`, { network: network?.name ?? '' })}</span>
      </StatusLine>
      <ul class="points">
        <li>{t('ended.stays')}</li>
        <li>{t('ended.nothingNew')}</li>
        <li>{t('ended.back')}</li>
      </ul>
      <div class="ways">
        <Button href="/join" icon="link">
          {t('start.have')}
        </Button>
        {ended !== 'restored' && (
          <Button href="/create" kind="ghost" icon="add">
            {t('net.create')}
          </Button>
        )}
      </div>
      {ended === 'restored' && <RestoredActs />}
    </Card>
  )
}
