/** What my claim on this need means now, in words; what is only on this phone is never said to be won. */

import { Card } from '../../components/card.tsx'
import { Icon, type IconName } from '../../components/icon.tsx'
import { formatDay, formatTime, gapWords } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { claimLifetimeMs } from '../../records/claim/claim-order.ts'
import type { MyClaim, MyClaimState } from '../claim-view.ts'
import type { Names } from '../names.ts'
import type { NeedPage } from './need-page.ts'

const icons: Readonly<Record<MyClaimState, IconName>> = {
  local: 'waiting',
  mine: 'take',
  reserve: 'hourglass',
  turn: 'take',
  soon: 'hourglass',
  expired: 'clock',
  done: 'check',
  arrived: 'delivered',
  missed: 'info',
}

/** `total`: how much the whole need is. */
const headline = ({ state, leftMs, covers }: MyClaim, total: number): string => {
  switch (state) {
    case 'local':
      return t('claim.local')
    case 'mine':
      return covers < total ? t('claim.yoursPart', { done: covers, total }) : t('claim.yours')
    case 'reserve':
      return t('claim.reserve')
    case 'turn':
      return t('claim.turn')
    case 'soon':
      return t('claim.soon', { gap: gapWords(leftMs) })
    case 'expired':
      return t('claim.expired')
    case 'done':
      return t('claim.over')
    case 'arrived':
      return t('state.confirmed')
    case 'missed':
      return t('claim.released')
  }
}

const beforeWords = ({ claim, before }: MyClaim, names: Names): string => {
  if (!before) return ''
  const name = names.nameOf(before.creator)
  const ahead = claim.takenAt - before.takenAt
  // who has become firm may have come later by the clock
  return ahead > 0 ? t('claim.before', { name, gap: gapWords(ahead) }) : t('claim.beforeFirm', { name })
}

/** What follows from it, line by line. */
const underlines = (mine: MyClaim, names: Names): string[] => {
  if (mine.state === 'reserve') return [beforeWords(mine, names), t('claim.reserveWhy')]
  if (mine.state === 'expired') return [t('claim.expiredWhy')]
  if (mine.state !== 'mine') return []
  const until = mine.claim.stateAt + claimLifetimeMs
  const term = t('claim.until', { date: formatDay(until), time: formatTime(until) })
  // he offered more than was still free when it arrived
  return mine.covers < mine.claim.amount ? [t('claim.rest'), term] : [term]
}

export const MyClaimCard = ({ page: { mine, names, view, isOpen } }: { page: NeedPage }) => {
  if (!mine || !isOpen) return null
  const calm = mine.state === 'mine' || mine.state === 'done' || mine.state === 'turn'
  return (
    <Card as="section" tone={calm ? 'act' : 'wait'}>
      <h2 class="card-head">
        <Icon name={icons[mine.state]} />
        <span>{headline(mine, view.need.quantity)}</span>
      </h2>
      {underlines(mine, names).map((words) => words !== '' && <p key={words}>{words}</p>)}
    </Card>
  )
}
