import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { myClaims } from '../../src/records/claim/queries.ts'
import type { RecordCommand } from '../../src/records/commands.ts'
import { listedNeedsOf, needById } from '../../src/records/need/queries.ts'
import { offerById, openOffersOf } from '../../src/records/offer/queries.ts'
import { newRecordId } from '../../src/records/operation-codec.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { type NetworkDatabase, openNetworkDatabase } from '../../src/storage/database.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const asker = deviceOf(1)
const coordinator = deviceOf(2)
const volunteer = deviceOf(3)
const members = membersWith({ [asker]: 'member', [coordinator]: 'coordinator', [volunteer]: 'member' })
const hourMs = 3600 * 1000
const now = 1_000 * hourMs

/** The rows of a notebook in a database, as the projection leaves them. */
const opened = async (name: string, notebook: Notebook): Promise<NetworkDatabase> => {
  const place = { networkId: name as NetworkId, deviceId: 'A'.repeat(22) as DeviceId }
  const db = openNetworkDatabase(place, rowFormat)
  await db.open()
  for (const table of Object.keys(rowFormat.tables)) await db.table(table).bulkPut(notebook.rows(table))
  return db
}

const need = (title: string, rest: Partial<RecordCommand & { type: 'need.add' }> = {}): RecordCommand => ({
  type: 'need.add',
  category: 'water',
  title,
  ...rest,
})

describe('needs and claims', () => {
  let db: NetworkDatabase
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    const phone = createNotebook(asker, members)
    const add = async (title: string, hoursAgo: number, rest = {}) => {
      ids[title] = idOf(await phone.run(need(title, rest), now - hoursAgo * hourMs))
    }
    await add('قديمة', 9)
    await add('عاجلة', 8, { urgency: 'today', category: 'food' })
    await add('جديدة', 1, { area: 'الشارع 12', contact: { name: 'أم علي', phone: '٠٧٧٠١٢٣' } })
    await add('ملغاة', 3)
    await add('منجزة', 4)
    await phone.run({ type: 'need.cancel', id: ids.ملغاة as string, reason: '' }, now)

    const helper = createNotebook(volunteer, members)
    helper.receive(phone)
    const done = idOf(await helper.run({ type: 'claim.take', needId: ids.منجزة as string }, now - hourMs))
    await helper.run({ type: 'claim.done', id: done }, now - hourMs)
    await helper.run({ type: 'claim.take', needId: ids.جديدة as string }, now - hourMs)
    const released = idOf(await helper.run({ type: 'claim.take', needId: ids.قديمة as string }, now))
    await helper.run({ type: 'claim.release', id: released }, now)
    db = await opened('board', helper)
  })
  afterAll(() => db.delete())

  test('says what a person wrote that is neither met nor cancelled, the urgent first, and who has it', async () => {
    const cards = await listedNeedsOf(db, asker, now)
    expect(cards.map(({ need, status }) => `${need.title} ${status.state}`)).toEqual([
      'عاجلة open',
      'جديدة covered',
      'قديمة open',
    ])
    expect(await listedNeedsOf(db, volunteer, now)).toEqual([])
  })

  test('one need comes with its claims and its contact', async () => {
    const view = await needById(db, ids.جديدة as string, now)
    expect(view).toMatchObject({
      status: { covered: 1 },
      contact: { row: { name: 'أم علي', phone: '0770123' } },
    })
    expect(view?.claims).toHaveLength(1)
    expect(await needById(db, 'nothing', now)).toBeUndefined()
  })

  test('gives a member’s claims with their needs, what is to be done before what is done', async () => {
    const cards = await myClaims(db, volunteer, now)
    expect(cards.map((card) => [card.need?.title, card.claim.state, card.place?.place])).toEqual([
      ['جديدة', 'taken', 'covering'],
      ['منجزة', 'done', 'covering'],
    ])
  })
})

test('a contact that somebody else points at a need is not shown', async () => {
  const phone = createNotebook(asker, members)
  const needId = idOf(await phone.run(need('ماء'), now))
  const hostile = createNotebook(volunteer, members)
  hostile.receive(phone)
  const { id, nonce } = await newRecordId(volunteer)
  hostile.operations.push({
    ...(phone.operations[0] as Notebook['operations'][number]),
    ...{ recordId: id, nonce, author: volunteer, list: `${volunteer}.0` as never, type: 'contact' },
    fields: { aboutId: needId, phone: '0770666' },
  })
  const db = await opened('hostile', hostile)
  expect(await db.table('contacts').count()).toBe(1)
  expect((await needById(db, needId, now))?.contact).toMatchObject({ exists: false, row: undefined })
  await db.delete()
})

test('offers of a person: the newest first, without those that are past or ended', async () => {
  const phone = createNotebook(asker, members)
  const add = async (title: string, hoursAgo: number, rest: object = {}) =>
    idOf(await phone.run({ type: 'offer.add', title, kind: 'skill', ...rest }, now - hoursAgo * hourMs))
  const dated = (to: number) => ({ schedule: { type: 'dated', from: now - 9 * hourMs, to } })
  await add('قديم', 9)
  await add('انتهى وقته', 2, dated(now))
  await add('غداً', 3, { ...dated(now + hourMs), kind: 'transport' })
  const ended = await add('أُنهي', 1, { contact: { phone: '122' } })
  await phone.run({ type: 'offer.end', id: ended }, now)
  const db = await opened('offers', phone)
  expect((await openOffersOf(db, asker, now)).map(({ offer }) => offer.title)).toEqual(['غداً', 'قديم'])
  expect(await openOffersOf(db, volunteer, now)).toEqual([])
  expect(await offerById(db, ended, now)).toMatchObject({
    state: 'ended',
    contact: { row: { phone: '122' } },
  })
  await db.delete()
})
