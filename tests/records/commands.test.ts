import { describe, expect, test } from 'vitest'
import type { ClaimRow } from '../../src/records/claim/claim.ts'
import { claimLifetimeMs } from '../../src/records/claim/claim-order.ts'
import type { RecordCommand } from '../../src/records/commands.ts'
import type { ContactRow } from '../../src/records/contact/contact.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import type { OfferRow } from '../../src/records/offer/offer.ts'
import { decodeOperations, encodeOperations } from '../../src/records/operation-codec.ts'
import { createNotebook, deviceOf, idOf, membersWith } from '../support/notebook.ts'

const asker = deviceOf(1)
const coordinator = deviceOf(2)
const volunteer = deviceOf(3)
const follower = deviceOf(4)
const members = membersWith({
  [asker]: 'member',
  [coordinator]: 'coordinator',
  [volunteer]: 'member',
  [follower]: 'follower',
})
const now = 1_000_000_000
const openNotebook = (device = asker) => createNotebook(device, members)
const water: RecordCommand = { type: 'need.add', category: 'water' }

describe('a need', () => {
  test('is complete with its category alone', async () => {
    const phone = openNotebook()
    await phone.run(water, now)
    expect(phone.rows<NeedRow>('needs')).toMatchObject([
      { category: 'water', title: '', quantity: 1, urgency: 'possible', forWhom: 'self', createdAt: now },
    ])
  })

  test('takes Arabic and Persian digits and trims what was typed', async () => {
    const phone = openNotebook()
    await phone.run({ ...water, title: '  ماء للشرب ', quantity: '١٢', area: 'شارع ۱۲' }, now)
    expect(phone.rows<NeedRow>('needs')).toMatchObject([{ title: 'ماء للشرب', quantity: 12, areaKey: '12' }])
  })

  test.each<[object, object]>([
    [{ quantity: 0 }, { field: 'quantity', rule: 'tooSmall', limit: 1 }],
    [{ quantity: '١٠٠٠٠' }, { field: 'quantity', rule: 'tooLarge', limit: 9999 }],
    [{ quantity: 'كثير' }, { field: 'quantity', rule: 'format' }],
    [{ quantity: 1.5 }, { field: 'quantity', rule: 'format' }],
    [{ quantity: '' }, { field: 'quantity', rule: 'required' }],
    [{ title: 'م'.repeat(81) }, { field: 'title', rule: 'tooLong', limit: 80 }],
    [{ category: 'gold' }, { field: 'category', rule: 'format' }],
    [{ contact: { phone: 'هاتف' } }, { field: 'contact.phone', rule: 'format' }],
    [{ contact: { address: 'ب'.repeat(301) } }, { field: 'contact.address', rule: 'tooLong', limit: 300 }],
  ])('with %j is refused and nothing is written', async (typed, error) => {
    const phone = openNotebook()
    const result = await phone.run({ ...water, ...typed } as RecordCommand, now)
    expect(result).toEqual({ ok: false, error: { code: 'invalid', ...error } })
    expect(phone.operations).toEqual([])
  })

  test('of a follower is refused', async () => {
    expect(await openNotebook(follower).run(water, now)).toEqual({ ok: false, error: { code: 'notAllowed' } })
  })

  test('is written in operations that survive their bytes', async () => {
    const phone = openNotebook()
    const result = await phone.run({ ...water, contact: { name: 'أم علي' } }, now)
    const operations = result.ok ? result.value.drafts.map(({ operation }) => operation) : []
    expect(operations).toHaveLength(2)
    expect(decodeOperations(encodeOperations(operations))).toEqual({ ok: true, value: operations })
  })
})

describe('an edit', () => {
  test('writes only what changed, and nothing when nothing did', async () => {
    const phone = openNotebook()
    const id = idOf(await phone.run({ ...water, title: 'ماء', quantity: 2 }, now))
    const same = await phone.run({ type: 'need.edit', id, changes: { title: ' ماء', quantity: '٢' } }, now)
    expect(same).toMatchObject({ ok: true, value: { drafts: [] } })
    await phone.run({ type: 'need.edit', id, changes: { title: 'ماء', quantity: 3 } }, now + 1)
    expect(phone.operations.at(-1)).toMatchObject({ at: [1, now + 1], op: 'set', fields: { quantity: 3 } })
    expect(Object.keys(phone.operations.at(-1)?.fields ?? {})).toEqual(['quantity'])
  })

  test('can empty a field', async () => {
    const phone = openNotebook()
    const id = idOf(await phone.run({ ...water, title: 'ماء' }, now))
    await phone.run({ type: 'need.edit', id, changes: { title: '' } }, now)
    expect(phone.rows<NeedRow>('needs')).toMatchObject([{ title: '' }])
  })

  test('of another member is refused, of a coordinator counts', async () => {
    const phone = openNotebook()
    const id = idOf(await phone.run(water, now))
    const [other, head] = [openNotebook(volunteer), openNotebook(coordinator)]
    other.receive(phone)
    head.receive(phone)
    const edit: RecordCommand = { type: 'need.edit', id, changes: { title: 'ماء' } }
    expect(await other.run(edit, now)).toEqual({ ok: false, error: { code: 'notAllowed' } })
    expect((await head.run(edit, now)).ok).toBe(true)
    phone.receive(head)
    expect(phone.rows<NeedRow>('needs')).toMatchObject([{ title: 'ماء' }])
  })

  test('of what is not here is not found', async () => {
    const edit: RecordCommand = { type: 'need.edit', id: 'A'.repeat(22), changes: {} }
    expect(await openNotebook().run(edit, now)).toEqual({ ok: false, error: { code: 'notFound' } })
  })

  test('of an offer under the name of a need is not found', async () => {
    const phone = openNotebook()
    const id = idOf(await phone.run({ type: 'offer.add' }, now))
    expect(await phone.run({ type: 'need.cancel', id, reason: '' }, now)).toMatchObject({
      error: { code: 'notFound' },
    })
  })
})

