/** What my claim on this need means now, in words; what is only on this phone is never said to be won. */

import { Card } from '../../components/card.tsx'
import { Icon, type IconName } from '../../components/icon.tsx'
import { formatDay, formatTime, gapWords } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import { claimLifetimeMs } from '../../records/claim/claim-order.ts'
import type { MyClaim, MyClaimState } from '../claim-view.ts'
import type { Names } from '../names.ts'

const icons: Readonly<Record<MyClaimState, IconName>> = {
  local: 'waiting',
  mine: 'take',
  reserve: 'hourglass',
  turn: 'take',
  soon: 'hourglass',
  expired: 'clock',
  done: 'delivered',
}

const headline = ({ state, leftMs }: MyClaim): string => {
  switch (state) {
    case 'local':
      return t('claim.local')
    case 'mine':
      return t('claim.yours')
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
  }
}

const beforeWords = ({ claim, before }: MyClaim, names: Names): string => {
  if (!before) return ''
  const name = names.nameOf(before.creator)
  const ahead = claim.takenAt - before.takenAt
  // who has become firm may have come later by the clock
  return ahead > 0 ? t('claim.before', { name, gap: gapWords(ahead) }) : t('claim.beforeFirm', { name })
}

const underline = (mine: MyClaim, names: Names): string => {
  if (mine.state === 'reserve') return beforeWords(mine, names)
  if (mine.state === 'expired') return t('claim.expiredWhy')
  if (mine.state !== 'mine') return ''
  const until = mine.claim.stateAt + claimLifetimeMs
  return t('claim.until', { date: formatDay(until), time: formatTime(until) })
}

export const MyClaimCard = ({ mine, names }: { mine: MyClaim; names: Names }) => {
  const calm = mine.state === 'mine' || mine.state === 'done' || mine.state === 'turn'
  const under = underline(mine, names)
  return (
    <Card as="section" tone={calm ? 'act' : 'wait'}>
      <h2 class="card-head">
        <Icon name={icons[mine.state]} />
        <span>{headline(mine)}</span>
      </h2>
      {under !== '' && <p>{under}</p>}
    </Card>
  )
}
