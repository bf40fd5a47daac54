/** Who was let in face to face by one who was out by then: others named his statements, and all go on with theirs. */

import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRelay } from '../../../sync-server/relay.ts'
import { openMemoryStore } from '../../../sync-server/storage/memory-store.ts'
import { Neighbourhood, namesOn, removeOn, titlesOn } from '../../support/neighbourhood.ts'
import { lineTo, noLine, type Phone } from '../../support/phone.ts'

let all: Neighbourhood
let zeinab: Phone
let ronahi: Phone
let ahmad: Phone
let soran: Phone

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ronahi = await all.joiner('Ronahî', zeinab, 'coordinator')
  soran = await all.joiner('Soran', zeinab)
  await all.settle(zeinab, ronahi, soran)
  zeinab.line = noLine
  await removeOn(zeinab, 'Ronahî')
  ahmad = await all.phone('أحمد', noLine)
  const { card } = await ahmad.run({ type: 'network.meet', nickname: 'أحمد', language: 'ar' })
  const { welcome } = await ronahi.run({ type: 'member.admit-card', card: card ?? '', as: 'member' })
  await ahmad.run({ type: 'network.enter', welcome: welcome ?? new Uint8Array() })
  ahmad.line = all.line
  for (let i = 0; i < 6; i++) await ahmad.run({ type: 'network.rename-me', nickname: `أحمد ${i}` })
  await all.settle(ronahi, ahmad, soran)
  expect(await namesOn(soran)).toContain('أحمد 5')
  await soran.run({ type: 'network.rename-me', nickname: 'Soran Ehmed' })
  await soran.addNeed('بعد أحمد')
})
afterEach(() => all.end())

const expectAllSeen = async (): Promise<void> => {
  expect(await namesOn(zeinab)).toEqual(['زينب', 'Soran Ehmed'])
  expect(await titlesOn(zeinab)).toContain('بعد أحمد')
  expect(zeinab.local.replica.book.roster.waiting).toBe(0)
}

test('by the relay that had known him', async () => {
  await all.settle(soran)
  zeinab.line = all.line
  await all.settle(zeinab, soran, zeinab)
  await expectAllSeen()
})

test('by a relay that had not', async () => {
  const other = lineTo(createRelay({ store: openMemoryStore(), now: () => all.time.ms }))
  zeinab.line = other
  soran.line = other
  await all.settle(zeinab, soran, zeinab)
  await expectAllSeen()
})
