import { describe, expect, test } from 'vitest'
import { addNeedCommand } from '../../src/screens/need-form-value.ts'
import {
  answerChanges,
  categoryChanges,
  emptyVisit,
  firstLack,
  houseAnswer,
  lackAt,
  nextHouse,
  readVisitValue,
  sameHouse,
  stepAfter,
  stepBefore,
  stepOfFailure,
  type VisitStep,
  type VisitValue,
  visitSteps,
} from '../../src/screens/visit/visit-value.ts'

const answered: VisitValue = {
  ...emptyVisit(),
  category: 'winter',
  title: 'بطانيات',
  quantity: 4,
  area: 'شارع ١٢',
  contactName: 'أم عمر',
  address: 'الباب الأزرق',
  phone: '0770',
  ...answerChanges('all'),
  step: 'check',
}

describe('the questions of a visit', () => {
  test('follow each other to the last, and lead back to the first', () => {
    const ways: VisitStep[] = []
    for (let step: VisitStep | null = 'what'; step; step = stepAfter(step)) ways.push(step)
    expect(ways).toEqual(visitSteps)
    expect(stepBefore('what')).toBe(null)
    expect(stepBefore('check')).toBe('agree')
  })

  test('can be left unanswered, except what is missing and whether the house agrees', () => {
    const silent = emptyVisit()
    expect(visitSteps.filter((step) => lackAt(step, silent) !== null)).toEqual(['what', 'agree'])
    expect(firstLack(silent)).toBe('what')
    expect(firstLack({ ...silent, category: 'water' })).toBe('agree')
    expect(firstLack(answered)).toBe(null)
  })

  test('hold every field that a command can complain about, and nothing else leads away', () => {
    expect(stepOfFailure({ code: 'invalid', field: 'contact.phone', rule: 'format' })).toBe('where')
    expect(stepOfFailure({ code: 'invalid', field: 'title', rule: 'tooLong' })).toBe('say')
    expect(stepOfFailure({ code: 'diskFull' })).toBe(null)
  })
})

describe('the answer of a house', () => {
  test('is none before it was asked, and says who sees the need', () => {
    expect(houseAnswer(emptyVisit())).toBe(null)
    for (const answer of ['all', 'few', 'no'] as const)
      expect(houseAnswer({ ...emptyVisit(), ...answerChanges(answer) })).toBe(answer)
  })

  test('no takes a yes back', () => {
    const refused = { ...answered, ...answerChanges('no') }
    expect(refused.consent).toBe(false)
    expect(firstLack(refused)).toBe('agree')
  })

  test('for few alone stays so whatever the need is called afterwards', () => {
    const few = { ...answered, ...answerChanges('few') }
    expect(categoryChanges(few, { category: 'water', confidential: false }).confidential).toBe(true)
    expect(categoryChanges(answered, { category: 'mental', confidential: true }).confidential).toBe(true)
  })
})

describe('the need of a visit', () => {
  test('is written by the command of the ordinary form, for another who agreed', () => {
    const command = addNeedCommand(answered)
    expect(command).toMatchObject({
      type: 'need.add',
      category: 'winter',
      quantity: 4,
      forWhom: 'other',
      consent: true,
      confidential: false,
      contact: { name: 'أم عمر', reach: 'approved' },
    })
    for (const own of ['step', 'isSaved', 'isRefused']) expect(command).not.toHaveProperty(own)
  })

  test('leaves the street to the next house, and neither door nor yes', () => {
    expect(nextHouse(answered)).toEqual({ ...emptyVisit(), area: 'شارع ١٢' })
  })

  test('leaves street and door to another need of the same house, which is asked again', () => {
    const { contactName, address, phone } = answered
    expect(sameHouse(answered)).toEqual({ ...emptyVisit(), area: 'شارع ١٢', contactName, address, phone })
  })

  test('is read from a draft of another version as far as it is known', () => {
    const kept = { ...answered, step: 'photo', category: 'rain' } as unknown as VisitValue
    expect(readVisitValue(kept)).toMatchObject({ step: 'what', category: null, title: 'بطانيات' })
  })
})
