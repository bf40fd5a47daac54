/** What happened to a need is told on every phone alike, and one's own steps are taken back: whole phones and a relay. */

import 'fake-indexeddb/auto'
import { afterEach, expect, test } from 'vitest'
import { readNews } from '../../src/records/news.ts'
import type { HistoryStep } from '../../src/records/record-history.ts'
import { Neighbourhood, refusalOf } from '../support/neighbourhood.ts'
import type { Phone } from '../support/phone.ts'

let street: Neighbourhood | undefined
afterEach(async () => street?.end())

const historyOn = async (phone: Phone, recordId: string): Promise<HistoryStep[]> =>
  (await phone.run({ type: 'history.read', recordId })).history ?? []

const openStreet = async () => {
  street = new Neighbourhood()
  const salma = await street.founder('سلمى')
  const ahmad = await street.joiner('أحمد', salma)
  const { recordId: id = '' } = await salma.run({ type: 'need.add', title: 'دواء' })
  await street.settle(salma, ahmad)
  return { street, salma, ahmad, id }
}

test('it holds the need, its claims and who hid it, in the same order on both phones', async () => {
  const { street, salma, ahmad, id } = await openStreet()
  street.time.ms += 1000
  const { recordId: claim = '' } = await ahmad.run({ type: 'claim.take', needId: id })
  street.time.ms += 1000
  await salma.run({ type: 'hiding.add', aboutId: id, aboutType: 'need', note: 'فيه اسم' })
  await street.settle(ahmad, salma, ahmad)
  const told = (steps: HistoryStep[]) => steps.map(({ type, op, by, recordId }) => [type, op, by, recordId])
  const [one, other] = [await historyOn(salma, id), await historyOn(ahmad, id)]
  expect(told(one)).toEqual(told(other))
  expect(told(one).slice(0, 2)).toEqual([
    ['need', 'create', salma.local.keys.device, id],
    ['claim', 'create', ahmad.local.keys.device, claim],
  ])
  expect(one.at(-1)).toMatchObject({ type: 'hiding', op: 'create' })
})

test('an own step is undone on all phones, once, and nobody undoes another’s', async () => {
  const { street, salma, ahmad, id } = await openStreet()
  await salma.run({ type: 'need.cancel', id, reason: 'لم تعد لازمة' })
  await street.settle(salma, ahmad)
  const place = (await historyOn(salma, id)).at(-1)?.place ?? ''
  const undo = { type: 'history.undo', recordId: id, place } as const
  expect((await historyOn(ahmad, id)).at(-1)?.undo).toBeNull()
  expect(await refusalOf(ahmad, undo)).toBe('notAllowed')
  await salma.run(undo)
  expect(await refusalOf(salma, undo)).toBe('notAllowed')
  await street.settle(salma, ahmad)
  expect(await ahmad.rows('needs')).toMatchObject([{ cancelled: false, cancelReason: '' }])
})

test('where the day is over nothing is undone', async () => {
  const { street, salma, id } = await openStreet()
  await salma.run({ type: 'need.edit', id, changes: { title: 'خبز' } })
  const place = (await historyOn(salma, id)).at(-1)?.place ?? ''
  street.time.ms += 24 * 3600_000 + 1
  expect(await refusalOf(salma, { type: 'history.undo', recordId: id, place })).toBe('notAllowed')
})

test('that two needs are one, and two again, is told on both needs and as news to whose need it was', async () => {
  const { street, salma, ahmad, id } = await openStreet()
  const { recordId: his = '' } = await ahmad.run({ type: 'need.add', title: 'دواء ضغط' })
  await street.settle(ahmad, salma)
  const me = ahmad.local.keys.device
  const newsOf = async () => {
    const since = { n: 0, seniority: 0 }
    const { words } = await readNews(ahmad.local.database, { me, now: street.time.ms, since })
    return [...words.values()]
  }
  street.time.ms += 1000
  const { recordId: word = '' } = await salma.run({ type: 'sameAs.merge', keepId: id, otherId: his })
  await street.settle(salma, ahmad)
  for (const need of [id, his])
    expect((await historyOn(ahmad, need)).at(-1)).toMatchObject({ type: 'same-as', op: 'create' })
  const by = salma.local.keys.device
  expect(await newsOf()).toEqual([{ aboutId: his, by, kind: 'oneNeed' }])

  street.time.ms += 1000
  await salma.run({ type: 'sameAs.undo', id: word })
  await street.settle(salma, ahmad)
  expect((await historyOn(ahmad, his)).at(-1)).toMatchObject({ type: 'same-as', op: 'set' })
  expect(await newsOf()).toEqual([{ aboutId: his, by, kind: 'twoNeeds' }])
})

test('a word that another’s need is part of one’s own is told nowhere', async () => {
  const { street, salma, ahmad, id } = await openStreet()
  const { recordId: his = '' } = await ahmad.run({ type: 'need.add', title: 'دواء ضغط' })
  expect(await refusalOf(ahmad, { type: 'sameAs.merge', keepId: his, otherId: id })).toBe('notAllowed')
  await street.settle(ahmad, salma)
  expect((await historyOn(salma, id)).map(({ type }) => type)).toEqual(['need'])
})

test('a corrected address and a closed report are not undone: nothing of them goes out under the key of all', async () => {
  const { street, salma, ahmad } = await openStreet()
  const contact = { address: 'الزقاق ٣', phone: '', name: '', reach: 'approved' } as const
  const { recordId: need = '' } = await ahmad.run({ type: 'need.add', title: 'خبز', contact })
  await ahmad.run({ type: 'need.edit', id: need, changes: {}, contact: { address: 'الزقاق ٤' } })
  const hiwa = await street.joiner('هيوا', salma)
  await street.settle(ahmad, hiwa, salma)
  await hiwa.run({ type: 'report.add', aboutId: need, aboutType: 'need', reason: 'wrong' })
  await street.settle(hiwa, salma)
  const [report] = await salma.rows('reports')
  await salma.run({ type: 'report.close', id: String(report?.id) })
  const [address] = await ahmad.rows('contacts')

  for (const [phone, recordId] of [
    [ahmad, String(address?.id)],
    [salma, String(report?.id)],
  ] as const) {
    const { place = '', undo } = (await historyOn(phone, recordId)).at(-1) ?? {}
    expect([place === '', undo]).toEqual([false, null])
    expect(await refusalOf(phone, { type: 'history.undo', recordId, place })).toBe('notAllowed')
  }
  expect(await ahmad.rows('contacts')).toMatchObject([{ address: 'الزقاق ٤' }])
})
