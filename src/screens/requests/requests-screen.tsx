/** Who asks to come in: by whose invite, and the four words by which one makes sure who it is. */

import '../../components/styles/records.css'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { useMe } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useRequests } from '../../hooks/use-people.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'
import { RequestCard } from './request-card.tsx'

const RequestsScreen = () => {
  const requests = useRequests()
  const me = useMe()
  const names = useNames()
  const now = useNow()
  if (!requests || !me) return null
  const words = requests.map((request) => request.words.join()).filter((numbers) => numbers !== '')
  const mayAdmit = me.role === 'coordinator' && me.end === null
  return (
    <Screen title={t('requests.title')} back="/network" backLabel={t('nav.network')}>
      {(requests.length === 0 || !mayAdmit) && (
        <EmptyState
          drawing="door"
          title={mayAdmit ? t('requests.none') : t('requests.byCoordinators')}
          action={
            mayAdmit ? (
              <Button href="/invite" icon="invite">
                {t('inv.make')}
              </Button>
            ) : (
              <Button href="/people" icon="people">
                {t('nav.people')}
              </Button>
            )
          }
        />
      )}
      {requests.length > 0 && mayAdmit && (
        <>
          <p class="soft">{t('requests.lead')}</p>
          {new Set(words).size < words.length && (
            <StatusLine icon="warning" tone="urgent">
              {t('requests.twice')}
            </StatusLine>
          )}
          <ul class="records">
            {requests.map((request) => (
              <RequestCard key={request.deviceId} request={request} names={names} now={now} />
            ))}
          </ul>
        </>
      )}
    </Screen>
  )
}

export default RequestsScreen
