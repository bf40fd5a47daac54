/** What a home visit holds from one question to the next, and what must be answered. The need is that of the ordinary form. */

import type { Failure } from '../../i18n/error-words.ts'
import { emptyNeed, type NeedValue, nextNeed, readNeedValue, saysWhat } from '../need-form-value.ts'

/** One question each, in their order. */
export const visitSteps = ['what', 'say', 'when', 'amount', 'where', 'agree', 'check'] as const
export type VisitStep = (typeof visitSteps)[number]

/** Whether the people of the house agree to its being written, and who may see it then. */
export type HouseAnswer = 'all' | 'few' | 'no'

export interface VisitValue extends NeedValue {
  /** the question on the screen */
  step: VisitStep
  /** the house does not want it to be written */
  isRefused: boolean
  /** it is saved: what follows is another need of this house, the next house, or the end */
  isSaved: boolean
}

export const isVisitStep = (name: unknown): name is VisitStep =>
  (visitSteps as readonly unknown[]).includes(name)

/** Whoever holds the phone at a door writes for those who live behind it, and nothing is agreed before they were asked. */
const ofAnother = (need: NeedValue): VisitValue => ({
  ...need,
  forWhom: 'other',
  consent: false,
  confidential: false,
  step: 'what',
  isRefused: false,
  isSaved: false,
})

export const emptyVisit = (): VisitValue => ofAnother(emptyNeed())

/** The street stays; whom one meets there and what they agree to does not. */
export const nextHouse = (value: VisitValue): VisitValue => ofAnother(nextNeed(value))

/** Street and door stay. That it may be written is asked for each need. */
export const sameHouse = (value: VisitValue): VisitValue => {
  const { contactName, address, phone, reach } = value
  return { ...nextHouse(value), contactName, address, phone, reach }
}

/** A draft may come from another version of the app. */
export const readVisitValue = (kept: VisitValue): VisitValue => ({
  ...kept,
  ...readNeedValue(kept),
  step: isVisitStep(kept.step) ? kept.step : 'what',
})

/** null until they were asked. */
export const houseAnswer = ({ isRefused, consent, confidential }: VisitValue): HouseAnswer | null => {
  if (isRefused) return 'no'
  if (!consent) return null
  return confidential ? 'few' : 'all'
}

export const answerChanges = (answer: HouseAnswer): Partial<VisitValue> => ({
  consent: answer !== 'no',
  isRefused: answer === 'no',
  ...(answer !== 'no' && { confidential: answer === 'few' }),
})

/** Another category proposes who sees it; what was agreed for few alone stays so. */
export const categoryChanges = (value: VisitValue, changes: Partial<NeedValue>): Partial<NeedValue> =>
  value.consent && value.confidential ? { ...changes, confidential: true } : changes

/** Why a question cannot be left behind yet. */
export const lackAt = (step: VisitStep, value: VisitValue): Failure | null => {
  if (step === 'what' && !saysWhat(value)) return { code: 'invalid', field: 'category', rule: 'required' }
  if (step === 'agree' && !value.consent) return { code: 'invalid', field: 'consent', rule: 'required' }
  return null
}

export const firstLack = (value: VisitValue): VisitStep | null =>
  visitSteps.find((step) => lackAt(step, value) !== null) ?? null

const stepByField = new Map<string, VisitStep>([
  ['category', 'what'],
  ['title', 'say'],
  ['urgency', 'when'],
  ['quantity', 'amount'],
  ['area', 'where'],
  ['contact.name', 'where'],
  ['contact.address', 'where'],
  ['contact.phone', 'where'],
  ['consent', 'agree'],
])

/** Where the field stands that a command complained about; null when the whole is meant. */
export const stepOfFailure = ({ code, field }: Failure): VisitStep | null =>
  (code === 'invalid' && field !== undefined && stepByField.get(field)) || null

const beside = (step: VisitStep, by: number): VisitStep | null =>
  visitSteps[visitSteps.indexOf(step) + by] ?? null
/** null at the last one */
export const stepAfter = (step: VisitStep): VisitStep | null => beside(step, 1)
/** null at the first one */
export const stepBefore = (step: VisitStep): VisitStep | null => beside(step, -1)
