/** To somebody who has become a coordinator: what that means, once, until it is read. */

import '../../components/styles/invites.css'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Icon } from '../../components/icon.tsx'
import { t } from '../../i18n/translate.ts'

export const NewRoleCard = ({ onRead }: { onRead: () => void }) => (
  <Card tone="act" as="section">
    <h2 class="card-head">
      <Icon name="shield" />
      <span>{t('newRole.title')}</span>
    </h2>
    <ul class="points">
      <li>{t('newRole.requests')}</li>
      <li>{t('newRole.addresses')}</li>
      <li>{t('newRole.work')}</li>
      <li>{t('newRole.back')}</li>
    </ul>
    <Button compact onClick={onRead}>
      {t('newRole.read')}
    </Button>
  </Card>
)
