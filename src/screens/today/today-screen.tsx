/** Today: what waits for this person, from the rows on this phone alone; else the one useful thing to do. */

import '../../components/styles/records.css'
import '../../components/styles/details.css'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { SendLine } from '../../components/send-line.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { useHasNews } from '../../hooks/use-has-news.ts'
import { useHidings } from '../../hooks/use-hidings.ts'
import { useMe, useNetwork } from '../../hooks/use-network.ts'
import { useNoted } from '../../hooks/use-noted.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useMayWrite, useStatus, useUnsentCount } from '../../hooks/use-status.ts'
import { type TodayRows, useToday } from '../../hooks/use-today.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { t } from '../../i18n/translate.ts'
import { laterPart } from '../later-part.tsx'
import { useNames } from '../names.ts'
import { RequestsLine } from '../requests-line.tsx'
import { UnlessAsked } from '../unless-asked.tsx'
import { showBadge, waitingCount } from './app-badge.ts'
import { Ended } from './ended.tsx'
import { NeedSection } from './need-section.tsx'
import { ownAreaKey, ownOpen, suggestion } from './own-needs.ts'
import {
  askedItems,
  giveForOthers,
  type Looker,
  openForMe,
  stalledItems,
  type TodayItem,
  todayItems,
} from './today-items.ts'

const TodayNews = laterPart(() => import('../today-news.tsx').then((part) => part.TodayNews))

/** Enough to see that there is more; the rest is on the board. */
const mostUrgent = 5
const mostOwn = 3

/** Only where an exchange takes long: the first one on a slow link, mostly. */
const ExchangeProgress = laterPart(() =>
  import('../exchange-progress.tsx').then((parts) => parts.ExchangeProgress),
)

const Sending = () => {
  const unsent = useUnsentCount()
  const status = useStatus()
  const now = useNow()
  return unsent === undefined ? null : (
    <div class="stack tight">
      <SendLine
        unsent={unsent}
        lastExchangeAt={status.lastExchangeAt}
        now={now}
        sending={status.exchange === 'running'}
      />
      {status.progress !== null && <ExchangeProgress />}
    </div>
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

/** What waits, with its words, comes when something waits. */
const TodayGroups = laterPart(() => import('./today-groups.tsx').then(({ TodayGroups }) => TodayGroups))
const TodayFits = laterPart(() => import('../today-fits.tsx').then((parts) => parts.TodayFits))
const DuplicatesLine = laterPart(() => import('../duplicates-line.tsx').then((parts) => parts.DuplicatesLine))
const NewRoleCard = laterPart(() => import('./new-role-card.tsx').then(({ NewRoleCard }) => NewRoleCard))

/** Who has just come has nothing to be reminded of. */
const weekMs = 7 * 24 * 3600 * 1000
const BackupLine = laterPart(() => import('../backup-line.tsx').then((parts) => parts.BackupLine))

/** The promises of others that a coordinator looks after at once. */
const mostStalled = 5

/** Who founded the network knows; who was made a coordinator later is told once. */
const NewRole = () => {
  const me = useMe()
  const network = useNetwork()
  const { notes, note } = useNoted()
  const read = `coordinator ${network?.networkId}`
  const isNew = me?.role === 'coordinator' && me.end === null && me.invitedBy !== null
  return isNew && notes && !notes.has(read) ? <NewRoleCard onRead={() => void note(read)} /> : null
}

/** What waits for this person, with the number of it on the app's icon. */
const useItems = (rows: TodayRows, looker: Looker): TodayItem[] => {
  const hidings = useHidings()
  const asks = rows.asks.filter(({ seen }) => hidings.get(seen.need.id)?.state !== 'hidden')
  const own = [...todayItems(rows.involved, looker), ...askedItems(asks, looker)]
  const count = waitingCount(own)
  useEffect(() => showBadge(count), [count])
  return [
    ...own,
    ...giveForOthers(rows.askedLong, looker),
    ...stalledItems(rows.stalled, looker).slice(0, mostStalled),
  ]
}

interface LoadedProps {
  rows: TodayRows
  unsent: Unsent
  notes: Looker['notes']
  /** what is told, under what waits for an answer and what is carried */
  told: ComponentChildren
}

const Loaded = ({ rows, unsent, notes, told }: LoadedProps) => {
  const names = useNames()
  const now = useNow()
  const member = useMe()
  const isCoordinator = member?.role === 'coordinator'
  const phones = member && new Set<string>(member.devices.map(({ id }) => id))
  const items = useItems(rows, { me: names.me, phones, unsent, notes, now })
  const hidings = useHidings()
  const open = openForMe(rows.first, names.me).filter(({ need }) => hidings.get(need.id)?.state !== 'hidden')
  const said = new Set(items.map(({ seen }) => seen.need.id))
  const urgent = isCoordinator
    ? open.filter(({ need }) => need.urgency === 'today' && !said.has(need.id))
    : []
  const near = ownAreaKey(rows.involved, names.me)
  // whose place is over has nothing to take
  const mayTake = useMayWrite() && items.length === 0 && urgent.length === 0
  const next = mayTake ? suggestion(open, near) : undefined
  const shown = new Set([...items.map(({ seen }) => seen), ...urgent, next].map((seen) => seen?.need.id))
  const own = ownOpen(rows.involved, names.me).filter(({ need }) => !shown.has(need.id))
  const cards = { names, unsent, now }
  return (
    <>
      {items.length > 0 && <TodayGroups items={items} names={names} now={now} />}
      {told}
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
      {mayTake && open.length > 1 && <TodayFits open={open} without={shown} />}
      {items.length + urgent.length + own.length === 0 && !next && (
        <UnlessAsked>
          <NothingWaits rows={rows} />
        </UnlessAsked>
      )}
    </>
  )
}

const TodayScreen = () => {
  const network = useNetwork()
  const rows = useToday()
  const unsent = useUnsentThings()
  const { notes } = useNoted()
  const hasNews = useHasNews()
  const hasBeenHere = useNow() - (network?.createdAt ?? Number.POSITIVE_INFINITY) > weekMs
  return (
    <Screen
      title={t('nav.today')}
      heading={<Bdi>{network?.name || t('nav.today')}</Bdi>}
      under={<Sending />}
      first={{ place: 'today', isWhole: rows !== undefined && unsent !== undefined && notes !== undefined }}
    >
      <Ended />
      <NewRole />
      <RequestsLine />
      {rows && unsent && notes && (
        <Loaded
          rows={rows}
          unsent={unsent}
          notes={notes}
          told={
            <>
              {rows.first.length > 1 && <DuplicatesLine />}
              {hasNews && <TodayNews />}
              {hasBeenHere && <BackupLine />}
            </>
          }
        />
      )}
    </Screen>
  )
}

export default TodayScreen