test('cancelling keeps the reason, and cancelling again writes nothing', async () => {
  const phone = openNotebook()
  const id = idOf(await phone.run(water, now))
  await phone.run({ type: 'need.cancel', id, reason: ' وصلت من الجيران ' }, now)
  expect(phone.rows<NeedRow>('needs')).toMatchObject([{ cancelled: true, cancelReason: 'وصلت من الجيران' }])
  const again = await phone.run({ type: 'need.cancel', id, reason: 'وصلت من الجيران' }, now)
  expect(again).toMatchObject({ ok: true, value: { drafts: [] } })
  const long = await phone.run({ type: 'need.cancel', id, reason: 'س'.repeat(201) }, now)
  expect(long).toMatchObject({ error: { field: 'reason', rule: 'tooLong', limit: 200 } })
})

describe('a contact', () => {
  test('is a record of its own with a clean phone number', async () => {
    const phone = openNotebook()
    const id = idOf(await phone.run({ ...water, contact: { phone: '+٩٦٤ (٧٧٠) 123-45.67' } }, now))
    expect(phone.rows<ContactRow>('contacts')).toMatchObject([{ aboutId: id, phone: '+9647701234567' }])
    expect(JSON.stringify(phone.rows('needs'))).not.toContain('9647701234567')
  })

  test('that was left empty is not written, and can be added later and changed', async () => {
    const phone = openNotebook()
    const id = idOf(await phone.run({ ...water, contact: { name: '', phone: ' ' } }, now))
    expect(phone.operations).toHaveLength(1)
    await phone.run(
      { type: 'need.edit', id, changes: {}, contact: { name: 'أم علي', address: 'الدار ٣' } },
      now,
    )
    await phone.run({ type: 'need.edit', id, changes: {}, contact: { name: 'أم حسين' } }, now)
    expect(phone.rows<ContactRow>('contacts')).toMatchObject([{ name: 'أم حسين', address: 'الدار ٣' }])
    expect(phone.operations.at(-1)?.fields).toEqual({ name: 'أم حسين' })
  })

  test('of another person is not a coordinator’s to write', async () => {
    const phone = openNotebook()
    const id = idOf(await phone.run(water, now))
    const head = openNotebook(coordinator)
    head.receive(phone)
    const edit: RecordCommand = {
      type: 'need.edit',
      id,
      changes: { title: 'ماء' },
      contact: { name: 'غيرها' },
    }
    expect(await head.run(edit, now)).toEqual({ ok: false, error: { code: 'notAllowed' } })
  })
})

describe('an offer', () => {
  test('stands all week unless it says when', async () => {
    const phone = openNotebook()
    await phone.run({ type: 'offer.add', kind: 'transport', title: 'سيارة' }, now)
    expect(phone.rows<OfferRow>('offers')).toMatchObject([
      { kind: 'transport', quantity: null, minutes: null, ended: false, schedule: { type: 'standing' } },
    ])
  })

  test('keeps its hours in ASCII digits and its days sorted, each once', async () => {
    const phone = openNotebook()
    const schedule = { type: 'standing' as const, days: [5, 1, 5], from: '١٤:٠٠', to: '16:30' }
    await phone.run({ type: 'offer.add', schedule }, now)
    expect(phone.rows<OfferRow>('offers')[0]?.schedule).toEqual({
      type: 'standing',
      days: [1, 5],
      from: '14:00',
      to: '16:30',
    })
  })

  test.each<[object, object]>([
    [
      { type: 'standing', days: [], from: '08:00', to: '09:00' },
      { field: 'schedule.days', rule: 'required' },
    ],
    [
      { type: 'standing', days: [7], from: '08:00', to: '09:00' },
      { field: 'schedule.days', rule: 'tooLarge', limit: 6 },
    ],
    [
      { type: 'standing', days: [1], from: '24:00', to: '09:00' },
      { field: 'schedule.from', rule: 'format' },
    ],
    [
      { type: 'dated', from: 5, to: 5 },
      { field: 'schedule.to', rule: 'format' },
    ],
  ])('with the schedule %j is refused', async (schedule, error) => {
    const result = await openNotebook().run({ type: 'offer.add', schedule } as RecordCommand, now)
    expect(result).toEqual({ ok: false, error: { code: 'invalid', ...error } })
  })

  test('is ended by its maker, not by a coordinator', async () => {
    const phone = openNotebook()
    const id = idOf(await phone.run({ type: 'offer.add' }, now))
    const head = openNotebook(coordinator)
    head.receive(phone)
    expect(await head.run({ type: 'offer.end', id }, now)).toMatchObject({ error: { code: 'notAllowed' } })
    await phone.run({ type: 'offer.end', id }, now)
    expect(phone.rows<OfferRow>('offers')).toMatchObject([{ ended: true }])
  })
})

