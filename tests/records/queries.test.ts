import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { boardCounts } from '../../src/records/board-counts.ts'
import { claimLifetimeMs } from '../../src/records/claim/claim-order.ts'
import { myClaims } from '../../src/records/claim/queries.ts'
import type { RecordCommand } from '../../src/records/commands.ts'
import { needById, needsOnBoard } from '../../src/records/need/queries.ts'
import { offerById, offersOnBoard } from '../../src/records/offer/queries.ts'
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

describe('the board', () => {
  let db: NetworkDatabase
  const ids: Record<string, string> = {}
  const titles = async (filter: Parameters<typeof needsOnBoard>[1]) =>
    (await needsOnBoard(db, filter, now)).map((card) => card.need.title)

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

  test('shows the urgent first, then the newest, and leaves out what is done or cancelled', async () => {
    expect(await titles({})).toEqual(['عاجلة', 'جديدة', 'قديمة'])
  })

  test('shows done and cancelled ones last, when asked', async () => {
    expect(await titles({ includeClosed: true })).toEqual(['عاجلة', 'جديدة', 'قديمة', 'منجزة', 'ملغاة'])
  })

  test.each<[string, Parameters<typeof needsOnBoard>[1], string[]]>([
    ['category', { category: 'food' }, ['عاجلة']],
    ['urgency', { urgent: true }, ['عاجلة']],
    ['area in another spelling', { area: 'شارع ١٢' }, ['جديدة']],
    ['who logged it', { mine: asker }, ['عاجلة', 'جديدة', 'قديمة']],
    ['who logged it: nobody else', { mine: volunteer }, []],
    ['text in another spelling', { text: 'جديده' }, ['جديدة']],
    ['text that is the word of a category', { text: 'طعام', textCategories: ['food'] }, ['عاجلة']],
    ['as many as are wanted', { limit: 2 }, ['عاجلة', 'جديدة']],
  ])('filters by %s', async (_, filter, expected) => {
    expect(await titles(filter)).toEqual(expected)
  })

  test('says of each need who has it', async () => {
    const cards = await needsOnBoard(db, {}, now)
    expect(cards.map(({ status }) => status.state)).toEqual(['open', 'covered', 'open'])
  })

  test('a claim that has expired by the given time covers no more', async () => {
    const later = await needsOnBoard(db, { area: '12' }, now + claimLifetimeMs)
    expect(later).toMatchObject([{ status: { state: 'open' } }])
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

  test('counts what it lists and what is closed; a covered need is listed, a need half done too', async () => {
    expect(await boardCounts(db, now)).toEqual({
      listedNeeds: 3,
      closedNeeds: 2,
      openOffers: 0,
      closedOffers: 0,
    })
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

test('offers: the newest first, past and ended ones only when asked, after the open ones', async () => {
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
  const shown = async (filter: Parameters<typeof offersOnBoard>[1]) =>
    (await offersOnBoard(db, filter, now)).map(({ offer, state }) => `${offer.title} ${state}`)
  expect(await shown({})).toEqual(['غداً open', 'قديم open'])
  expect(await shown({ kind: 'transport' })).toEqual(['غداً open'])
  expect(await shown({ text: 'غدا' })).toEqual(['غداً open'])
  expect(await shown({ includeEnded: true })).toEqual([
    'غداً open',
    'قديم open',
    'انتهى وقته past',
    'أُنهي ended',
  ])
  expect(await offerById(db, ended, now)).toMatchObject({
    state: 'ended',
    contact: { row: { phone: '122' } },
  })
  await db.delete()
})

test('the first needs of a long board are the same, read in pieces or whole', async () => {
  const phone = createNotebook(asker, members)
  const helper = createNotebook(volunteer, members)
  for (let i = 0; i < 300; i++) {
    // Many at one moment: the order within it must not depend on where a piece ends.
    await phone.run(need(`${i}`, { urgency: i % 7 === 0 ? 'today' : 'week' }), now - (i % 5) * hourMs)
  }
  helper.receive(phone)
  const rows = phone.rows('needs')
  for (const row of rows.slice(0, 200)) {
    await helper.run(
      { type: 'claim.done', id: idOf(await helper.run({ type: 'claim.take', needId: row.id }, now)) },
      now,
    )
  }
  const db = await opened('long', helper)
  const idsOf = async (filter: Parameters<typeof needsOnBoard>[1]) =>
    (await needsOnBoard(db, filter, now)).map((card) => card.need.id)
  const whole = await idsOf({})
  expect(whole).toHaveLength(100)
  expect(new Set(whole).size).toBe(100)
  for (const limit of [1, 10, 64, 99, 100, 500]) expect(await idsOf({ limit })).toEqual(whole.slice(0, limit))
  await db.delete()
})
