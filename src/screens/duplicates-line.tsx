/** On Today, for coordinators and for who wrote one of them: two needs may be one. */

import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { usePairs } from '../hooks/use-duplicates.ts'
import { useMayWrite } from '../hooks/use-status.ts'
import { t } from '../i18n/translate.ts'

export const DuplicatesLine = () => {
  const pairs = usePairs()
  const mayWrite = useMayWrite()
  const count = pairs?.length ?? 0
  if (!mayWrite || count === 0) return null
  return (
    <Card tone="wait">
      <div class="row spread">
        <StatusLine icon="merge" tone="wait">
          <span class="strong">{t('same.pairs', { count })}</span>
        </StatusLine>
        <Button compact href="/same">
          {t('same.compare')}
        </Button>
      </div>
    </Card>
  )
}
