/** Whether somebody has time before a need is due: from the days and hours that he named. */

import type { NeedRow } from '../need/need.ts'
import type { OfferSchedule } from '../offer/offer.ts'

const hourMs = 3600 * 1000
const dayMs = 24 * hourMs

/** How long a need can wait that names no date. */
const waitMs: Readonly<Record<NeedRow['urgency'], number>> = {
  today: dayMs,
  week: 7 * dayMs,
  possible: 30 * dayMs,
}

/** Clock of the phone on the day `days` after the one of `nowMs`, ms since 1970. */
const momentOn = (nowMs: number, days: number, time: string): number => {
  const moment = new Date(nowMs)
  const [hours, minutes] = time.split(':').map(Number)
  moment.setDate(moment.getDate() + days)
  return moment.setHours(hours ?? 0, minutes ?? 0, 0, 0)
}

/** When somebody next has time, `nowMs` where that is now, `Infinity` where it is over. */
export const nextFreeMs = (schedule: OfferSchedule, nowMs: number): number => {
  if (schedule.type === 'dated') {
    return schedule.to <= nowMs ? Number.POSITIVE_INFINITY : Math.max(schedule.from, nowMs)
  }
  const { days, from, to } = schedule
  // from yesterday: its hours may go over midnight
  for (let ahead = -1; ahead <= 7; ahead++) {
    const start = momentOn(nowMs, ahead, from)
    if (!days.includes(new Date(start).getDay())) continue
    const end = momentOn(nowMs, from < to ? ahead : ahead + 1, to)
    if (end > nowMs) return Math.max(start, nowMs)
  }
  return Number.POSITIVE_INFINITY
}

/** Until when help is of use; what is overdue is wanted at once. */
export const deadlineOf = ({ urgency, dueAt }: Pick<NeedRow, 'urgency' | 'dueAt'>, nowMs: number): number =>
  dueAt === null ? nowMs + waitMs[urgency] : Math.max(dueAt, nowMs + dayMs)

/** The midnight that ends the day of `nowMs` where the phone is. */
export const endOfDayMs = (nowMs: number): number => momentOn(nowMs, 1, '00:00')
