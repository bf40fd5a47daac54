/** What one line of Today says under its title. */

import { gapWords, timeAgo } from '../../i18n/time.ts'
import { t } from '../../i18n/translate.ts'
import type { MyClaim } from '../claim-view.ts'
import type { Names } from '../names.ts'
import type { TodayItem } from './today-items.ts'

const carryWords = (total: number, { claim, covers }: MyClaim, now: number): string => {
  const ago = timeAgo(claim.takenAt, now)
  if (covers === total) return t('today.carry', { ago })
  return `${t('claim.yoursPart', { done: covers, total })} · ${ago}`
}

const claimWords = (item: TodayItem & { kind: 'claim' }, names: Names, now: number): string => {
  const { mine, seen } = item
  switch (mine.state) {
    case 'turn':
      return t('claim.turn')
    case 'soon':
      return t('claim.soon', { gap: gapWords(mine.leftMs) })
    case 'local':
      return t('claim.local')
    case 'expired':
      return t('claim.expired')
    default:
      if (item.awaitsAddress) return t('duty.waitsAddress', { name: names.nameOf(seen.need.creator) })
      return mine.claim.state === 'onWay'
        ? t('claim.moving', { ago: timeAgo(mine.claim.stateAt, now) })
        : carryWords(seen.need.quantity, mine, now)
  }
}

export const todayWords = (item: TodayItem, names: Names, now: number): string => {
  if (item.kind === 'claim') return claimWords(item, names, now)
  if (item.kind === 'asked') return t('ask.from', { name: names.nameOf(item.ask.creator) })
  const { claim } = item
  const name = names.nameOf(claim.creator)
  const word = claim.word && { name: names.nameOf(claim.word.by), words: claim.word.thanks }
  switch (item.kind) {
    case 'cancelled': {
      const why = item.seen.need.cancelReason
      return why === '' ? t('today.cancelled') : `${t('today.cancelled')} · ${why}`
    }
    case 'give':
      return t('today.give', { name })
    case 'confirm':
      return t('duty.confirm', { name, ago: timeAgo(claim.stateAt, now) })
    case 'arrived':
      if (!word) return t('state.confirmed')
      return word.words === '' ? t('confirm.by', word) : t('confirm.quote', word)
    case 'missed':
      return t('confirm.missedMine')
    case 'putBack':
      return t('duty.putBack')
    case 'stalled':
      return item.expired
        ? t('duty.ranOut', { name })
        : t('duty.stalled', { name, gap: gapWords(now - claim.stateAt) })
  }
}
