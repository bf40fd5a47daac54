/** Several networks on one phone, and rows that another version of the app made. */

import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Command } from '../../src/engine/api.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { fillDisk } from '../support/disk-image.ts'
import { lineTo, Phone, testStartMs } from '../support/phone.ts'

let relay: Relay
let zeinab: Phone

beforeEach(async () => {
  const time = { ms: testStartMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
})

describe('a phone in two networks', () => {
  test('goes from one to the other and back, with what is in each, also after a restart', async () => {
    const { networkId: quarter } = await zeinab.found('حي الحرية')
    await zeinab.addNeed('سلة غذائية')
    const { networkId: club } = await zeinab.found('نادي القراءة')
    await zeinab.addNeed('كتب')
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'كتب' }])
    await zeinab.run({ type: 'network.use', networkId: quarter ?? '' })
    expect(zeinab.engine.status.network).toBe(quarter)
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'سلة غذائية' }])
    await zeinab.restart()
    expect(zeinab.engine.status.network).toBe(quarter)
    await zeinab.run({ type: 'network.use', networkId: club ?? '' })
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'كتب' }])
  })

  test('does not go to one that is not on this phone', async () => {
    await zeinab.found()
    const result = await zeinab.engine.run({ type: 'network.use', networkId: 'A'.repeat(22) })
    expect(result).toEqual({ ok: false, error: { code: 'notFound' } })
    expect(await zeinab.rows('members')).toHaveLength(1)
  })
})

describe('a network whose database the browser has cleared away', () => {
  test('keeps nobody from the others', async () => {
    const { networkId: quarter } = await zeinab.found('حي الحرية')
    await zeinab.found('نادي القراءة')
    await zeinab.local.database.meta.clear()
    await zeinab.restart()
    expect(zeinab.engine.status).toMatchObject({ phase: 'ready', network: quarter })
    await zeinab.addNeed('سلة غذائية')
  })
})

describe('rows that another version of the app made', () => {
  test('are made again from the operations, also those of a type that it did not know', async () => {
    await zeinab.found()
    await zeinab.addNeed('سلة غذائية')
    const [need] = await zeinab.rows('needs')
    const { database } = zeinab.local
    await database.table('needs').clear()
    await database.meta.put({ key: 'rowFormat', value: 0 })
    await zeinab.restart()
    expect(await zeinab.rows('needs')).toEqual([need])
  })
})

describe('a network that does not open because the disk is full', () => {
  test.each([
    ['create', 'outbox'],
    ['use', 'meta'],
  ])('leaves the one before in use: %s', async (way, full) => {
    const { networkId: club } = await zeinab.found('نادي القراءة')
    const { networkId: quarter } = await zeinab.found('حي الحرية')
    const create = {
      type: 'network.create',
      name: 'مدرسة',
      kind: 'other',
      area: '',
      nickname: 'زينب',
      language: 'ar',
    }
    const use = { type: 'network.use', networkId: club ?? '' }
    const mend = fillDisk((store) => store === full)
    const result = await zeinab.engine.run((way === 'create' ? create : use) as Command)
    mend()
    expect(result).toEqual({ ok: false, error: { code: 'diskFull' } })
    await zeinab.addNeed('سلة غذائية')
    expect(zeinab.engine.status.network).toBe(quarter)
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'سلة غذائية' }])
  })
})

describe('a network that is left while its exchange is under way', () => {
  test('is left at once, on a line on which nothing moves, and the other one exchanges', async () => {
    const { networkId: club } = await zeinab.found('نادي القراءة')
    await zeinab.exchange()
    await zeinab.found('حي الحرية')
    const asked = Promise.withResolvers<void>()
    zeinab.line = {
      post: (_, closing) =>
        new Promise((resolve) => {
          closing.addEventListener('abort', () => resolve({ ok: false, error: { code: 'offline' } }))
          asked.resolve()
        }),
    }
    const exchanging = zeinab.exchange()
    await asked.promise
    await zeinab.run({ type: 'network.use', networkId: club ?? '' })
    expect(await exchanging).toBeNull()
    // the line of the one before was cut by leaving it: that is no problem of this one
    expect(zeinab.engine.status).toMatchObject({ network: club, exchange: 'idle', problem: null })
    zeinab.line = lineTo(relay)
    expect(await zeinab.exchange()).not.toBeNull()
  })

  test('whenever that is, the exchange ends, also in the status', async () => {
    const { networkId: club } = await zeinab.found('نادي القراءة')
    const { networkId: quarter } = await zeinab.found('حي الحرية')
    for (let turns = 0; turns < 30; turns++) {
      const exchanging = zeinab.exchange()
      for (let i = 0; i < turns * 4; i++) await new Promise((resolve) => setImmediate(resolve))
      await zeinab.run({ type: 'network.use', networkId: (turns % 2 === 0 ? club : quarter) ?? '' })
      await exchanging
      expect(zeinab.engine.status).toMatchObject({ exchange: 'idle', problem: null, failure: null })
    }
  })
})

describe('what was saved while the app was being closed', () => {
  test('is said to be saved', async () => {
    await zeinab.found()
    const saving = zeinab.engine.run({ type: 'need.add', category: 'food', title: 'خبز' } as Command)
    await zeinab.engine.close()
    expect(await saving).toMatchObject({ ok: true })
    expect(zeinab.statuses.at(-1)).toMatchObject({ problem: null, failure: null })
  })

  test('is said to be saved where the status cannot be read', async () => {
    await zeinab.found()
    const { database } = zeinab.local
    const count = vi.spyOn(database.waiting, 'count').mockRejectedValue(new Error('the database went away'))
    const result = await zeinab.engine.run({ type: 'need.add', category: 'food', title: 'خبز' } as Command)
    count.mockRestore()
    expect(result).toMatchObject({ ok: true })
    expect(await zeinab.rows('needs')).toHaveLength(1)
  })
})
