/** A full disk: what was set aside is given back to the save in hand, the person is told, and it is set aside again. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Ballast } from '../../src/storage/ballast.ts'
import { createRelay } from '../../sync-server/relay.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { fillDisk } from '../support/disk-image.ts'
import { lineTo, Phone, testStartMs } from '../support/phone.ts'

/** A disk without room but for what is set aside on it. */
class FullDisk implements Ballast {
  isThere = true
  hasRoom = false
  mend: () => void = () => undefined

  fill(full: string): void {
    this.mend = fillDisk((store) => store === full && this.isThere)
  }

  async free(): Promise<boolean> {
    const wasThere = this.isThere
    this.isThere = false
    return wasThere
  }

  async keep(): Promise<'there' | 'tight'> {
    this.isThere ||= this.hasRoom
    return this.isThere ? 'there' : 'tight'
  }
}

let disk: FullDisk
let zeinab: Phone
const need = { type: 'need.add', category: 'food', title: 'ماء' } as const

beforeEach(async () => {
  const time = { ms: testStartMs }
  disk = new FullDisk()
  zeinab = new Phone('زينب', time)
  zeinab.ballast = disk
  zeinab.line = lineTo(createRelay({ store: openMemoryStore(), now: () => time.ms }))
  await zeinab.restart()
  await zeinab.found()
})
afterEach(() => disk.mend())

test.each(['outbox', 'ownLists', 'operations', 'needs'])(
  'a save for which %s has no room succeeds and is seen, and the phone is said to be full until it is not',
  async (full) => {
    disk.fill(full)
    expect(await zeinab.engine.run(need)).toMatchObject({ ok: true })
    expect(await zeinab.rows('needs')).toMatchObject([{ title: 'ماء' }])
    expect(zeinab.engine.status.problem).toBe('diskFull')
    await zeinab.exchange()
    expect(await zeinab.unsent()).toBe(0)
    expect(zeinab.engine.status.problem).toBe('diskFull')
    await zeinab.restart()
    await vi.waitFor(() => expect(zeinab.engine.status.problem).toBe('diskFull'))
    disk.hasRoom = true
    await zeinab.exchange()
    expect(zeinab.engine.status.problem).toBeNull()
    expect(disk.isThere).toBe(true)
  },
)

test('where nothing is set aside any more, a save that has no room says so', async () => {
  await disk.free()
  disk.mend = fillDisk((store) => store === 'outbox')
  expect(await zeinab.engine.run(need)).toEqual({ ok: false, error: { code: 'diskFull' } })
})

test('a start that has no room to take the lead goes into what was set aside', async () => {
  disk.fill('meta')
  await zeinab.restart()
  expect(zeinab.engine.status.phase).toBe('ready')
  disk.mend()
  expect(await zeinab.engine.run(need)).toMatchObject({ ok: true })
})
