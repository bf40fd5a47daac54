/** What somebody wrote before he left, and had not sent: it was written in his time, and reaches the others with his leaving. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { memberOn, Neighbourhood, removeOn, titlesOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ahmad: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ahmad = await all.joiner('أحمد', zeinab)
  await all.settle(zeinab, ahmad)
  ahmad.line = noLine
  await ahmad.addNeed('حليب أطفال')
})
afterEach(() => all.end())

test('of who left without a line', async () => {
  await ahmad.run({ type: 'network.leave' })
  await ahmad.restart()
  ahmad.line = all.line
  await all.settle(ahmad, zeinab)
  expect((await memberOn(zeinab, 'أحمد')).end).toBe('left')
  expect(await titlesOn(zeinab)).toEqual(['حليب أطفال'])
  expect(await ahmad.unsent()).toBe(0)
})

test('of who is removed meanwhile nothing more is taken', async () => {
  await ahmad.run({ type: 'network.leave' })
  await removeOn(zeinab, 'أحمد')
  await zeinab.exchange()
  ahmad.line = all.line
  await all.settle(ahmad, zeinab)
  expect(await titlesOn(zeinab)).toEqual([])
})
