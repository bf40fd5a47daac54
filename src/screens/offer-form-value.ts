/** What the form of an offer holds, and the command that it becomes. */

import type { Failure } from '../i18n/error-words.ts'
import type { Category } from '../records/categories.ts'
import type { RecordCommand } from '../records/commands.ts'
import type { OfferInput, OfferRow, OfferSchedule } from '../records/offer/offer.ts'
import type { OfferView } from '../records/offer/queries.ts'
import { type ContactValue, contactInput, contactValue, realChanges } from './contact-value.ts'

export interface OfferValue extends ContactValue {
  kind: OfferRow['kind']
  /** the kind of need that it is for; null where that is not said */
  category: Category | null
  title: string
  details: string
  when: 'standing' | 'dated'
  /** 0 Sunday … 6 Saturday; none stands for all: who names no day means any */
  days: readonly number[]
  /** YYYY-MM-DD, or '' */
  date: string
  /** HH:MM, or '' */
  from: string
  to: string
  limited: boolean
  quantity: number
  unit: string
  area: string
  /** '' for no length */
  minutes: string
  remote: boolean
}

const everyDay = [0, 1, 2, 3, 4, 5, 6]

export const emptyOffer = (): OfferValue => ({
  kind: 'time',
  category: null,
  title: '',
  details: '',
  when: 'standing',
  days: [],
  date: '',
  from: '16:00',
  to: '19:00',
  limited: false,
  quantity: 1,
  unit: '',
  area: '',
  minutes: '',
  remote: false,
  ...contactValue(undefined, 'members'),
})

const twoDigits = (value: number): string => String(value).padStart(2, '0')
const dateOf = (at: Date): string =>
  `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
const clockOf = (at: Date): string => `${twoDigits(at.getHours())}:${twoDigits(at.getMinutes())}`

/** Today on this phone, as a date field wants it. */
export const dateOfToday = (nowMs: number): string => dateOf(new Date(nowMs))

const scheduleValue = (
  schedule: OfferSchedule,
): Pick<OfferValue, 'when' | 'days' | 'date' | 'from' | 'to'> => {
  if (schedule.type === 'standing') {
    const days = schedule.days.length === everyDay.length ? [] : schedule.days
    return { when: 'standing', days, date: '', from: schedule.from, to: schedule.to }
  }
  const from = new Date(schedule.from)
  return {
    when: 'dated',
    days: [],
    date: dateOf(from),
    from: clockOf(from),
    to: clockOf(new Date(schedule.to)),
  }
}

export const offerValue = ({ offer, contact }: OfferView): OfferValue => ({
  kind: offer.kind,
  category: offer.category,
  title: offer.title,
  details: offer.details,
  ...scheduleValue(offer.schedule),
  limited: offer.quantity !== null,
  quantity: offer.quantity ?? 1,
  unit: offer.unit,
  area: offer.area,
  minutes: offer.minutes === null ? '' : String(offer.minutes),
  remote: offer.remote,
  ...contactValue(contact, 'members'),
})

const dayMs = 24 * 3600 * 1000

/** Null where something is missing. An end before the beginning is on the next day. */
export const scheduleOf = (
  value: Pick<OfferValue, 'when' | 'days' | 'date' | 'from' | 'to'>,
): OfferSchedule | null => {
  const { when, days, date, from, to } = value
  if (from === '' || to === '') return null
  if (when === 'standing')
    return { type: 'standing', days: days.length === 0 ? everyDay : [...days], from, to }
  const start = new Date(`${date}T${from}`).getTime()
  const end = new Date(`${date}T${to}`).getTime()
  if (Number.isNaN(start) || Number.isNaN(end)) return null
  return { type: 'dated', from: start, to: end > start ? end : end + dayMs }
}

/** What is missing, as a failure of the form; null when all is there. */
export const scheduleLack = (value: OfferValue): Failure | null =>
  scheduleOf(value) ? null : { code: 'invalid', field: 'schedule', rule: 'required' }

/** Things are counted; hours and skills are not. */
export const isCounted = (kind: OfferRow['kind']): boolean => kind !== 'time' && kind !== 'skill'
/** Only these can be given by phone or internet. */
export const canBeRemote = (kind: OfferRow['kind']): boolean => kind === 'time' || kind === 'skill'

const offerInput = (value: OfferValue, schedule: OfferSchedule): OfferInput => {
  const counted = isCounted(value.kind) && value.limited
  return {
    kind: value.kind,
    // a draft of an older version says nothing of it
    category: value.category ?? null,
    title: value.title,
    details: value.details,
    schedule,
    quantity: counted ? value.quantity : null,
    unit: counted ? value.unit : '',
    area: value.area,
    minutes: value.minutes === '' ? null : value.minutes,
    remote: canBeRemote(value.kind) && value.remote,
  }
}

/** Null where date or hours are missing. */
export const addOfferCommand = (value: OfferValue): RecordCommand | null => {
  const schedule = scheduleOf(value)
  const contact = contactInput(value, value.reach)
  return schedule && { type: 'offer.add', ...offerInput(value, schedule), ...(contact && { contact }) }
}

/** An offer has one author, who alone changes it: the engine leaves out what did not change. */
export const editOfferCommand = (view: OfferView, value: OfferValue): RecordCommand | null => {
  const schedule = scheduleOf(value)
  if (!schedule) return null
  const contact = contactInput(
    realChanges<ContactValue>(value, contactValue(view.contact, 'members')),
    value.reach,
  )
  const changes = offerInput(value, schedule)
  return { type: 'offer.edit', id: view.offer.id, changes, ...(contact && { contact }) }
}

/** Names under which a command complains about fields that this form shows. */
export const offerFieldNames = [
  'title',
  'details',
  'schedule',
  'schedule.days',
  'schedule.from',
  'schedule.to',
  'quantity',
  'unit',
  'area',
  'contact.name',
  'contact.address',
  'contact.phone',
] as const
