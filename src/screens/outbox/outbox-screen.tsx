/** What has not left this phone yet: each thing in the words of whoever wrote it, and one button to try now. */

import { useState } from 'preact/hooks'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import type { IconName } from '../../components/icon.tsx'
import { List, ListRow } from '../../components/list-row.tsx'
import { Screen } from '../../components/screen.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { TimeAgo } from '../../components/time-ago.tsx'
import { showToast } from '../../components/toast.tsx'
import { useDoor } from '../../hooks/door.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useNow } from '../../hooks/use-now.ts'
import { type OutboxThing, useOutboxThings } from '../../hooks/use-outbox-things.ts'
import { useMayWrite, useStatus } from '../../hooks/use-status.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { timeAgo } from '../../i18n/time.ts'
import { t, wordFor } from '../../i18n/translate.ts'
import { categoryIcon, categoryWord } from '../category-words.ts'
import { ExchangeProgress } from '../exchange-progress.tsx'
import { ThingActs } from './thing-acts.tsx'

const icons: Readonly<Record<string, IconName>> = {
  need: 'board',
  offer: 'take',
  claim: 'check',
  contact: 'lock',
  grant: 'lock',
  profile: 'person',
  photo: 'photo',
  voice: 'mic',
  network: 'network',
}

const iconOf = ({ type, category }: OutboxThing): IconName =>
  type === 'need' && category !== '' ? categoryIcon(category) : (icons[type] ?? 'board')

/** A claim by its latest step. */
const stepWords = ({ type, state }: OutboxThing): string | undefined => {
  if (type !== 'claim') return undefined
  if (state === 'done') return t('act.done')
  if (state === 'onWay') return t('act.onWay')
  return state === 'released' ? t('claim.released') : undefined
}

interface ThingProps {
  thing: OutboxThing
  now: number
  sending: boolean
  /** it goes nowhere: this phone's place is over */
  stays: boolean
  /** what can be done with it is asked for */
  onAsk: () => void
}

const Thing = ({ thing, now, sending, stays, onAsk }: ThingProps) => {
  const kind =
    stepWords(thing) ?? wordFor('thing', thing.type) ?? wordFor('media', thing.type) ?? t('thing.other')
  const title = thing.title || (thing.category === '' ? undefined : categoryWord(thing.category))
  const isRefused = thing.refused && !stays
  const state = isRefused ? 'refused' : sending && !stays ? 'sending' : 'local'
  return (
    <ListRow
      icon={iconOf(thing)}
      tone={isRefused ? 'urgent' : 'wait'}
      {...(stays || thing.takeBack === null
        ? thing.href !== undefined && { href: thing.href }
        : { onClick: onAsk })}
      title={title === undefined ? kind : <Bdi>{title}</Bdi>}
      detail={
        <>
          {title !== undefined && `${kind} · `}
          <TimeAgo at={thing.savedAt} now={now} />
          <br />
          <StateMark state={state} reason={t('outbox.refusedWhy')} />
        </>
      }
    />
  )
}

export default function OutboxScreen() {
  const things = useOutboxThings()
  const status = useStatus()
  const now = useNow()
  const { run, busy } = useCommand()
  const door = useDoor()
  const stays = !useMayWrite()
  const [asked, setAsked] = useState<OutboxThing | null>(null)
  /** A try that changed nothing is answered too: else the button seems dead. The line above says why it did not. */
  const sendNow = async () => {
    const result = await run({ type: 'exchange.now' })
    if (!result.ok || door.status.peek().problem !== null) showToast(t('outbox.refusedWhy'), 'info')
  }
  /** For whoever waits for an answer: an open phone looks by itself only now and then. */
  const look = async () => {
    const result = await run({ type: 'exchange.now' })
    const { problem } = door.status.peek()
    if (problem !== null) showToast(t(`problem.${problem}`), 'info')
    else if (result.ok) showToast(t('outbox.looked'))
    else showToast(errorWords(result.error), 'info')
  }
  const sending = busy || status.exchange === 'running'
  return (
    <Screen title={t('outbox.title')} back="/network" backLabel={t('nav.network')}>
      <ExchangeProgress />
      {things?.length === 0 && (
        <EmptyState
          drawing="arrived"
          title={t('outbox.empty')}
          action={
            <Button kind="ghost" icon="refresh" busy={sending} onClick={() => void look()}>
              {t('outbox.look')}
            </Button>
          }
        >
          {status.lastExchangeAt !== null &&
            t('outbox.lastSent', { ago: timeAgo(status.lastExchangeAt, now) })}
        </EmptyState>
      )}
      {/* what leaves takes its row along: that all has left is heard */}
      <p class="only-heard" role="status">
        {things?.length === 0 && t('outbox.empty')}
      </p>
      {things && things.length > 0 && (
        <>
          <p>{t(stays ? 'outbox.stays' : 'outbox.lead')}</p>
          {status.problem !== null && !stays && (
            <StatusLine icon="info" tone={status.problem === 'offline' ? 'plain' : 'urgent'}>
              {t(`problem.${status.problem}`)}
            </StatusLine>
          )}
          <List label={t('outbox.title')}>
            {things.map((thing) => (
              <Thing
                key={thing.key}
                thing={thing}
                now={now}
                sending={sending}
                stays={stays}
                onAsk={() => setAsked(thing)}
              />
            ))}
          </List>
          <ThingActs thing={asked} onClose={() => setAsked(null)} />
          {!stays && (
            <Button icon="send" busy={sending} onClick={() => void sendNow()}>
              {sending ? t('state.sending') : t('act.sendNow')}
            </Button>
          )}
          {status.problem === 'offline' && (
            <Button kind="ghost" icon="scan" href="/neighbour">
              {t('network.neighbour')}
            </Button>
          )}
        </>
      )}
    </Screen>
  )
}
