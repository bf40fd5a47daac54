/** What my claim on this need means now, in words; what is only on this phone is never said to be won. */

import { Card } from '../../components/card.tsx'
import { Icon, type IconName } from '../../components/icon.tsx'
import { formatDay, formatTime, gapWords } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { ClaimRow } from '../../records/claim/claim.ts'
import { lifetimeOf } from '../../records/claim/claim-order.ts'
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
      return t('confirm.missedMine')
  }
}

const beforeWords = ({ claim, before }: MyClaim, names: Names): string => {
  if (!before) return ''
  const name = names.nameOf(before.creator)
  const ahead = claim.takenAt - before.takenAt
  // who has become firm may have come later by the clock
  return ahead > 0 ? t('claim.before', { name, gap: gapWords(ahead) }) : t('claim.beforeFirm', { name })
}

/** Who offered the same and came later: the first reads it as well, so that both phones tell one story. */
const afterWords = ({ claim, after }: MyClaim, names: Names): string => {
  if (!after) return ''
  const name = names.nameOf(after.creator)
  const behind = after.takenAt - claim.takenAt
  return behind > 0 ? t('order.afterYou', { name, gap: gapWords(behind) }) : t('order.afterYouFirm', { name })
}

const wordOf = ({ word }: ClaimRow, names: Names): string => {
  if (!word) return ''
  const name = names.nameOf(word.by)
  return word.thanks === '' ? t('confirm.by', { name }) : t('confirm.quote', { name, words: word.thanks })
}

const coverLines = (mine: MyClaim, names: Names): string[] => {
  const until = mine.claim.stateAt + lifetimeOf(mine.claim)
  return [
    // he offered more than was still free when it arrived
    mine.covers < mine.claim.amount ? t('claim.rest') : '',
    t('claim.until', { date: formatDay(until), time: formatTime(until) }),
    afterWords(mine, names),
  ]
}

/** What follows from it, line by line; `saidNo`: he has put the question of his turn aside. */
const underlines = (mine: MyClaim, names: Names, saidNo: boolean): string[] => {
  switch (mine.state) {
    case 'mine':
      return coverLines(mine, names)
    case 'reserve':
      return [beforeWords(mine, names), t('claim.reserveWhy')]
    case 'turn':
      return [t(saidNo ? 'order.saidNo' : 'order.noUnseen')]
    case 'expired':
      return [t('claim.expiredWhy')]
    case 'done':
      return [t('confirm.waits')]
    case 'arrived':
      return [wordOf(mine.claim, names)]
    case 'missed':
      return [t('confirm.missedWhy')]
    default:
      return []
  }
}

const calm: readonly MyClaimState[] = ['mine', 'done', 'turn', 'arrived']

export const MyClaimCard = ({ page }: { page: NeedPage }) => {
  const { mine, names, view, isOpen, isSaid, saidNo } = page
  if (!mine || (!isOpen && !isSaid)) return null
  return (
    <Card as="section" tone={calm.includes(mine.state) ? 'act' : 'wait'}>
      <h2 class="card-head">
        <Icon name={icons[mine.state]} />
        <span>{headline(mine, view.need.quantity)}</span>
      </h2>
      {underlines(mine, names, saidNo).map((words) => words !== '' && <p key={words}>{words}</p>)}
    </Card>
  )
}
