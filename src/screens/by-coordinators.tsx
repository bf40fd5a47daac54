/** Stands where only coordinators let people in, and says who they are. */

import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { t } from '../i18n/translate.ts'

export const ByCoordinators = () => (
  <EmptyState
    drawing="door"
    title={t('invite.byCoordinators')}
    action={
      <Button href="/people" icon="people">
        {t('nav.people')}
      </Button>
    }
  >
    {t('invite.byCoordinatorsWhy')}
  </EmptyState>
)
