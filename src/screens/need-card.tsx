/** A need as one card of a list: what, how urgent, where, and how things stand with it. */

import '../components/styles/records.css'
import { Badge } from '../components/badge.tsx'
import { Bdi } from '../components/bdi.tsx'
import { Chip } from '../components/chip.tsx'
import { Icon } from '../components/icon.tsx'
import { lengthWords } from '../components/length-words.ts'
import { StateMark } from '../components/state-mark.tsx'
import { TimeAgo } from '../components/time-ago.tsx'
import type { Unsent } from '../hooks/unsent.ts'
import { useIsHidden } from '../hooks/use-hidings.ts'
import { t } from '../i18n/translate.ts'
import { isOver } from '../records/claim/claim-order.ts'
import type { NeedCard as Card } from '../records/need/queries.ts'
import { categoryIcon, heardCategory } from './category-words.ts'
import { HiddenRow } from './hidden-row.tsx'
import type { Names } from './names.ts'
import { needTitle, quantityWords, statusWords, urgencyTone } from './need-words.ts'

interface NeedCardProps {
  card: Card
  names: Names
  unsent: Unsent
  now: number
}

const Facts = ({ need, now }: { need: Card['need']; now: number }) => {
  const amount = quantityWords(need)
  return (
    <span class="meta">
      {need.area !== '' && (
        <span>
          <Icon name="place" size="small" />
          <Bdi>{need.area}</Bdi>
        </span>
      )}
      {amount !== '' && (
        <span>
          <Icon name="goods" size="small" />
          {amount}
        </span>
      )}
      {need.voice && (
        <span>
          <Icon name="mic" size="small" />
          <span class="only-heard">{t('board.voice')}</span>
          {lengthWords(need.voice.ms)}
        </span>
      )}
      {need.photos.length > 0 && (
        <span>
          <Icon name="photo" size="small" />
          {t('n.photos', { count: need.photos.length })}
        </span>
      )}
      <span>
        <Icon name="clock" size="small" />
        <TimeAgo at={need.createdAt} now={now} />
      </span>
    </span>
  )
}

export const NeedCard = ({ card, names, unsent, now }: NeedCardProps) => {
  const { need, status } = card
  const isClosed = isOver(status)
  const state = statusWords(card, names, unsent)
  const hidden = useIsHidden(need)
  if (hidden === 'unread') return null
  if (hidden === 'hidden') return <HiddenRow href={`/need/${need.id}`} />
  return (
    <li class="record">
      <a class={`card${isClosed ? ' closed' : ''}`} href={`/need/${need.id}`}>
        <span class="record-top">
          <Badge
            icon={categoryIcon(need.category)}
            tone={isClosed ? 'plain' : urgencyTone(need.urgency)}
            label={heardCategory(need)}
          />
          <span class="record-words">
            <span class="record-title">
              <Bdi>{needTitle(need)}</Bdi>
            </span>
            {(need.details || need.said) !== '' && (
              <span class="record-line" dir="auto">
                {need.details || need.said}
              </span>
            )}
            <Facts need={need} now={now} />
          </span>
        </span>
        <span class="chips">
          {!isClosed && need.urgency !== 'possible' && (
            <Chip tone={urgencyTone(need.urgency)}>{t(`when.${need.urgency}`)}</Chip>
          )}
          <Chip tone={state.tone} {...(state.icon ? { icon: state.icon } : {})}>
            {state.words}
          </Chip>
          {need.confidential && <Chip icon="lock">{t('contact.coordinatorsOnly')}</Chip>}
          {hidden && <Chip icon="shield">{t('state.hidden')}</Chip>}
        </span>
        {need.creator === names.me && <StateMark state={unsent.has(need.id) ? 'local' : 'delivered'} />}
      </a>
    </li>
  )
}
