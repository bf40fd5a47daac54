/** One need: everything about it, who takes it, and what this person can do. */

import '../../components/styles/records.css'
import '../../components/styles/details.css'
import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Badge } from '../../components/badge.tsx'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useNeed } from '../../hooks/use-need.ts'
import { useMe, useNetwork } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useMayWrite } from '../../hooks/use-status.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { errorWords, fieldError } from '../../i18n/error-words.ts'
import { timeAgo } from '../../i18n/time.ts'
import { t, wordFor } from '../../i18n/translate.ts'
import type { NeedView } from '../../records/need/queries.ts'
import { myClaim } from '../claim-view.ts'
import { ConflictsCard } from '../conflicts-card.tsx'
import { ContactCard } from '../contact-card.tsx'
import { canGive, contactSight } from '../contact-sight.ts'
import { type Names, useNames } from '../names.ts'
import { categoryIcon, needTitle, urgencyTone } from '../need-words.ts'
import { share } from '../share.ts'
import { CancelDialog } from './cancel-dialog.tsx'
import { ClaimsCard } from './claims-card.tsx'
import { MyClaimCard } from './my-claim-card.tsx'
import { hasActions, NeedActions } from './need-actions.tsx'
import { conflictLines } from './need-conflicts.ts'
import { NeedFacts } from './need-facts.tsx'
import { needMessage } from './need-message.ts'

const Gone = () => (
  <Screen title={t('type.need')} back="/board">
    <EmptyState
      drawing="notebook"
      title={t('need.gone')}
      action={<Button href="/board">{t('today.seeBoard')}</Button>}
    >
      {t('need.goneWhy')}
    </EmptyState>
  </Screen>
)

const Under = ({ view, names, isUnsent }: { view: NeedView; names: Names; isUnsent: boolean }) => {
  const { need } = view
  const isMine = need.creator === names.me
  const from = isMine ? t('need.fromMe') : t('need.from', { name: names.nameOf(need.creator) })
  return (
    <>
      <p class="soft">
        {from} · {timeAgo(need.createdAt, useNow())}
      </p>
      {isMine && <StateMark state={isUnsent ? 'local' : 'delivered'} />}
    </>
  )
}

const Closing = ({ view }: { view: NeedView }) => {
  if (view.status.state === 'done') {
    return (
      <StatusLine icon="check" tone="act">
        {t('need.finished')} · {t('need.finishedWhy')}
      </StatusLine>
    )
  }
  if (view.status.state !== 'cancelled') return null
  const why = view.need.cancelReason
  return (
    <StatusLine icon="close">
      {why === '' ? t('state.cancelled') : t('need.cancelledWhy', { why })}
    </StatusLine>
  )
}

const Cancel = ({ view }: { view: NeedView }) => {
  const [asking, setAsking] = useState(false)
  const { run, busy, error } = useCommand()
  const names = useNames()
  const { id } = view.need
  const takers = view.status.places.filter(
    ({ claim, place, expired }) => place === 'covering' && !expired && claim.creator !== names.me,
  )
  const cancel = async (reason: string) => {
    const result = await run({ type: 'need.cancel', id, reason })
    if (!result.ok) return
    setAsking(false)
    showToast(t('need.cancelDone'))
  }
  return (
    <>
      <Button kind="danger" icon="close" onClick={() => setAsking(true)}>
        {t('act.cancelNeed')}
      </Button>
      <CancelDialog
        open={asking}
        takenBy={takers.map(({ claim }) => names.nameOf(claim.creator))}
        busy={busy}
        error={fieldError(error, 'reason') ?? (error ? errorWords(error) : undefined)}
        onClose={() => setAsking(false)}
        onCancel={(reason) => void cancel(reason)}
      />
    </>
  )
}

const Loaded = ({ view, unsent }: { view: NeedView; unsent: Unsent }) => {
  const { need, status, contact } = view
  const names = useNames()
  const now = useNow()
  const role = useMe()?.role
  const network = useNetwork()
  const runner = useCommand()
  const mine = myClaim(view, names.me, unsent, now)
  const isOpen = status.state === 'open' || status.state === 'covered'
  const isAuthor = need.creator === names.me
  const isCoordinator = role === 'coordinator'
  const mayWrite = useMayWrite()
  const mayEdit = mayWrite && (isAuthor || isCoordinator)
  const viewer = { me: names.me, isAuthor, isCoordinator, mine, isOpen, claims: view.claims }
  // who carries it needs the address before all else
  const isPromise = mine !== undefined && isOpen && mine.state !== 'expired' && mine.state !== 'done'
  const address = (isOpen || contact.exists) && (
    <ContactCard
      sight={contactSight(contact, viewer)}
      who={t('contact.who')}
      author={names.nameOf(need.creator)}
    />
  )
  const conflicts = conflictLines({
    need,
    names,
    mayEdit,
    categoryWord: (key) => wordFor('cat', key) ?? t('cat.other'),
    takeOther: (changes) => void runner.run({ type: 'need.edit', id: need.id, changes }),
  })
  const acts = hasActions(view, mine, names.me, mayWrite && role !== 'follower')
  return (
    <Screen
      title={needTitle(need)}
      back="/board"
      heading={
        <span class="record-heading">
          <Badge icon={categoryIcon(need.category)} tone={isOpen ? urgencyTone(need.urgency) : 'plain'} />
          <Bdi>{needTitle(need)}</Bdi>
        </span>
      }
      under={<Under view={view} names={names} isUnsent={unsent.has(need.id)} />}
      {...(acts ? { actions: <NeedActions view={view} mine={mine} runner={runner} /> } : {})}
    >
      <div class="columns">
        <div class="stack">
          <Closing view={view} />
          {mine && isOpen && <MyClaimCard mine={mine} names={names} total={need.quantity} />}
          {isPromise && address}
          {runner.error && (
            <StatusLine icon="warning" tone="urgent">
              {errorWords(runner.error)}
            </StatusLine>
          )}
          <NeedFacts need={need} isMine={isAuthor} isOpen={isOpen} />
          <ConflictsCard lines={conflicts} />
        </div>
        <div class="stack">
          {(isOpen || status.places.length > 0) && (
            <ClaimsCard
              view={view}
              names={names}
              unsent={unsent}
              now={now}
              canGive={(place) => canGive(contact, place, viewer)}
              runner={runner}
            />
          )}
          {!isPromise && address}
          <div class="acts">
            {isOpen && (
              <Button
                kind="quiet"
                icon="share"
                onClick={() => void share(needMessage(need, network?.name ?? ''))}
              >
                {t('act.share')}
              </Button>
            )}
            {isPromise && (
              <Button
                kind="quiet"
                icon="release"
                busy={runner.busy}
                onClick={() => void runner.run({ type: 'claim.release', id: mine.claim.id })}
              >
                {t('act.release')}
              </Button>
            )}
            {mayEdit && isOpen && (
              <Button kind="quiet" icon="edit" href={`/edit/need/${need.id}`}>
                {t('act.edit')}
              </Button>
            )}
            {mayEdit && isOpen && <Cancel view={view} />}
          </div>
        </div>
      </div>
    </Screen>
  )
}

const NeedScreen = () => {
  const { params } = useRoute()
  const view = useNeed(params.id ?? '')
  const unsent = useUnsentThings()
  if (view === undefined || unsent === undefined) return null
  return view === null ? <Gone /> : <Loaded view={view} unsent={unsent} />
}

export default NeedScreen
