/** The whole way of one need: saved on a phone, carried by POST, read on another. */

import { beforeEach, describe, expect, test } from 'vitest'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { lineTo, noLine, Phone, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let relay: Relay

beforeEach(() => {
  time = { ms: testStartMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
})

describe('one phone alone', () => {
  test('a need is a row as soon as it is saved, and still there after a restart', async () => {
    const phone = await Phone.start('زينب', time)
    await phone.found()
    const id = await phone.addNeed('سلة غذائية')
    expect(await phone.rows('needs')).toMatchObject([{ id, title: 'سلة غذائية' }])
    await phone.restart()
    expect(await phone.rows('needs')).toMatchObject([{ id, title: 'سلة غذائية' }])
    expect(await phone.unsent()).toBeGreaterThan(0)
    expect(await phone.rows('members')).toMatchObject([{ name: 'زينب', role: 'coordinator' }])
  })
})

describe('two phones and a relay', () => {
  test('[R15] joining and the first catch-up are one round trip, and the need is read', async () => {
    const zeinab = await Phone.start('زينب', time, lineTo(relay))
    await zeinab.found()
    const id = await zeinab.addNeed('إنسولين')
    const link = await zeinab.invite()
    expect(await zeinab.unsent()).toBe(0)

    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    await ahmad.join(link)
    expect(await ahmad.rows('needs')).toMatchObject([{ id, title: 'إنسولين' }])
    expect(ahmad.engine.status).toMatchObject({ problem: null, joining: null, waiting: 0 })
    await zeinab.exchange()
    expect((await zeinab.rows('members')).map(({ name }) => name).sort()).toEqual(['أحمد', 'زينب'].sort())
  })

  test('what is written offline on both sides is on both after the next exchange', async () => {
    const zeinab = await Phone.start('زينب', time, lineTo(relay))
    await zeinab.found()
    const link = await zeinab.invite()
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    await ahmad.join(link)
    for (const phone of [zeinab, ahmad]) phone.line = noLine
    await zeinab.addNeed('بطانيات')
    await ahmad.addNeed('حليب أطفال')
    expect(await zeinab.exchange()).toBeNull()
    for (const phone of [zeinab, ahmad]) await phone.restart()
    for (const phone of [zeinab, ahmad]) phone.line = lineTo(relay)
    await zeinab.exchange()
    await ahmad.exchange()
    await zeinab.exchange()
    expect(await zeinab.rows('needs')).toEqual(await ahmad.rows('needs'))
    expect(await zeinab.rows('needs')).toHaveLength(2)
    expect(await zeinab.unsent()).toBe(0)
    expect(await zeinab.exchange()).toMatchObject({ roundTrips: 1 })
  })
})
