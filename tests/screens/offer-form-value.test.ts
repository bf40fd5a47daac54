import { describe, expect, test } from 'vitest'
import type { OfferRow } from '../../src/records/offer/offer.ts'
import type { OfferView } from '../../src/records/offer/queries.ts'
import {
  addOfferCommand,
  editOfferCommand,
  emptyOffer,
  offerValue,
  scheduleLack,
  scheduleOf,
} from '../../src/screens/offer-form-value.ts'

const dated = { ...emptyOffer(), when: 'dated' as const, date: '2026-11-27', from: '14:00', to: '16:00' }

describe('when an offer stands', () => {
  test('is any day for who names none, and its hours are needed', () => {
    expect(emptyOffer().days).toEqual([])
    expect(scheduleOf(emptyOffer())).toMatchObject({ type: 'standing', days: [0, 1, 2, 3, 4, 5, 6] })
    expect(scheduleOf({ ...emptyOffer(), days: [5] })).toMatchObject({ days: [5] })
    expect(scheduleLack({ ...emptyOffer(), from: '' })).toMatchObject({ field: 'schedule' })
  })

  test('needs a date and both hours when it is for once', () => {
    expect(scheduleOf({ ...dated, date: '' })).toBeNull()
    expect(scheduleOf({ ...dated, to: '' })).toBeNull()
    expect(scheduleOf(dated)).toEqual({
      type: 'dated',
      from: new Date('2026-11-27T14:00').getTime(),
      to: new Date('2026-11-27T16:00').getTime(),
    })
  })

  test('ends on the next day when the end is before the beginning', () => {
    expect(scheduleOf({ ...dated, from: '22:00', to: '02:00' })).toMatchObject({
      to: new Date('2026-11-28T02:00').getTime(),
    })
  })
})

describe('the form of an offer', () => {
  test('is no command while hours are missing', () => {
    expect(addOfferCommand({ ...emptyOffer(), to: '' })).toBeNull()
  })

  test('counts things and not hours', () => {
    const limited = { ...emptyOffer(), limited: true, quantity: 6, unit: 'أكياس' }
    expect(addOfferCommand({ ...limited, kind: 'goods' })).toMatchObject({ quantity: 6, unit: 'أكياس' })
    expect(addOfferCommand({ ...limited, kind: 'time' })).toMatchObject({ quantity: null, unit: '' })
  })

  test('what must be brought is not given from afar', () => {
    expect(addOfferCommand({ ...emptyOffer(), kind: 'goods', remote: true })).toMatchObject({ remote: false })
    expect(addOfferCommand({ ...emptyOffer(), kind: 'skill', remote: true })).toMatchObject({ remote: true })
  })

  test('shows an offer as it was written, and writes it back the same', () => {
    const command = addOfferCommand({ ...dated, kind: 'goods', limited: true, quantity: 6, title: 'خبز' })
    const offer = { id: 'offer', ...command } as unknown as OfferRow
    const view: OfferView = {
      offer,
      state: 'open',
      contact: { exists: false, row: undefined, isConfidential: false, grants: [] },
    }
    const edited = editOfferCommand(view, offerValue({ ...view, offer: { ...offer, minutes: null } }))
    expect(edited).toMatchObject({ changes: { title: 'خبز', quantity: 6, schedule: scheduleOf(dated) } })
  })
})
