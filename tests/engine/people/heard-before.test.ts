/** Who came in by a link that a removal elsewhere had closed, and was heard before: what others said after him goes on. */

import { expect, test } from 'vitest'
import { Neighbourhood, namesOn, removeOn } from '../../support/neighbourhood.ts'
import { noLine } from '../../support/phone.ts'

test('however much he had said, what others said after it counts on the phone that had never let him in', async () => {
  const all = new Neighbourhood()
  const zeinab = await all.founder('زينب')
  const ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
  await all.joiner('Soran', zeinab)
  await all.settle(zeinab, ronahi)
  const link = await zeinab.invite()
  zeinab.line = noLine
  await removeOn(zeinab, 'Soran')
  const ahmad = await all.phone('أحمد')
  await ahmad.join(link)
  for (let i = 0; i < 6; i++) await ahmad.run({ type: 'network.rename-me', nickname: `أحمد ${i}` })
  await all.settle(ahmad, ronahi)
  expect(await namesOn(ronahi)).toContain('أحمد 5')
  await ronahi.run({ type: 'network.rename-me', nickname: 'Ronahî Can' })
  await all.settle(ronahi)
  zeinab.line = all.line
  await all.settle(zeinab, ronahi)
  expect(await namesOn(zeinab)).toEqual(['زينب', 'Ronahî Can'])
  expect(zeinab.local.replica.book.roster.waiting).toBe(0)
  await all.end()
})