describe('a claim', () => {
  const taken = async () => {
    const phone = openNotebook()
    const needId = idOf(await phone.run({ ...water, quantity: 3 }, now))
    const helper = openNotebook(volunteer)
    helper.receive(phone)
    const id = idOf(await helper.run({ type: 'claim.take', needId, amount: '٢' }, now))
    return { phone, helper, needId, id }
  }
  const claimOf = (phone: ReturnType<typeof openNotebook>) => phone.rows<ClaimRow>('claims')[0]

  test('is taken once by a member for a need', async () => {
    const { helper, needId } = await taken()
    expect(claimOf(helper)).toMatchObject({ needId, amount: 2, state: 'taken', firmAt: null, takenAt: now })
    const again = await helper.run({ type: 'claim.take', needId, amount: 1 }, now)
    expect(again).toEqual({ ok: false, error: { code: 'alreadyTaken' } })
  })

  test('can be taken again after it was released or has expired', async () => {
    const { helper, needId, id } = await taken()
    const expired = await helper.run({ type: 'claim.take', needId }, now + claimLifetimeMs)
    expect(expired.ok).toBe(true)
    await helper.run({ type: 'claim.release', id: idOf(expired) }, now + claimLifetimeMs)
    await helper.run({ type: 'claim.release', id }, now + claimLifetimeMs)
    expect((await helper.run({ type: 'claim.take', needId }, now + claimLifetimeMs)).ok).toBe(true)
  })

  test('for more than the need asks is refused with the limit', async () => {
    const { phone, needId } = await taken()
    expect(await phone.run({ type: 'claim.take', needId, amount: 4 }, now)).toEqual({
      ok: false,
      error: { code: 'invalid', field: 'amount', rule: 'tooLarge', limit: 3 },
    })
  })

  test('on a cancelled need is refused, on an unknown one not found', async () => {
    const phone = openNotebook()
    const needId = idOf(await phone.run(water, now))
    await phone.run({ type: 'need.cancel', id: needId, reason: '' }, now)
    expect(await phone.run({ type: 'claim.take', needId }, now)).toMatchObject({
      error: { code: 'notAllowed' },
    })
    const unknown = await phone.run({ type: 'claim.take', needId: 'A'.repeat(22) }, now)
    expect(unknown).toMatchObject({ error: { code: 'notFound' } })
  })

  test('becomes firm with its first progress and stays so when more is reported', async () => {
    const { helper, id } = await taken()
    await helper.run({ type: 'claim.onWay', id }, now + 10)
    expect(claimOf(helper)).toMatchObject({ state: 'onWay', firmAt: now + 10, stateAt: now + 10 })
    await helper.run({ type: 'claim.done', id, note: 'عند الباب' }, now + 20)
    expect(claimOf(helper)).toMatchObject({
      state: 'done',
      note: 'عند الباب',
      firmAt: now + 10,
      stateAt: now + 20,
    })
  })

  test('that is still held begins its 48 hours again, and not once it has expired', async () => {
    const { helper, id } = await taken()
    await helper.run({ type: 'claim.still', id }, now + 100)
    expect(claimOf(helper)).toMatchObject({ state: 'taken', stateAt: now + 100, firmAt: null })
    const late = await helper.run({ type: 'claim.still', id }, now + 100 + claimLifetimeMs)
    expect(late).toMatchObject({ error: { code: 'notAllowed' } })
  })

  test('is released by its author or a coordinator, not by the asker', async () => {
    const { phone, helper, id } = await taken()
    phone.receive(helper)
    expect(await phone.run({ type: 'claim.release', id }, now)).toMatchObject({
      error: { code: 'notAllowed' },
    })
    const head = openNotebook(coordinator)
    head.receive(helper)
    expect((await head.run({ type: 'claim.release', id }, now)).ok).toBe(true)
    helper.receive(head)
    expect(claimOf(helper)?.state).toBe('released')
    expect(await helper.run({ type: 'claim.done', id }, now)).toMatchObject({ error: { code: 'notAllowed' } })
  })

  test('of somebody else cannot be reported done, not even by a coordinator', async () => {
    const { helper, id } = await taken()
    const head = openNotebook(coordinator)
    head.receive(helper)
    expect(await head.run({ type: 'claim.done', id }, now)).toMatchObject({ error: { code: 'notAllowed' } })
  })
})
