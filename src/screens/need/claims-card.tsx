/** Who takes a need, in their order: those who cover it, those in reserve, and whose time ran out. */

import { Bdi } from '../../components/bdi.tsx'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { Icon, type IconName } from '../../components/icon.tsx'
import { Meter } from '../../components/meter.tsx'
import { showToast } from '../../components/toast.tsx'
import type { CommandRunner } from '../../hooks/use-command.ts'
import { gapWords, timeAgo } from '../../i18n/time.ts'
import { isolated, t } from '../../i18n/translate.ts'
import type { ClaimRow } from '../../records/claim/claim.ts'
import { type ClaimPlace, claimReminderMs } from '../../records/claim/claim-order.ts'
import { canGive } from '../contact-sight.ts'
import type { NeedPage } from './need-page.ts'

const placeIcon = ({ claim, place, expired }: ClaimPlace): IconName => {
  if (expired) return 'clock'
  if (place === 'missed') return 'info'
  if (claim.state === 'done') return claim.word ? 'delivered' : 'check'
  if (place === 'reserve' || place === 'asked') return 'hourglass'
  return claim.state === 'onWay' ? 'onWay' : 'take'
}

/** Behind whom a reserve stands, and by how long he came later. */
const spareWords = (claim: ClaimRow, { view, names }: NeedPage): string => {
  const { places } = view.status
  const ahead = places[places.findIndex((place) => place.claim.id === claim.id) - 1]?.claim
  if (!ahead || ahead.state === 'done') return t('claim.spare')
  const gap = claim.takenAt - ahead.takenAt
  // «أنا» cannot stand after «بعد»
  if (ahead.creator === names.me)
    return gap > 0 ? t('order.spareGapMe', { gap: gapWords(gap) }) : t('order.spareAfterMe')
  const name = names.nameOf(ahead.creator)
  return gap > 0 ? t('order.spareGap', { name, gap: gapWords(gap) }) : t('order.spareAfter', { name })
}

const doneWords = ({ word, stateAt }: ClaimRow, { names, now }: NeedPage): string => {
  if (!word) return t('claim.brought', { ago: timeAgo(stateAt, now) })
  if (!word.received) return t('confirm.notYet')
  return word.by === names.me ? t('confirm.byMe') : t('confirm.by', { name: names.nameOf(word.by) })
}

const placeWords = ({ claim, place, expired }: ClaimPlace, page: NeedPage): string => {
  if (expired) return t('claim.ranOut')
  const ago = timeAgo(claim.stateAt, page.now)
  if (claim.state === 'done') return doneWords(claim, page)
  if (page.unsent.has(claim.id)) return t('state.local')
  if (place === 'asked') return t('order.asked')
  if (place === 'reserve') return spareWords(claim, page)
  return claim.state === 'onWay' ? t('claim.moving', { ago }) : t('claim.promised', { ago })
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
  const isStalled = isPromise && now - claim.stateAt >= claimReminderMs
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
