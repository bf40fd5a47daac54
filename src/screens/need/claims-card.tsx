/** Who takes a need, in their order: those who cover it, those in reserve, and whose time ran out. */

import { Bdi } from '../../components/bdi.tsx'
import { Card } from '../../components/card.tsx'
import { Icon, type IconName } from '../../components/icon.tsx'
import { Meter } from '../../components/meter.tsx'
import type { Unsent } from '../../hooks/unsent.ts'
import { timeAgo } from '../../i18n/time.ts'
import { isolated, t } from '../../i18n/translate.ts'
import type { ClaimPlace } from '../../records/claim/claim-order.ts'
import type { NeedView } from '../../records/need/queries.ts'
import type { Names } from '../names.ts'

interface ClaimsCardProps {
  view: NeedView
  names: Names
  unsent: Unsent
  now: number
}

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

const PlaceRow = ({ place, props }: { place: ClaimPlace; props: ClaimsCardProps }) => {
  const { view, names, unsent, now } = props
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
      </span>
    </li>
  )
}

export const ClaimsCard = (props: ClaimsCardProps) => {
  const { need, status } = props.view
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
            <PlaceRow key={place.claim.id} place={place} props={props} />
          ))}
        </ol>
      )}
    </Card>
  )
}
