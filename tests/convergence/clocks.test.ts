/** Phones whose clocks are wrong: nothing is lost, and rooms of months to come are not the end of it [R30]. */

import { beforeEach, describe, expect, test } from 'vitest'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { lineTo, noLine, Phone } from '../support/phone.ts'

const dayMs = 24 * 3600 * 1000
/** Two days and more before the next month. */
const startMs = Date.UTC(2026, 10, 27, 8)

let time: { ms: number }
let relay: Relay
let zeinab: Phone
let ahmad: Phone

beforeEach(async () => {
  time = { ms: startMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
  ahmad = await Phone.start('أحمد', time, lineTo(relay))
  await ahmad.join(await zeinab.invite())
  await zeinab.exchange()
})

const roomsOf = async (phone: Phone): Promise<string[]> =>
  (await phone.local.database.lists.toArray()).filter(({ length }) => length > 0).map(({ room }) => room)

describe('a clock five days ahead', () => {
  test('[R30] what was sealed into the month to come is sealed again into the right one and delivered', async () => {
    ahmad.line = noLine
    ahmad.clockErrorMs = 5 * dayMs
    // a phone that was restarted with a wrong clock still corrects it by what it heard; one that heard long ago cannot
    await ahmad.local.database.meta.delete('clock')
    await ahmad.restart()
    const id = await ahmad.addNeed('شمع')
    expect(await roomsOf(ahmad)).toContain('2026-12')
    ahmad.line = lineTo(relay)
    await ahmad.exchange()
    expect(ahmad.engine.status.problem).toBeNull()
    expect(await ahmad.unsent()).toBe(0)
    await zeinab.exchange()
    expect(await zeinab.rows('needs')).toMatchObject([{ id, title: 'شمع' }])
    expect(await roomsOf(zeinab)).not.toContain('2026-12')
    expect(await zeinab.rows('needs')).toEqual(await ahmad.rows('needs'))
  })

  test('[R30] a month that begins later brings nothing twice and settles', async () => {
    ahmad.clockErrorMs = 5 * dayMs
    await ahmad.local.database.meta.delete('clock')
    await ahmad.restart()
    await ahmad.addNeed('شمع')
    await ahmad.exchange()
    time.ms += 10 * dayMs
    for (const phone of [ahmad, zeinab, ahmad]) await phone.exchange()
    expect(await zeinab.rows('needs')).toEqual(await ahmad.rows('needs'))
    expect(await zeinab.rows('needs')).toHaveLength(1)
    expect(await ahmad.exchange()).toMatchObject({ roundTrips: 1, delivered: 0 })
  })
})

describe('a clock in 1970', () => {
  test('is taken for the time of the build until a relay says better', async () => {
    ahmad.line = noLine
    ahmad.clockErrorMs = -time.ms
    await ahmad.local.database.meta.delete('clock')
    await ahmad.restart()
    const id = await ahmad.addNeed('حليب')
    expect(await roomsOf(ahmad)).toContain('2026-10')
    ahmad.line = lineTo(relay)
    await ahmad.exchange()
    expect(ahmad.engine.status.problem).toBeNull()
    expect(Math.abs(ahmad.local.now() - time.ms)).toBeLessThan(1000)
    await zeinab.exchange()
    expect(await zeinab.rows('needs')).toMatchObject([{ id }])
  })

  test('does not keep an invited neighbour out', async () => {
    const link = await zeinab.invite()
    const late = await Phone.start('سلمى', time, lineTo(relay))
    late.clockErrorMs = -time.ms
    await late.join(link)
    expect(late.engine.status.joining).toBeNull()
  })
})

describe('a relay that gives a time for which no month has a name', () => {
  test.each([Date.UTC(12_026, 0), 9e15])('is not believed, and the phone starts again: %d', async (ms) => {
    ahmad.line = lineTo(createRelay({ store: openMemoryStore(), now: () => ms }))
    expect(await ahmad.exchange()).toBeNull()
    await ahmad.restart()
    await ahmad.addNeed('شمع')
    expect(await roomsOf(ahmad)).toContain('2026-11')
    ahmad.line = lineTo(relay)
    await ahmad.exchange()
    await zeinab.exchange()
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'شمع' }])
  })
})
