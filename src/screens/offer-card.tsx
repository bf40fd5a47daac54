/** An offer as one card of a list: what, when, where, and from whom. */

import '../components/styles/records.css'
import { Badge } from '../components/badge.tsx'
import { Bdi } from '../components/bdi.tsx'
import { Chip } from '../components/chip.tsx'
import { Icon } from '../components/icon.tsx'
import { StateMark } from '../components/state-mark.tsx'
import type { Unsent } from '../hooks/unsent.ts'
import { useIsHidden } from '../hooks/use-hidings.ts'
import { t } from '../i18n/translate.ts'
import type { OfferCard as Card } from '../records/offer/queries.ts'
import { HiddenRow } from './hidden-row.tsx'
import type { Names } from './names.ts'
import { quantityWords } from './need-words.ts'
import { effortWords, kindIcon, offerStateWords, offerTitle, scheduleWords } from './offer-words.ts'

interface OfferCardProps {
  card: Card
  names: Names
  unsent: Unsent
}

const Facts = ({ offer, names }: { offer: Card['offer']; names: Names }) => (
  <span class="meta">
    {offer.area !== '' && (
      <span>
        <Icon name="place" size="small" />
        <Bdi>{offer.area}</Bdi>
      </span>
    )}
    <span>
      <Icon name="person" size="small" />
      <Bdi>{names.nameOf(offer.creator)}</Bdi>
    </span>
  </span>
)

export const OfferCard = ({ card, names, unsent }: OfferCardProps) => {
  const { offer, state } = card
  const hidden = useIsHidden(offer)
  if (hidden === 'unread') return null
  if (hidden === 'hidden') return <HiddenRow href={`/offer/${offer.id}`} />
  const { days, hours } = scheduleWords(offer.schedule)
  const stateWords = offerStateWords(state)
  const effort = effortWords(offer)
  const amount = quantityWords({
    quantity: offer.quantity ?? 1,
    unit: offer.quantity === null ? '' : offer.unit,
  })
  return (
    <li class="record">
      <a class={`card${state === 'open' ? '' : ' closed'}`} href={`/offer/${offer.id}`}>
        <span class="record-top">
          <Badge
            icon={kindIcon(offer.kind)}
            tone={state === 'open' ? 'act' : 'plain'}
            label={offer.title === '' ? undefined : t(`offer.${offer.kind}`)}
          />
          <span class="record-words">
            <span class="record-title">
              <Bdi>{offerTitle(offer)}</Bdi>
            </span>
            <span class="record-line whole">
              {days} · {hours}
            </span>
            <Facts offer={offer} names={names} />
          </span>
        </span>
        {(stateWords || effort !== '' || amount !== '' || hidden) && (
          <span class="chips">
            {stateWords && <Chip>{stateWords}</Chip>}
            {amount !== '' && <Chip tone="act">{amount}</Chip>}
            {effort !== '' && <Chip>{effort}</Chip>}
            {hidden && <Chip icon="shield">{t('state.hidden')}</Chip>}
          </span>
        )}
        {offer.creator === names.me && <StateMark state={unsent.has(offer.id) ? 'local' : 'delivered'} />}
      </a>
    </li>
  )
}
