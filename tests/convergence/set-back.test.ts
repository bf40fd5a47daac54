/** A phone whose disk is set back to an earlier day (a restored copy): it may not write a second history of its list. */

import { beforeEach, describe, expect, test } from 'vitest'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { copyDatabases, dropDatabases } from '../support/disk-image.ts'
import { lineTo, noLine, Phone, testStartMs } from '../support/phone.ts'

let relay: Relay
let zeinab: Phone
let ahmad: Phone
let copies = 0

beforeEach(async () => {
  const time = { ms: testStartMs }
  relay = createRelay({ store: openMemoryStore(), now: () => time.ms })
  zeinab = await Phone.start('زينب', time, lineTo(relay))
  await zeinab.found()
  ahmad = await Phone.start('أحمد', time, lineTo(relay))
  await ahmad.join(await zeinab.invite())
  await ahmad.addNeed('قبل النسخة')
  await ahmad.exchange()
})

/** The disk as it is now; the function sets the phone back to it. */
const keepDisk = (phone: Phone): (() => Promise<void>) => {
  copies++
  const copy = `copy${copies}-`
  copyDatabases(phone.prefix, copy)
  const files = new Map(phone.disk.files)
  return () =>
    phone.kill((prefix) => {
      dropDatabases(prefix)
      copyDatabases(copy, prefix)
      phone.disk.files.clear()
      for (const [name, bytes] of files) phone.disk.files.set(name, bytes)
    })
}

const titles = async (phone: Phone) => (await phone.rows('needs')).map(({ title }) => title).sort()

describe('a phone that was set back', () => {
  test('that exchanges before it writes goes on in a new list, and nothing is missing anywhere', async () => {
    const setBack = keepDisk(ahmad)
    await ahmad.addNeed('بعد النسخة')
    await ahmad.exchange()
    await setBack()
    await ahmad.exchange()
    await ahmad.addNeed('بعد الرجوع')
    await ahmad.exchange()
    await zeinab.exchange()
    const all = ['قبل النسخة', 'بعد النسخة', 'بعد الرجوع'].sort()
    expect(await titles(ahmad)).toEqual(all)
    expect(await titles(zeinab)).toEqual(all)
    expect(await ahmad.unsent()).toBe(0)
  })

  test('that writes before it exchanges seals what it wrote again, and the neighbours read all of it', async () => {
    const setBack = keepDisk(ahmad)
    await ahmad.addNeed('بعد النسخة')
    await ahmad.exchange()
    ahmad.line = noLine
    await setBack()
    await ahmad.addNeed('بعد الرجوع')
    ahmad.line = lineTo(relay)
    await ahmad.exchange()
    await ahmad.exchange()
    await zeinab.exchange()
    expect(await ahmad.unsent()).toBe(0)
    expect(await titles(zeinab)).toEqual(['قبل النسخة', 'بعد النسخة', 'بعد الرجوع'].sort())
    expect(await titles(ahmad)).toContain('بعد الرجوع')
    expect(await ahmad.exchange()).toMatchObject({ roundTrips: 1 })
  })

  test.each([
    { length: 'as long', since: ['بعد النسخة'] },
    { length: 'longer', since: ['بعد النسخة', 'ثم هذه'] },
  ])('meets its other history by lengths alone, where that is $length', async ({ since }) => {
    const setBack = keepDisk(ahmad)
    for (const title of since) await ahmad.addNeed(title)
    await ahmad.exchange()
    await zeinab.exchange()
    ahmad.line = noLine
    await setBack()
    await ahmad.addNeed('بعد الرجوع')
    // a new disk under the old address, filled by a neighbour: no cursor says anything there
    relay = createRelay({ store: openMemoryStore(), now: () => zeinab.time.ms })
    for (const phone of [zeinab, ahmad]) phone.line = lineTo(relay)
    await zeinab.exchange()
    await ahmad.exchange()
    await ahmad.exchange()
    await zeinab.exchange()
    const all = ['قبل النسخة', ...since, 'بعد الرجوع'].sort()
    expect(await titles(ahmad)).toEqual(all)
    expect(await titles(zeinab)).toEqual(all)
    expect(await ahmad.unsent()).toBe(0)
    expect(await ahmad.exchange()).toMatchObject({ roundTrips: 1 })
  })
})
