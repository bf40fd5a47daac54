/** One offer: what, when, from whom, and how it is reached. */

import '../../components/styles/records.css'
import '../../components/styles/details.css'
import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { Badge } from '../../components/badge.tsx'
import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Screen } from '../../components/screen.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { StatusLine } from '../../components/status-line.tsx'
import { showToast } from '../../components/toast.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { useCommand } from '../../hooks/use-command.ts'
import { useIsHidden } from '../../hooks/use-hidings.ts'
import { useMe, useNetwork } from '../../hooks/use-network.ts'
import { useNow } from '../../hooks/use-now.ts'
import { useOffer } from '../../hooks/use-offer.ts'
import { useMayWrite } from '../../hooks/use-status.ts'
import { useUnsentThings } from '../../hooks/use-unsent-things.ts'
import { errorWords } from '../../i18n/error-words.ts'
import { timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { OfferRow } from '../../records/offer/offer.ts'
import type { OfferView } from '../../records/offer/queries.ts'
import { CategoryName } from '../category-name.tsx'
import { categoryIcon } from '../category-words.ts'
import { ContactCard } from '../contact-card.tsx'
import { offerContactSight } from '../contact-sight.ts'
import { Fact } from '../fact.tsx'
import { laterPart } from '../later-part.tsx'
import { useNames } from '../names.ts'
import { quantityWords } from '../need-words.ts'
import { effortWords, kindIcon, offerStateWords, offerTitle, scheduleWords } from '../offer-words.ts'
import { share } from '../share.ts'
import { HiddenCard, Judgement, ThingTalk } from '../thing-parts.ts'
import { offerMessage } from './offer-message.ts'

const OfferFits = laterPart(() => import('./offer-fits.tsx').then((parts) => parts.OfferFits))

const Gone = () => (
  <Screen title={t('type.offer')} back="/board">
    <EmptyState
      drawing="notebook"
      title={t('offer.gone')}
      action={<Button href="/board">{t('today.seeBoard')}</Button>}
    >
      {t('offer.goneWhy')}
    </EmptyState>
  </Screen>
)

/** Two coordinators decided so: a sentence stands in its place. */
const Hidden = ({ id }: { id: string }) => (
  <Screen title={t('type.offer')} back="/board">
    <HiddenCard id={id} />
  </Screen>
)

const Facts = ({ offer }: { offer: OfferRow }) => {
  const { days, hours } = scheduleWords(offer.schedule)
  const effort = effortWords(offer)
  const amount = offer.quantity === null ? '' : quantityWords({ quantity: offer.quantity, unit: offer.unit })
  return (
    <Card as="section">
      <ul class="facts">
        {offer.category && (
          <Fact icon={categoryIcon(offer.category)}>
            <CategoryName category={offer.category} />
          </Fact>
        )}
        <Fact icon="calendar">{days}</Fact>
        <Fact icon="clock">{hours}</Fact>
        {effort !== '' && <Fact icon="hourglass">{effort}</Fact>}
        {amount !== '' && <Fact icon="goods">{amount}</Fact>}
        {offer.area !== '' && (
          <Fact icon="place">
            <Bdi>{offer.area}</Bdi>
          </Fact>
        )}
      </ul>
      {offer.details !== '' && (
        <p class="told">
          <Bdi>{offer.details}</Bdi>
        </p>
      )}
    </Card>
  )
}

const End = ({ id }: { id: string }) => {
  const [asking, setAsking] = useState(false)
  const { run, busy, error } = useCommand()
  const end = async () => {
    const result = await run({ type: 'offer.end', id })
    if (!result.ok) return
    setAsking(false)
    showToast(t('offer.endDone'))
  }
  return (
    <>
      <Button kind="danger" icon="close" onClick={() => setAsking(true)}>
        {t('act.endOffer')}
      </Button>
      <Dialog
        open={asking}
        title={t('offer.endAsk')}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button kind="ghost" onClick={() => setAsking(false)}>
              {t('act.dismiss')}
            </Button>
            <Button kind="danger" busy={busy} onClick={() => void end()}>
              {t('act.endOffer')}
            </Button>
          </>
        }
      >
        <p>{error ? errorWords(error) : t('offer.endWhat')}</p>
      </Dialog>
    </>
  )
}

const Acts = ({ offer, isMine, isOpen }: { offer: OfferRow; isMine: boolean; isOpen: boolean }) => {
  const mayEdit = useMayWrite() && isMine
  const network = useNetwork()?.name ?? ''
  const isHidden = useIsHidden(offer) !== null
  return (
    <div class="acts">
      {isOpen && !isHidden && (
        <Button kind="quiet" icon="share" onClick={() => void share(offerMessage(offer, network))}>
          {t('act.share')}
        </Button>
      )}
      {mayEdit && (
        <Button kind="quiet" icon="edit" href={`/edit/offer/${offer.id}`}>
          {t('act.edit')}
        </Button>
      )}
      {mayEdit && isOpen && <End id={offer.id} />}
    </div>
  )
}

const Loaded = ({ view, unsent }: { view: OfferView; unsent: Unsent }) => {
  const { offer, state, contact } = view
  const names = useNames()
  const now = useNow()
  const isMine = offer.creator === names.me
  const role = useMe()?.role
  const isCoordinator = role === 'coordinator'
  const mayTalk = useMayWrite() && role !== 'follower'
  const hidden = useIsHidden(offer)
  const closed = offerStateWords(state)
  if (hidden === 'unread') return null
  if (hidden === 'hidden') return <Hidden id={offer.id} />
  const from = isMine ? t('offer.fromMe') : t('need.from', { name: names.nameOf(offer.creator) })
  return (
    <Screen
      title={offerTitle(offer)}
      back="/board"
      heading={
        <span class="record-heading">
          <Badge icon={kindIcon(offer.kind)} tone={state === 'open' ? 'act' : 'plain'} />
          <Bdi>{offerTitle(offer)}</Bdi>
        </span>
      }
      under={
        <>
          <p class="soft">
            {from} · {timeAgo(offer.createdAt, now)}
          </p>
          {isMine && <StateMark state={unsent.has(offer.id) ? 'local' : 'delivered'} />}
        </>
      }
    >
      <div class="columns">
        <div class="stack">
          {(isCoordinator || hidden) && <Judgement about={{ type: 'offer', ...offer }} />}
          {closed && <StatusLine icon="close">{closed}</StatusLine>}
          <Facts offer={offer} />
          {isMine && state === 'open' && <OfferFits offer={offer} />}
        </div>
        <div class="stack">
          <ContactCard
            sight={offerContactSight(contact, { isAuthor: isMine, isCoordinator, isOpen: state === 'open' })}
            who={t('contact.offerWho')}
            author={names.nameOf(offer.creator)}
          />
          <Acts offer={offer} isMine={isMine} isOpen={state === 'open'} />
          <ThingTalk about={{ type: 'offer', ...offer }} mayWrite={mayTalk} />
        </div>
      </div>
    </Screen>
  )
}

const OfferScreen = () => {
  const { params } = useRoute()
  const view = useOffer(params.id ?? '')
  const unsent = useUnsentThings()
  if (view === undefined || unsent === undefined) return null
  return view === null ? <Gone /> : <Loaded view={view} unsent={unsent} />
}

export default OfferScreen
