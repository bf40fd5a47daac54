/** What a link of this kind means, said before it is made. */

import '../../components/styles/invites.css'
import { Card } from '../../components/card.tsx'
import { t } from '../../i18n/translate.ts'

export const InviteMeaning = ({ approval }: { approval: boolean }) =>
  approval ? (
    <p class="soft">{t('invite.meansApproval')}</p>
  ) : (
    <Card tone="wait" as="section">
      <h2>{t('invite.meansTitle')}</h2>
      <ul class="points">
        <li>{t('invite.meansNow')}</li>
        <li>{t('invite.meansLater')}</li>
        <li>{t('invite.meansBest')}</li>
      </ul>
    </Card>
  )
