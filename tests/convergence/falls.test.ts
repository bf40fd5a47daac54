/** The battery is out in the middle: what was promised is there, and what was not is whole or not there at all. */

import { beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest'
import type { Command } from '../../src/engine/api.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { corruptRow, cutConnections, loseRows, roomDatabases } from '../support/disk-image.ts'
import { lineTo, noLine, Phone, testStartMs } from '../support/phone.ts'

let time: { ms: number }
let store: MemoryStore
let relay: Relay
let zeinab: Phone

beforeEach(async () => {
  time = { ms: testStartMs }
  store = openMemoryStore()
  relay = createRelay({ store, now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
})

const month = (prefix: string): string => roomDatabases(prefix).find((name) => name.endsWith('2026-11')) ?? ''
const mirrored = async (phone: Phone): Promise<string[]> => {
  const records = await phone.mirrored()
  return records.map(({ room, index }) => `${room} ${index}`)
}

describe('a fall at any write of a command', () => {
  test('leaves a need that is whole, in outbox, mirror and rows, or no need at all', async () => {
    for (let writes = 1; writes <= 16; writes++) {
      const phone = await Phone.start(`هاتف ${writes}`, time)
      await phone.found()
      await phone.killDuring(() => phone.addNeed('بطانية'), writes)
      const needs = await phone.rows('needs')
      const outbox = (await phone.local.database.outbox.toArray()).filter(({ room }) => room === '2026-11')
      expect(needs.length).toBe(outbox.length)
      for (const { room, index } of outbox) expect(await mirrored(phone)).toContain(`${room} ${index}`)
    }
  })
})

describe('a log that lost its end', () => {
  test('is filled again from the outbox, before any relay was there and without the mirror', async () => {
    zeinab.line = noLine
    await zeinab.addNeed('خبز')
    await zeinab.addNeed('ماء')
    await zeinab.restart()
    await zeinab.kill((prefix) => {
      loseRows(month(prefix), 2)
      zeinab.disk.files.clear()
    })
    const [own] = (await zeinab.local.database.lists.toArray()).filter(({ room }) => room === '2026-11')
    expect(own?.length).toBe(2)
    await zeinab.addNeed('دواء')
    zeinab.line = lineTo(relay)
    await zeinab.exchange()
    expect(await zeinab.unsent()).toBe(0)
    expect(await zeinab.rows('needs')).toHaveLength(3)
  })

  test('and has its mirror lost writes a new list, and both are read by others', async () => {
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    await ahmad.join(await zeinab.invite())
    await zeinab.addNeed('خبز')
    await zeinab.exchange()
    zeinab.line = noLine
    await zeinab.restart()
    await zeinab.kill((prefix) => {
      corruptRow(month(prefix), 0)
      zeinab.disk.files.clear()
    })
    await zeinab.addNeed('ماء')
    zeinab.line = lineTo(relay)
    for (const phone of [zeinab, ahmad, zeinab]) await phone.exchange()
    expect(await ahmad.rows('needs')).toEqual(await zeinab.rows('needs'))
    expect(await ahmad.rows('needs')).toHaveLength(2)
    const { lists } = await store.lengths(zeinab.local.network, '2026-11' as never)
    expect(lists).toHaveLength(2)
  })

  test('and a relay that lost its disk too: what nobody had read is sealed again where a hole would keep it', async () => {
    await zeinab.addNeed('خبز')
    await zeinab.exchange()
    zeinab.line = noLine
    await zeinab.addNeed('ماء')
    await zeinab.kill((prefix) => {
      loseRows(month(prefix), 9)
      zeinab.disk.files.clear()
    })
    zeinab.line = lineTo(createRelay({ store: openMemoryStore(), now: () => time.ms }))
    await zeinab.exchange()
    expect(await zeinab.unsent()).toBe(0)
    // once, where it stands now: not also behind the hole
    const water = await zeinab.local.database.operations
      .filter(({ fields }) => fields?.title === 'ماء')
      .toArray()
    const held = await zeinab.local.database.lists.get(['2026-11', water[0]?.list ?? ''])
    expect(water).toHaveLength(1)
    expect(held?.length).toBe(1)
  })
})

describe('a mirror that did not take an entry', () => {
  test('has it after the next start, and the outbox keeps it until then', async () => {
    zeinab.disk.isForgetful = true
    await zeinab.addNeed('خبز')
    await zeinab.kill(() => {
      zeinab.disk.isForgetful = false
    })
    await zeinab.restart()
    expect(await mirrored(zeinab)).toContain('2026-11 0')
  })
})

describe('a fall in the middle of joining', () => {
  test('leaves the way open: the same link opens again, at whatever write it was', async () => {
    const link = await zeinab.invite(1)
    for (const writes of [2, 5, 8, 11, 14, 20, 30, 40, 60]) {
      const ahmad = await Phone.start('أحمد', time, noLine)
      await ahmad.killDuring(
        () => ahmad.engine.run({ type: 'network.join', link, nickname: 'أحمد', language: 'ar' }),
        writes,
      )
      if (!ahmad.engine.local) await ahmad.join(link)
      expect(ahmad.engine.local).not.toBeNull()
      const own = (await ahmad.local.database.outbox.toArray()).map(({ list }) => list.slice(0, 22))
      expect(new Set(own)).toEqual(new Set([ahmad.local.keys.device]))
    }
    const last = await Phone.start('سلمى', time, lineTo(relay))
    await last.killDuring(
      () => last.engine.run({ type: 'network.join', link, nickname: 'سلمى', language: 'ar' }),
      12,
    )
    if (!last.engine.local) await last.join(link)
    await last.exchange()
    expect(last.engine.status.joining).toBeNull()
  })
})

describe('a phone that slept and whose database was ended under the app', () => {
  test('saves, gives and reads on without being started again', async () => {
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    await ahmad.join(await zeinab.invite())
    await ahmad.addNeed('حليب')
    await ahmad.exchange()
    await zeinab.addNeed('خبز')
    cutConnections(roomDatabases(zeinab.prefix))
    await zeinab.addNeed('ماء')
    expect(await zeinab.exchange()).not.toBeNull()
    expect(zeinab.engine.status).toMatchObject({ problem: null, waiting: 0 })
    expect(await zeinab.unsent()).toBe(0)
    expect(await zeinab.local.database.outbox.count()).toBe(0)
    await ahmad.exchange()
    expect(await zeinab.rows('needs')).toHaveLength(3)
    expect(await ahmad.rows('needs')).toEqual(await zeinab.rows('needs'))
  })

  test.each([
    ['says what went through as saved', true],
    ['makes no fork of what went through where it cannot know', false],
  ])('%s', async (_, isReadable) => {
    const ahmad = await Phone.start('أحمد', time, lineTo(relay))
    await ahmad.join(await zeinab.invite())
    await zeinab.addNeed('خبز')
    await zeinab.exchange()
    const { database } = zeinab.local
    const real = database.transaction.bind(database) as (...parts: unknown[]) => Promise<unknown>
    const transaction = vi.spyOn(database, 'transaction') as unknown as MockInstance<typeof real>
    const toArray = vi.spyOn(database.ownLists, 'toArray')
    if (!isReadable) toArray.mockRejectedValueOnce(new Error('still lost'))
    transaction.mockImplementation(async (...parts) => {
      const value = await real(...parts)
      if (!parts.includes(database.ownLists)) return value
      transaction.mockImplementation(real)
      throw new Error('connection to the database lost')
    })
    expect(
      await zeinab.engine.run({ type: 'need.add', category: 'food', title: 'ماء' } as Command),
    ).toMatchObject({ ok: isReadable })
    transaction.mockRestore()
    toArray.mockRestore()
    await zeinab.addNeed('دواء')
    for (const phone of [zeinab, ahmad, zeinab]) await phone.exchange()
    expect(await zeinab.unsent()).toBe(0)
    expect(await ahmad.rows('needs')).toHaveLength(3)
    expect(await ahmad.rows('needs')).toEqual(await zeinab.rows('needs'))
  })
})
