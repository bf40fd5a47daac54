/** In place of an empty list while one asks to come in: nothing is here because nobody has said yes, not because nobody needs anything. */

import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { t } from '../i18n/translate.ts'

export const NotYetIn = ({ network }: { network: string }) => (
  <EmptyState
    drawing="door"
    title={t('joining.later')}
    action={
      <Button kind="ghost" icon="shield" href="/joining">
        {t('line.fourWords')}
      </Button>
    }
  >
    {t('joining.laterWhy', { network })}
  </EmptyState>
)
