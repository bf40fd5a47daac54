/** What live sockets bring, on a disk whose power goes at any write. */

import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rowFormat } from '../../src/records/row-format.ts'
import { type NetworkDatabase, openNetworkDatabase } from '../../src/storage/database.ts'
import type { Place } from '../../src/storage/schema.ts'
import { LiveIntake, LiveNonsense } from '../../src/sync/live/live-intake.ts'
import { boardRoom, clientOfList, listNameOf } from '../../sync-server/protocol/ids.ts'
import { buildUpdate } from '../../sync-server/protocol/update.ts'
import { copyDatabases, dropDatabases, watchWrites } from '../support/disk-image.ts'

const relay = 'https://relay.test'
const relayId = 'AAECAwQFBgcICQoLDA0ODw'
const place = { networkId: 'n', deviceId: 'd' } as unknown as Place
const key = { device: 'AAECAwQFBgcICQoLDA0ODw' as never, generation: 7 }

/** An update with the entry at one index of somebody's list. */
const updateAt = (index: number) =>
  buildUpdate([
    {
      client: clientOfList(key),
      list: index === 0 ? listNameOf(key) : null,
      fromIndex: index,
      entries: [new Uint8Array(40).fill(index)],
    },
  ])
const receiptAt = (seq: number) => ({ relayId, seq, durable: [] })

let database: NetworkDatabase
let failures: unknown[]
let images = 0

const intakeOn = (drain = async () => undefined): LiveIntake =>
  new LiveIntake({
    database,
    relay,
    drain,
    onTaken: () => undefined,
    onReceipt: () => undefined,
    onFailure: (error) => failures.push(error),
  })

const heldIn = async (from: NetworkDatabase) => ({
  updates: await from.inbox.count(),
  cursor: (await from.cursors.get([relay, boardRoom]))?.cursor ?? 0,
})

beforeEach(async () => {
  failures = []
  database = openNetworkDatabase(place, rowFormat, 'live-')
  await database.meta.put({ key: `relay ${relay}`, value: relayId })
})
afterEach(() => {
  database.close()
  dropDatabases('live-')
})

describe('what live sockets bring', () => {
  test('receipts without end, faster than the disk, end live work and do not fill the memory', async () => {
    const intake = intakeOn()
    for (let seq = 0; seq < 10_000; seq++) intake.receipt(boardRoom, receiptAt(seq))
    await intake.settled()
    expect(failures).toEqual([expect.any(LiveNonsense)])
  })

  test('[R20] a receipt that is faster than the log still says of the first entry of a list that it is safe', async () => {
    const list = listNameOf(key)
    const entry = {
      entry: new Uint8Array(40),
      head: new Uint8Array(32),
      recordIds: [],
      savedAt: 0,
      again: null,
    }
    const row = { room: boardRoom, list, index: 0, logged: 0 as const, delivered: 0 as const, ...entry }
    await database.outbox.add(row)
    const intake = intakeOn()
    const client = clientOfList(key)
    intake.receipt(boardRoom, { relayId, seq: 1, durable: [{ client, length: 1, head: row.head }] })
    await intake.settled()
    expect(failures).toEqual([])
    expect(await database.outbox.toArray()).toMatchObject([{ list, delivered: 1 }])
  })

  test('[R20] at no write is a cursor on the disk without all that was sent before it', async () => {
    const intake = intakeOn()
    const prefixes: string[] = []
    const stop = watchWrites('live-', () => {
      const prefix = `image${images++}-`
      copyDatabases('live-', prefix)
      prefixes.push(prefix)
    })
    // the first is on its way to the disk when the others come
    const first = intake.update(boardRoom, updateAt(0))
    intake.receipt(boardRoom, receiptAt(1))
    const second = intake.update(boardRoom, updateAt(1))
    intake.receipt(boardRoom, receiptAt(2))
    await Promise.all([first, second])
    await intake.settled()
    stop()
    expect(await heldIn(database)).toEqual({ updates: 2, cursor: 2 })
    expect(prefixes.length).toBeGreaterThan(3)
    for (const prefix of prefixes) {
      const image = openNetworkDatabase(place, rowFormat, prefix)
      const { updates, cursor } = await heldIn(image)
      expect(updates).toBeGreaterThanOrEqual(cursor)
      image.close()
      dropDatabases(prefix)
    }
  })

  test('a socket that was let go of moves no cursor any more, also with what it had brought before', async () => {
    const intake = intakeOn()
    const update = intake.update(boardRoom, updateAt(0))
    intake.receipt(boardRoom, receiptAt(1))
    intake.close()
    await update
    await intake.settled()
    expect(await heldIn(database)).toEqual({ updates: 0, cursor: 0 })
  })

  test('a socket that is let go of while its words are being written moves no cursor: its log may have lost its end', async () => {
    const intake = intakeOn()
    let writes = 0
    const stop = watchWrites('live-', () => {
      writes++
      if (writes === 2) intake.close()
    })
    const updates = [intake.update(boardRoom, updateAt(0)), intake.update(boardRoom, updateAt(1))]
    intake.receipt(boardRoom, receiptAt(2))
    await Promise.all(updates)
    await intake.settled()
    stop()
    expect(await heldIn(database)).toEqual({ updates: 2, cursor: 0 })
  })

  test('[R3] what waits in the inbox already is not put there again', async () => {
    await database.inbox.add({ room: boardRoom, update: updateAt(5), source: relay, parked: 1 })
    const intake = intakeOn()
    await intake.update(boardRoom, updateAt(5))
    await intake.update(boardRoom, updateAt(6))
    expect(await heldIn(database)).toMatchObject({ updates: 2 })
  })

  test.each([
    ['no update', new Uint8Array([1, 2, 3])],
    ['an update that deletes', new Uint8Array([0, 1, 1, 1, 0, 1])],
  ])('%s ends live work, and nothing of what came after it is kept', async (_name, update) => {
    const intake = intakeOn()
    const last = intake.update(boardRoom, update)
    intake.receipt(boardRoom, receiptAt(9))
    await last
    await intake.settled()
    expect(failures).toMatchObject([expect.any(LiveNonsense)])
    expect(await heldIn(database)).toEqual({ updates: 0, cursor: 0 })
  })

  test('more than a phone can keep up with ends live work', async () => {
    const intake = intakeOn()
    const large = buildUpdate([
      {
        client: clientOfList(key),
        list: listNameOf(key),
        fromIndex: 0,
        entries: Array.from({ length: 15 }, () => new Uint8Array(16 * 1024)),
      },
    ])
    for (let i = 0; i < 40; i++) void intake.update(boardRoom, large)
    await intake.settled()
    expect(failures).toHaveLength(1)
  })

  test('a disk that fails ends live work with its own words', async () => {
    const intake = intakeOn(() => Promise.reject(new DOMException('no room', 'QuotaExceededError')))
    await intake.update(boardRoom, updateAt(0))
    expect(failures).toMatchObject([{ name: 'QuotaExceededError' }])
  })
})
