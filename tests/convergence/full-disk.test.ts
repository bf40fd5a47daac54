/** A disk that is full: the person is told, and nothing stands half written. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { fillDisk } from '../support/disk-image.ts'
import { lineTo, Phone, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let relay: Relay
let zeinab: Phone
let mend: () => void = () => undefined

beforeEach(async () => {
  time = { ms: testStartMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
  await zeinab.addNeed('خبز')
  await zeinab.exchange()
})
afterEach(() => mend())

const need = { type: 'need.add', category: 'food', title: 'ماء' } as const

describe('a command on a full disk', () => {
  test.each(['outbox', 'ownLists', 'operations', 'needs'])(
    'that cannot write %s says so, or has saved, and the next start shows what was saved and no more',
    async (full) => {
      mend = fillDisk((store) => store === full)
      const result = await zeinab.engine.run(need)
      mend()
      await zeinab.restart()
      const saved = await zeinab.local.database.outbox.filter(({ room }) => room === '2026-11').count()
      // never told as lost what is saved: it would be written twice
      expect(result).toEqual(
        saved === 1 ? expect.objectContaining({ ok: true }) : { ok: false, error: { code: 'diskFull' } },
      )
      expect(await zeinab.rows('needs')).toHaveLength(1 + saved)
      await zeinab.addNeed('دواء')
      await zeinab.exchange()
      expect(await zeinab.unsent()).toBe(0)
      expect(await zeinab.rows('needs')).toHaveLength(2 + saved)
    },
  )
})

describe('an exchange on a full disk', () => {
  test.each(['inbox', 'operations'])(
    'that cannot write %s loses nothing: the next one brings all',
    async (full) => {
      const ahmad = await Phone.start('أحمد', time, lineTo(relay))
      await ahmad.join(await zeinab.invite())
      await ahmad.exchange()
      for (const title of ['بطانية', 'حليب']) await ahmad.addNeed(title)
      await ahmad.exchange()
      mend = fillDisk((store) => store === full)
      await zeinab.exchange()
      mend()
      await zeinab.exchange()
      await zeinab.exchange()
      expect(await zeinab.rows('needs')).toEqual(await ahmad.rows('needs'))
      await zeinab.restart()
      expect(await zeinab.rows('needs')).toEqual(await ahmad.rows('needs'))
    },
  )
})

describe('a relay whose disk is full', () => {
  test('[R11] is read by a phone that has something to send, and gets it when there is room', async () => {
    let isFull = false
    const store = openMemoryStore()
    const append: typeof store.append = async (...what) =>
      isFull ? { ok: false, error: { code: 'full' } } : store.append(...what)
    relay = createRelay({ store: { ...store, append }, now: () => time.ms })
    zeinab.line = lineTo(relay)
    await zeinab.exchange()
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    await ahmad.join(await zeinab.invite())
    await ahmad.addNeed('بطانية')
    await ahmad.exchange()
    await zeinab.addNeed('ماء')
    isFull = true
    await zeinab.exchange()
    expect((await zeinab.rows('needs')).map(({ title }) => title).sort()).toEqual(
      ['بطانية', 'خبز', 'ماء'].sort(),
    )
    expect(await zeinab.unsent()).toBe(1)
    expect(zeinab.engine.status.problem).toBe('relayRefused')
    isFull = false
    time.ms += 3_600_000
    await zeinab.exchange()
    await ahmad.exchange()
    expect(await zeinab.unsent()).toBe(0)
    expect(await ahmad.rows('needs')).toEqual(await zeinab.rows('needs'))
  })
})
