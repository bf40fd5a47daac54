/** Two histories of one list: whoever meets both says so, every phone draws the same line, and nothing said is lost. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ListName, monthRoom } from '../../../sync-server/protocol/ids.ts'
import { buildUpdate, type Run } from '../../../sync-server/protocol/update.ts'
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

/** The disk as it is now; the function sets the phone back to it. */
const keepDisk = (): (() => Promise<void>) => {
  copies++
  const copy = `fork-copy${copies}-`
  copyDatabases(ahmad.prefix, copy)
  const files = new Map(ahmad.disk.files)
  return async () => {
    await ahmad.kill((prefix) => {
      dropDatabases(prefix)
      copyDatabases(copy, prefix)
      ahmad.disk.files.clear()
      for (const [name, bytes] of files) ahmad.disk.files.set(name, bytes)
    })
    dropDatabases(copy)
  }
}

/** Writes one need, is set back to before it, and writes another: the first is with the relay, the second is not. */
const liveTwice = async (): Promise<void> => {
  const setBack = keepDisk()
  await ahmad.addNeed('في الحياة الأولى')
  await ahmad.exchange()
  await all.settle(zeinab, soran)
  ahmad.line = noLine
  await setBack()
  await ahmad.addNeed('في الحياة الثانية')
}

const listOf = async (phone: Phone): Promise<ListName> => {
  const list = (await phone.local.database.ownLists.get(room))?.list
  if (!list) throw new Error('a phone that wrote has a list')
  return list
}

/** A list as a phone holds it. */
const copyOf = async (phone: Phone, list: ListName): Promise<Run> => {
  const run = await phone.local.replica.runFrom(room, list, 0)
  if (!run) throw new Error(`${phone.name} holds nothing of it`)
  return run
}

/** By hand, past the relay, which takes no second history. */
const bring = async (run: Run, to: Phone): Promise<void> => {
  await to.local.database.inbox.add({ room, update: buildUpdate([run]), source: 'packet', parked: 0 })
  await to.local.replica.drain()
}

const everything = ['في الحياة الأولى', 'في الحياة الثانية', 'قبل النسختين'].sort()

describe('a phone that lived twice', () => {
  test('writes again what it had forgotten, and what nobody else had seen', async () => {
    await liveTwice()
    const first = await copyOf(soran, await listOf(ahmad))
    ahmad.line = all.line
    await all.settle(ahmad, zeinab, soran)
    for (const phone of [ahmad, zeinab, soran]) expect(await titlesOn(phone)).toEqual(everything)
    const { length } = await ahmad.local.database.operations.toArray()
    await bring(first, ahmad)
    await all.settle(ahmad, zeinab)
    expect(await ahmad.local.database.operations.toArray()).toHaveLength(length)
    expect(await ahmad.unsent()).toBe(0)
  })

  test('[R6] is stated by who met both histories; all cut the list there, and he says everything again', async () => {
    await liveTwice()
    await bring(await copyOf(ahmad, await listOf(ahmad)), soran)
    await soran.kill()
    await all.settle(soran, zeinab)
    const list = await listOf(ahmad)
    for (const phone of [soran, zeinab]) {
      expect([...phone.local.replica.book.roster.cuts]).toEqual([[`${room} ${list}`, 1]])
      expect(await titlesOn(phone)).toEqual(['قبل النسختين'])
    }
    ahmad.line = all.line
    await all.settle(ahmad, soran, zeinab)
    for (const phone of [ahmad, zeinab, soran]) expect(await titlesOn(phone)).toEqual(everything)
  })

  test('[R6] loses nothing that had arrived, when somebody comes with what he wrote in a life that was undone', async () => {
    const setBack = keepDisk()
    ahmad.line = noLine
    await ahmad.addNeed('لم تصل')
    const undone = await copyOf(ahmad, await listOf(ahmad))
    await setBack()
    ahmad.line = all.line
    await ahmad.addNeed('وصلت إلى الجميع')
    await all.settle(ahmad, zeinab, soran)
    await bring(undone, soran)
    await all.settle(soran, zeinab)
    expect(await titlesOn(zeinab)).toEqual(['قبل النسختين'])
    await all.settle(ahmad, zeinab, soran)
    for (const phone of [ahmad, zeinab, soran])
      expect(await titlesOn(phone)).toEqual(['قبل النسختين', 'وصلت إلى الجميع'].sort())
    await ahmad.addNeed('ويكتب بعدها')
    await all.settle(ahmad, zeinab)
    expect(await titlesOn(zeinab)).toContain('ويكتب بعدها')
  })

  test('[R6] is stated once, however many meet it', async () => {
    await liveTwice()
    for (const phone of [soran, zeinab]) await bring(await copyOf(ahmad, await listOf(ahmad)), phone)
    await all.settle(soran, zeinab, soran)
    const statements = await zeinab.local.database.statements.toArray()
    const { length } = statements
    await all.settle(soran, zeinab)
    expect(await zeinab.local.database.statements.toArray()).toHaveLength(length)
  })
})
