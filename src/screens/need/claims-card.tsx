/** Who takes a need, in their order: those who cover it, those in reserve, and whose time ran out. */

import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Icon, type IconName } from '../../components/icon.tsx'
import { Meter } from '../../components/meter.tsx'
import { showToast } from '../../components/toast.tsx'
import type { CommandRunner } from '../../hooks/use-command.ts'
import { timeAgo } from '../../i18n/time.ts'
import { isolated, t } from '../../i18n/translate.ts'
import type { ClaimRow } from '../../records/claim/claim.ts'
import { type ClaimPlace, reminderOf } from '../../records/claim/claim-order.ts'
import { canGive } from '../contact-sight.ts'
import type { NeedPage } from './need-page.ts'
import { placeWords } from './place-words.ts'

const placeIcon = ({ claim, place, expired }: ClaimPlace): IconName => {
  if (expired) return 'clock'
  if (place === 'missed') return 'info'
  if (claim.state === 'done') return claim.word ? 'delivered' : 'check'
  if (place === 'reserve' || place === 'asked') return 'hourglass'
  return claim.state === 'onWay' ? 'onWay' : 'take'
}

/** Giving the address accepts the claim: one tap, and it says so. */
const Give = ({ place, runner }: { place: ClaimPlace; runner: CommandRunner }) => {
  const give = async () => {
    const result = await runner.run({ type: 'contact.give', claimId: place.claim.id })
    if (result.ok) showToast(t('contact.given'))
  }
  return (
    <Button kind="ghost" icon="lock" busy={runner.busy} onClick={() => void give()}>
      {t('act.give')}
    </Button>
  )
}

/** For a coordinator: a promise that nobody hears of any more is open to others again. */
const Release = ({ claim, page: { runner, isOpen, isCoordinator, mayWrite, names, now } }: ReleaseProps) => {
  const isPromise = claim.state === 'taken' || claim.state === 'onWay'
  const isStalled = isPromise && now - claim.stateAt >= reminderOf(claim)
  if (!isCoordinator || !mayWrite || !isOpen || !isStalled || claim.creator === names.me) return null
  const release = async () => {
    if ((await runner.run({ type: 'claim.release', id: claim.id })).ok) showToast(t('claim.released'))
  }
  return (
    <Button kind="ghost" icon="release" busy={runner.busy} onClick={() => void release()}>
      {t('order.backToList')}
    </Button>
  )
}

interface ReleaseProps {
  claim: ClaimRow
  page: NeedPage
}

const PlaceRow = ({ place, page }: { place: ClaimPlace; page: NeedPage }) => {
  const { view, names, now } = page
  const { claim } = place
  const apart = names.apartWords(claim.creator)
  const amount =
    view.need.quantity > 1 && place.covers > 0
      ? t('need.part', { done: place.covers, total: view.need.quantity })
      : ''
  return (
    <li class={`claim-row${place.covers === 0 ? ' quiet' : ''}`}>
      <Icon name={placeIcon(place)} />
      <span class="claim-words">
        <span class="strong">
          <Bdi>{names.nameOf(claim.creator)}</Bdi>
          {amount !== '' && ` · ${amount}`}
        </span>
        {apart !== '' && <span class="soft">{apart}</span>}
        <span class="soft">{placeWords(place, page)}</span>
        {claim.word && claim.word.thanks !== '' && (
          <span>{t('confirm.quote', { name: names.nameOf(claim.word.by), words: claim.word.thanks })}</span>
        )}
        {claim.note !== '' && (
          <span class="soft">
            <Bdi>{claim.note}</Bdi>
          </span>
        )}
        {claim.acceptedAt !== null && (
          <span class="soft">{t('contact.givenAgo', { ago: timeAgo(claim.acceptedAt, now) })}</span>
        )}
        {canGive(view.contact, place, { ...page, me: names.me }) && (
          <Give place={place} runner={page.runner} />
        )}
        <Release claim={claim} page={page} />
      </span>
    </li>
  )
}

export const ClaimsCard = ({ page }: { page: NeedPage }) => {
  const { need, status } = page.view
  if (!page.isOpen && status.places.length === 0) return null
  const unit = need.unit === '' ? '' : ` · ${isolated(need.unit)}`
  const words = `${t('need.part', { done: status.covered, total: need.quantity })}${unit}`
  return (
    <Card as="section">
      <h2>{t('type.claim')}</h2>
      {need.quantity > 1 && status.covered > 0 && (
        <div class="progress">
          <Meter value={status.covered} max={need.quantity} label={words} />
          <p class="soft" aria-hidden="true">
            <Bdi>{words}</Bdi>
          </p>
        </div>
      )}
      {status.places.length === 0 && <p class="soft">{t('state.open')}</p>}
      {status.places.length > 0 && (
        <ol class="claim-rows">
          {status.places.map((place) => (
            <PlaceRow key={place.claim.id} place={place} page={page} />
          ))}
        </ol>
      )}
    </Card>
  )
}
