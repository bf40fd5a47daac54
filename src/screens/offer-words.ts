/** An offer in words and drawings: its title, its kind, and when it stands. */

import type { IconName } from '../components/icon.tsx'
import { writeDigits } from '../i18n/digits.ts'
import { formatDay, formatTime, weekdayName } from '../i18n/time.ts'
import { digits, t } from '../i18n/translate.ts'
import { weekdays } from '../i18n/week.ts'
import type { OfferRow, OfferSchedule } from '../records/offer/offer.ts'
import type { OfferCard } from '../records/offer/queries.ts'

export const offerKinds = [
  'time',
  'skill',
  'goods',
  'transport',
  'place',
] as const satisfies readonly OfferRow['kind'][]

/** What was typed, else the kind's word. */
export const offerTitle = (offer: Pick<OfferRow, 'title' | 'kind'>): string =>
  offer.title === '' ? t(`offer.${offer.kind}`) : offer.title

const iconByKind: Readonly<Record<OfferRow['kind'], IconName>> = {
  time: 'time',
  skill: 'skill',
  goods: 'goods',
  transport: 'vehicle',
  place: 'space',
}

export const kindIcon = (kind: OfferRow['kind']): IconName => iconByKind[kind]

const separator = ' · '

const daysWords = (days: readonly number[]): string =>
  days.length === 7
    ? t('offer.everyDay')
    : weekdays()
        .filter((day) => days.includes(day))
        .map((day) => weekdayName(day))
        .join(separator)

const hoursWords = (from: string, to: string): string =>
  t('offer.hours', { from: writeDigits(from, digits.value), to: writeDigits(to, digits.value) })

const isSameDay = (oneMs: number, otherMs: number): boolean =>
  new Date(oneMs).toDateString() === new Date(otherMs).toDateString()

/** Days, and hours in a second line; a dated one that ends on another day says both days. */
export const scheduleWords = (schedule: OfferSchedule): { days: string; hours: string } => {
  if (schedule.type === 'standing') {
    return { days: daysWords(schedule.days), hours: hoursWords(schedule.from, schedule.to) }
  }
  const { from, to } = schedule
  const hours = t('offer.hours', { from: formatTime(from), to: formatTime(to) })
  return { days: isSameDay(from, to) ? formatDay(from) : `${formatDay(from)} – ${formatDay(to)}`, hours }
}

/** How long one time takes, and that it can be given from afar; '' where there is nothing to say. */
export const effortWords = ({ minutes, remote }: Pick<OfferRow, 'minutes' | 'remote'>): string =>
  [minutes === null ? '' : t('n.minutesAlone', { count: minutes }), remote ? t('offer.remote') : '']
    .filter((words) => words !== '')
    .join(separator)

export const offerStateWords = (state: OfferCard['state']): string | undefined => {
  if (state === 'open') return undefined
  return t(state === 'ended' ? 'offer.ended' : 'offer.past')
}
