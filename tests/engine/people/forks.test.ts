/** Two histories of one list: whoever meets both says so, every phone draws the same line, and nothing said is lost. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { monthRoom } from '../../../sync-server/protocol/ids.ts'
import { buildUpdate } from '../../../sync-server/protocol/update.ts'
import { copyDatabases, dropDatabases } from '../../support/disk-image.ts'
import { Neighbourhood, titlesOn } from '../../support/neighbourhood.ts'
import { noLine, type Phone, testStartMs } from '../../support/phone.ts'

const room = monthRoom(testStartMs)

let all: Neighbourhood
let zeinab: Phone
let ahmad: Phone
let soran: Phone
let copies = 0

beforeEach(async () => {
  all = new Neighbourhood()
  zeinab = await all.founder('زينب')
  ahmad = await all.joiner('أحمد', zeinab)
  soran = await all.joiner('Soran', zeinab)
  await ahmad.addNeed('قبل النسختين')
  await all.settle(ahmad, zeinab, soran)
})
afterEach(() => all.end())

/** Writes one need, is set back to before it, and writes another: the first is with the relay, the second is not. */
const liveTwice = async (): Promise<void> => {
  copies++
  const copy = `fork-copy${copies}-`
  copyDatabases(ahmad.prefix, copy)
  const files = new Map(ahmad.disk.files)
  await ahmad.addNeed('في الحياة الأولى')
  await ahmad.exchange()
  await all.settle(zeinab, soran)
  ahmad.line = noLine
  await ahmad.kill((prefix) => {
    dropDatabases(prefix)
    copyDatabases(copy, prefix)
    ahmad.disk.files.clear()
    for (const [name, bytes] of files) ahmad.disk.files.set(name, bytes)
  })
  dropDatabases(copy)
  await ahmad.addNeed('في الحياة الثانية')
}

/** By hand, past the relay, which takes no second history. */
const bring = async (from: Phone, to: Phone): Promise<void> => {
  const list = (await from.local.database.ownLists.get(room))?.list
  const run = list && (await from.local.replica.runFrom(room, list, 0))
  if (!run) throw new Error('a phone that wrote has a list')
  await to.local.database.inbox.add({ room, update: buildUpdate([run]), source: 'packet', parked: 0 })
  await to.local.replica.drain()
}

const everything = ['في الحياة الأولى', 'في الحياة الثانية', 'قبل النسختين'].sort()

describe('a phone that lived twice', () => {
  test('writes again what it had forgotten, and what nobody else had seen', async () => {
    await liveTwice()
    ahmad.line = all.line
    await all.settle(ahmad, zeinab, soran)
    for (const phone of [ahmad, zeinab, soran]) expect(await titlesOn(phone)).toEqual(everything)
    const { length } = await ahmad.local.database.operations.toArray()
    await all.settle(ahmad, zeinab)
    expect(await ahmad.local.database.operations.toArray()).toHaveLength(length)
    expect(await ahmad.unsent()).toBe(0)
  })

  test('[R6] is stated by who met both histories; all cut the list there, and he says everything again', async () => {
    await liveTwice()
    await bring(ahmad, soran)
    await soran.kill()
    await all.settle(soran, zeinab)
    const list = (await ahmad.local.database.ownLists.get(room))?.list
    for (const phone of [soran, zeinab]) {
      expect([...phone.local.replica.book.roster.cuts]).toEqual([[`${room} ${list}`, 1]])
      expect(await titlesOn(phone)).toEqual(['قبل النسختين'])
    }
    ahmad.line = all.line
    await all.settle(ahmad, soran, zeinab)
    for (const phone of [ahmad, zeinab, soran]) expect(await titlesOn(phone)).toEqual(everything)
  })

  test('[R6] is stated once, however many meet it', async () => {
    await liveTwice()
    for (const phone of [soran, zeinab]) await bring(ahmad, phone)
    await all.settle(soran, zeinab, soran)
    const statements = await zeinab.local.database.statements.toArray()
    const { length } = statements
    await all.settle(soran, zeinab)
    expect(await zeinab.local.database.statements.toArray()).toHaveLength(length)
  })
})
