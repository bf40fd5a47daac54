/** Types of record whose code comes later: nothing of them is lost while it is not here. */
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { project, projectOwed, type Reduction, reproject } from '../../src/engine/projection.ts'
import { importLaterRecords, TypeBook } from '../../src/engine/type-book.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { type NetworkDatabase, openNetworkDatabase } from '../../src/storage/database.ts'
import type { OperationRow } from '../../src/storage/schema.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { createNotebook, deviceOf, idOf, membersWith } from '../support/notebook.ts'

const zeynep = deviceOf(1)
const members = membersWith({ [zeynep]: 'member' })
const me = deviceOf(2)
const now = 1_000_000

const openedAs = async (name: string): Promise<NetworkDatabase> => {
  const db = openNetworkDatabase({ networkId: name as NetworkId, deviceId: me as DeviceId }, rowFormat)
  await db.open()
  return db
}

/** A need and what was said about it. */
const written = async (): Promise<{ operations: OperationRow[]; need: string; comment: string }> => {
  const notebook = createNotebook(zeynep, members)
  const need = idOf(await notebook.run({ type: 'need.add', category: 'water', title: 'ماء' }, now))
  const about = { aboutId: need, aboutType: 'need', text: 'وصل نصفه' } as const
  const comment = idOf(await notebook.run({ type: 'comment.add', ...about }, now + 1))
  return { operations: notebook.operations, need, comment }
}

const arrive = (db: NetworkDatabase, operations: OperationRow[], by: Reduction): Promise<void> =>
  project(db, { lists: [], statements: [], waiting: [], opened: [], operations }, by, me)

const idsIn = async (db: NetworkDatabase, table: string): Promise<string[]> =>
  (await db.table<{ id: string }>(table).toArray()).map(({ id }) => id)

test('what comes before the code of its type has no row, holds up nothing else, and gets its row with the code', async () => {
  const db = await openedAs('owed')
  const { operations, need, comment } = await written()
  const by: Reduction = { members, types: new TypeBook(importLaterRecords) }
  await arrive(db, operations, by)
  expect([await idsIn(db, 'needs'), await idsIn(db, 'comments')]).toEqual([[need], []])

  expect((await by.types.fetchLater()).ok).toBe(true)
  await projectOwed(db, by)
  expect([await idsIn(db, 'needs'), await idsIn(db, 'comments')]).toEqual([[need], [comment]])
})

test('rows that are owed are still owed after the app was closed, and once paid nothing is looked through again', async () => {
  const db = await openedAs('restarted')
  const { operations, comment } = await written()
  await arrive(db, operations, { members, types: new TypeBook(importLaterRecords) })
  db.close()

  const again = await openedAs('restarted')
  const by: Reduction = { members, types: new TypeBook(importLaterRecords) }
  await by.types.fetchLater()
  await projectOwed(again, by)
  expect(await idsIn(again, 'comments')).toEqual([comment])
  await again.table('comments').clear()
  await projectOwed(again, by)
  expect(await idsIn(again, 'comments')).toEqual([])
})

test('a row that is there already goes while its code is missing and its author changes, and comes again', async () => {
  const db = await openedAs('missing')
  const { operations, comment } = await written()
  const whole: Reduction = { members, types: new TypeBook(importLaterRecords) }
  await whole.types.fetchLater()
  await arrive(db, operations, whole)
  expect(await idsIn(db, 'comments')).toEqual([comment])

  const types = new TypeBook(() => Promise.reject(new Error('no such file')))
  expect(await types.fetchLater()).toMatchObject({ ok: false })
  await reproject(db, [zeynep], { members, types })
  await projectOwed(db, whole)
  expect(await idsIn(db, 'comments')).toEqual([comment])
})
