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
import type { ClaimPlace } from '../../records/claim/claim-order.ts'
import { canGive } from '../contact-sight.ts'
import { type NeedPage, viewerOf } from './need-page.ts'

const placeIcon = ({ claim, place, expired }: ClaimPlace): IconName => {
  if (expired) return 'clock'
  if (claim.state === 'done') return 'delivered'
  if (place === 'reserve') return 'hourglass'
  return claim.state === 'onWay' ? 'onWay' : 'take'
}

const placeWords = ({ claim, place, expired }: ClaimPlace, isUnsent: boolean, now: number): string => {
  if (expired) return t('claim.ranOut')
  const ago = timeAgo(claim.stateAt, now)
  if (claim.state === 'done') return t('claim.brought', { ago })
  if (isUnsent) return t('state.local')
  if (place === 'reserve') return t('claim.spare')
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

const PlaceRow = ({ place, page }: { place: ClaimPlace; page: NeedPage }) => {
  const { view, names, unsent, now } = page
  const { claim } = place
  const apart = names.apartWords(claim.creator)
  const amount =
    view.need.quantity > 1 && place.covers > 0
      ? t('need.part', { done: place.covers, total: view.need.quantity })
      : ''
  return (
    <li class={`claim-row${place.expired || place.place === 'reserve' ? ' quiet' : ''}`}>
      <Icon name={placeIcon(place)} />
      <span class="claim-words">
        <span class="strong">
          <Bdi>{names.nameOf(claim.creator)}</Bdi>
          {amount !== '' && ` · ${amount}`}
        </span>
        {apart !== '' && <span class="soft">{apart}</span>}
        <span class="soft">{placeWords(place, unsent.has(claim.id), now)}</span>
        {claim.note !== '' && (
          <span class="soft">
            <Bdi>{claim.note}</Bdi>
          </span>
        )}
        {claim.acceptedAt !== null && (
          <span class="soft">{t('contact.givenAgo', { ago: timeAgo(claim.acceptedAt, now) })}</span>
        )}
        {canGive(view.contact, place, viewerOf(page)) && <Give place={place} runner={page.runner} />}
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
