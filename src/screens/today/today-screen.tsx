/** Today: what waits for this person, from the rows on this phone alone; else the one useful thing to do. */

import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { SendLine } from '../../components/send-line.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { useMe, useNetwork } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useStatus, useUnsentCount } from '../../hooks/use-status.ts'
import { type TodayRows, useToday } from '../../hooks/use-today.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'
import { NeedCard } from '../need-card.tsx'
import { openForMe, ownAreaKey, suggestion, todayItems } from './today-items.ts'
import { TodayRow } from './today-row.tsx'

/** Enough to see that there is more; the rest is on the board. */
const mostUrgent = 5

const Sending = () => {
  const unsent = useUnsentCount()
  const status = useStatus()
  const now = useNow()
  return unsent === undefined ? null : (
    <SendLine
      unsent={unsent}
      lastExchangeAt={status.lastExchangeAt}
      now={now}
      sending={status.exchange === 'running'}
    />
  )
}

const NothingWaits = ({ rows }: { rows: TodayRows }) => {
  const hasNeeds = rows.first.length > 0
  return (
    <EmptyState
      drawing={hasNeeds ? 'arrived' : 'notebook'}
      title={hasNeeds ? t('today.clear') : t('today.first')}
      action={
        hasNeeds ? (
          <Button kind="ghost" href="/board">
            {t('today.seeBoard')}
          </Button>
        ) : (
          <Button href="/add/need">{t('act.need')}</Button>
        )
      }
    >
      {hasNeeds ? t('today.allCalm') : t('today.firstWhy')}
    </EmptyState>
  )
}

const Loaded = ({ rows, unsent }: { rows: TodayRows; unsent: Unsent }) => {
  const names = useNames()
  const now = useNow()
  const isCoordinator = useMe()?.role === 'coordinator'
  const items = todayItems(rows.involved, names.me, unsent, now)
  const open = openForMe(rows.first, names.me)
  const urgent = isCoordinator ? open.filter(({ need }) => need.urgency === 'today') : []
  const near = ownAreaKey(rows.involved, names.me)
  const next = items.length === 0 && urgent.length === 0 ? suggestion(open, near) : undefined
  return (
    <>
      {items.length > 0 && (
        <section class="stack" aria-labelledby="today-waiting">
          <h2 class="section-head" id="today-waiting">
            {t('today.waiting')}
          </h2>
          <ul class="records">
            {items.map((item) => (
              <TodayRow key={item.seen.need.id} item={item} names={names} now={now} />
            ))}
          </ul>
        </section>
      )}
      {urgent.length > 0 && (
        <section class="stack" aria-labelledby="today-urgent">
          <h2 class="section-head" id="today-urgent">
            {t('today.urgent')}
          </h2>
          <ul class="records">
            {urgent.slice(0, mostUrgent).map((card) => (
              <NeedCard key={card.need.id} card={card} names={names} unsent={unsent} now={now} />
            ))}
          </ul>
          {urgent.length > mostUrgent && (
            <Button kind="ghost" href="/board?filter=urgent">
              {t('act.all')}
            </Button>
          )}
        </section>
      )}
      {next && (
        <section class="stack" aria-labelledby="today-could">
          <p class="calm-line">{t('today.clear')}</p>
          <h2 class="section-head" id="today-could">
            {near !== '' && next.need.areaKey === near ? t('today.couldNear') : t('today.could')}
          </h2>
          <ul class="records">
            <NeedCard card={next} names={names} unsent={unsent} now={now} />
          </ul>
          <Button kind="ghost" href="/board">
            {t('today.seeBoard')}
          </Button>
        </section>
      )}
      {items.length === 0 && urgent.length === 0 && !next && <NothingWaits rows={rows} />}
    </>
  )
}

const TodayScreen = () => {
  const network = useNetwork()
  const rows = useToday()
  const unsent = useUnsentThings()
  return (
    <Screen title={t('nav.today')} heading={<Bdi>{network?.name || t('nav.today')}</Bdi>} under={<Sending />}>
      {rows && unsent && <Loaded rows={rows} unsent={unsent} />}
    </Screen>
  )
}

export default TodayScreen
