/** Who was let in, face to face, by a coordinator whom another one had removed by then: what he said stands between others. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { memberOn, Neighbourhood, namesOn, removeOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let soran: Phone
let second: Phone

const meet = async (by: Phone, name: string, as: 'member' | 'myDevice'): Promise<Phone> => {
  const phone = await all.phone(name)
  const { card = '' } = await phone.run({ type: 'network.meet', nickname: name, language: 'ar' })
  const { welcome } = await by.run({ type: 'member.admit-card', card, as })
  if (welcome) await phone.run({ type: 'network.enter', welcome })
  return phone
}

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
  soran = await all.joiner('Soran', zeinab)
  await all.settle(zeinab, ronahi, soran)
  zeinab.line = noLine
  const ahmad = await meet(ronahi, 'أحمد', 'member')
  await all.settle(ronahi, ahmad, soran)
  expect(await namesOn(soran)).toContain('أحمد')
  // Soran has heard Ahmad's name, and so comes after it
  second = await meet(soran, 'Soran 2', 'myDevice')
  await removeOn(zeinab, 'Ronahî')
  zeinab.line = all.line
  await all.settle(soran, second, zeinab, soran, second)
})
afterEach(() => all.end())

test('he is not in, and nobody waits for him who named what he said', async () => {
  for (const phone of [zeinab, soran, second]) {
    expect(await namesOn(phone)).not.toContain('أحمد')
    expect(phone.local.replica.book.roster.waiting).toBe(0)
    expect(phone.engine.status.waiting).toBe(0)
    expect((await memberOn(phone, 'Soran')).devices).toHaveLength(2)
  }
})
