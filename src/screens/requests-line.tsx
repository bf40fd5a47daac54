/** For coordinators, where one looks first: how many ask to come in, and the way to answer. */

import '../components/styles/people.css'
import { Button } from '../components/button.tsx'
import { Card } from '../components/card.tsx'
import { StatusLine } from '../components/status-line.tsx'
import { useMe } from '../hooks/use-network.ts'
import { useRequests } from '../hooks/use-people.ts'
import { t } from '../i18n/translate.ts'

/** Nothing while nobody asks, or while all were put off. */
export const RequestsLine = () => {
  const requests = useRequests()
  const me = useMe()
  const isCoordinator = me?.role === 'coordinator' && me.end === null
  const count = requests?.filter(({ declined }) => declined === 0).length ?? 0
  if (!isCoordinator || count === 0) return null
  return (
    <Card tone="wait">
      <div class="row spread">
        <StatusLine icon="invite" tone="wait">
          <span class="strong">{t('n.requests', { count })}</span>
        </StatusLine>
        <Button compact href="/requests">
          {t(count === 1 ? 'act.answer' : 'act.all')}
        </Button>
      </div>
    </Card>
  )
}
