/** Today: what waits for this person, from the rows on this phone alone; else the one useful thing to do. */

import '../../components/styles/records.css'
import '../../components/styles/details.css'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { SendLine } from '../../components/send-line.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { useMe, useNetwork } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useMayWrite, useStatus, useUnsentCount } from '../../hooks/use-status.ts'
import { type TodayRows, useToday } from '../../hooks/use-today.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { t } from '../../i18n/translate.ts'
import { useNames } from '../names.ts'
import { RequestsLine } from '../requests-line.tsx'
import { Ended } from './ended.tsx'
import { NeedSection } from './need-section.tsx'
import { giveForOthers, openForMe, ownAreaKey, ownOpen, suggestion, todayItems } from './today-items.ts'
import { TodayRow } from './today-row.tsx'

/** Enough to see that there is more; the rest is on the board. */
const mostUrgent = 5
const mostOwn = 3

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

/** Nothing to answer, nothing of my own, nothing to take. */
const NothingWaits = ({ rows }: { rows: TodayRows }) => {
  const hasNeeds = rows.first.length > 0
  // what stays open here is what this person has done a part of, or stands by for
  const allTaken = rows.first.every(({ status }) => status.state !== 'open')
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
      {hasNeeds ? allTaken && t('today.allCalm') : t('today.firstWhy')}
    </EmptyState>
  )
}

const Loaded = ({ rows, unsent }: { rows: TodayRows; unsent: Unsent }) => {
  const names = useNames()
  const now = useNow()
  const isCoordinator = useMe()?.role === 'coordinator'
  const items = [
    ...todayItems(rows.involved, names.me, unsent, now),
    ...giveForOthers(rows.askedLong, names.me, now),
  ]
  const open = openForMe(rows.first, names.me)
  const urgent = isCoordinator ? open.filter(({ need }) => need.urgency === 'today') : []
  const near = ownAreaKey(rows.involved, names.me)
  // whose place is over has nothing to take
  const mayTake = useMayWrite() && items.length === 0 && urgent.length === 0
  const next = mayTake ? suggestion(open, near) : undefined
  const shown = new Set([...items.map(({ seen }) => seen), ...urgent, next].map((seen) => seen?.need.id))
  const own = ownOpen(rows.involved, names.me).filter(({ need }) => !shown.has(need.id))
  const cards = { names, unsent, now }
  return (
    <>
      {items.length > 0 && (
        <section class="stack" aria-labelledby="today-waiting">
          <h2 class="section-head" id="today-waiting">
            {t('today.waiting')}
          </h2>
          <ul class="records">
            {items.map((item) => (
              <TodayRow
                key={item.kind === 'give' ? item.claim.id : item.seen.need.id}
                item={item}
                names={names}
                now={now}
              />
            ))}
          </ul>
        </section>
      )}
      {urgent.length > 0 && (
        <NeedSection
          id="today-urgent"
          title={t('today.urgent')}
          needs={urgent.slice(0, mostUrgent)}
          {...cards}
          rest={
            urgent.length > mostUrgent ? { href: '/board?filter=urgent', words: t('act.all') } : undefined
          }
        />
      )}
      {own.length > 0 && (
        <NeedSection
          id="today-mine"
          title={t('today.mine')}
          needs={own.slice(0, mostOwn)}
          {...cards}
          rest={own.length > mostOwn ? { href: '/board?filter=mine', words: t('act.all') } : undefined}
        />
      )}
      {next && (
        <NeedSection
          id="today-could"
          title={near !== '' && next.need.areaKey === near ? t('today.couldNear') : t('today.could')}
          before={own.length === 0 && <p class="calm-line">{t('today.clear')}</p>}
          needs={[next]}
          {...cards}
          rest={{ href: '/board', words: t('today.seeBoard') }}
        />
      )}
      {items.length + urgent.length + own.length === 0 && !next && <NothingWaits rows={rows} />}
    </>
  )
}

const TodayScreen = () => {
  const network = useNetwork()
  const rows = useToday()
  const unsent = useUnsentThings()
  return (
    <Screen title={t('nav.today')} heading={<Bdi>{network?.name || t('nav.today')}</Bdi>} under={<Sending />}>
      <Ended />
      <RequestsLine />
      {rows && unsent && <Loaded rows={rows} unsent={unsent} />}
    </Screen>
  )
}

export default TodayScreen
