/** Somebody is put out while he has no line, and comes in again: what he wrote meanwhile comes with him. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { Neighbourhood, removeOn, titlesOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let soran: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  soran = await all.joiner('Soran', zeinab)
  await soran.addNeed('خبز')
  await zeinab.addNeed('دواء')
  await all.settle(zeinab, soran)
  soran.line = noLine
})
afterEach(() => all.end())

const putOut = async (): Promise<void> => {
  await removeOn(zeinab, 'Soran')
  await all.settle(zeinab)
  soran.line = all.line
  await soran.exchange()
}
const comeBack = async (): Promise<void> => {
  await soran.join(await zeinab.invite())
  await all.settle(soran, zeinab)
}

test('a need with its address, an offer and a promise are there on both phones, once, and after a restart', async () => {
  const contact = { address: 'الطابق الثالث', phone: '', name: '', reach: 'approved' } as const
  await soran.run({ type: 'need.add', category: 'water', title: 'خزان ماء', quantity: 2, contact })
  const [medicine] = (await soran.rows('needs')).filter(({ title }) => title === 'دواء')
  await soran.run({ type: 'claim.take', needId: String(medicine?.id) })
  await putOut()
  await comeBack()
  await soran.restart()
  await all.settle(soran, zeinab)
  for (const phone of [soran, zeinab]) {
    expect(await titlesOn(phone)).toEqual(['خبز', 'دواء', 'خزان ماء'].sort())
    expect(await phone.rows('claims')).toHaveLength(1)
  }
  const [tank] = (await zeinab.rows('needs')).filter(({ title }) => title === 'خزان ماء')
  expect(tank).toMatchObject({ category: 'water', quantity: 2 })
  expect(await zeinab.rows('contacts')).toMatchObject([{ aboutId: tank?.id, address: 'الطابق الثالث' }])
  expect(await soran.unsent()).toBe(0)
})

test('a battery that is out in the middle of saying it again loses nothing', async () => {
  await soran.addNeed('خزان ماء')
  await soran.addNeed('شمع')
  await putOut()
  const link = await zeinab.invite()
  await soran.killDuring(
    () => soran.engine.run({ type: 'network.join', link, nickname: 'Soran', language: 'ar' }),
    60,
  )
  await all.settle(soran, zeinab, soran, zeinab)
  const titles = new Set(await titlesOn(zeinab))
  expect(titles).toEqual(new Set(['خبز', 'دواء', 'خزان ماء', 'شمع']))
})

test('what was cancelled or given up before is not said again', async () => {
  const id = await soran.addNeed('خزان ماء')
  await soran.run({ type: 'need.cancel', id, reason: '' })
  await putOut()
  await comeBack()
  expect(await titlesOn(zeinab)).toEqual(['خبز', 'دواء'])
})
