/** What the paste screen keeps, and what it hands to the form: shared by the two so that a saved proposal is marked. */

import { areaKey } from '../i18n/fold.ts'
import type { Proposal } from '../records/need/reading/read-message.ts'
import { dateOf, emptyNeed, type NeedValue } from './need-form-value.ts'
import { emptyOffer, type OfferValue } from './offer-form-value.ts'

export interface Pasted {
  /** what stands in the field */
  text: string
  /** what the proposals were read from; '' before the first reading */
  read: string
  /** proposals, by their place, that were saved, each with its record */
  saved: Readonly<Record<number, string>>
  /** proposals that somebody left out */
  left: readonly number[]
  /** the proposal that is in the form */
  open: number
}

export const pastedKey = 'paste'
export const pastedFormKey = 'need.pasted'
export const pastedOfferKey = 'offer.pasted'
/** Draft of the need that shared files began. */
export const sharedFormKey = 'need.shared'
export const noPasted: Pasted = { text: '', read: '', saved: {}, left: [], open: 0 }

/** Whether some of it waits for a person: a proposal neither saved nor left out, or words that were not read. */
export const isUnfinished = ({ text, read, saved, left }: Pasted, proposals: number): boolean =>
  text.trim() !== read ||
  Array.from({ length: proposals }, (_, i) => i).some((i) => !saved[i] && !left.includes(i))

/** The network's own spelling of a place, where it has one. */
const knownSpelling = (area: string, areas: readonly string[]): string => {
  const key = areaKey(area)
  return key === '' ? area : (areas.find((known) => areaKey(known) === key) ?? area)
}

/** The next such day, today among them, as a date field wants it; '' for none. */
const dateOfDay = (day: number | null, nowMs: number): string => {
  if (day === null) return ''
  const at = new Date(nowMs)
  at.setDate(at.getDate() + ((day - at.getDay() + 7) % 7))
  return dateOf(at.getTime())
}

export const needFromProposal = (proposal: Proposal, areas: readonly string[], nowMs: number): NeedValue => ({
  ...emptyNeed(),
  category: proposal.category,
  confidential: proposal.category === 'mental',
  title: proposal.title,
  urgency: proposal.urgency,
  due: dateOfDay(proposal.day, nowMs),
  quantity: proposal.quantity,
  unit: proposal.unit,
  area: knownSpelling(proposal.area, areas),
  // whoever wrote it has agreed to nothing by writing
  forWhom: 'other',
  original: proposal.original,
  phone: proposal.phone,
  contactName: proposal.contactName,
})

export const offerFromProposal = (proposal: Proposal, areas: readonly string[]): OfferValue => ({
  ...emptyOffer(),
  title: proposal.title,
  area: knownSpelling(proposal.area, areas),
  phone: proposal.phone,
  contactName: proposal.contactName,
})
