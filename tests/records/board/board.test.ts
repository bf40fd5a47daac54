import { beforeAll, describe, expect, test } from 'vitest'
import { areaKey } from '../../../src/i18n/fold.ts'
import { Board, type OfferFilter } from '../../../src/records/board/board.ts'
import { archiveAfterMs, type NeedFilter } from '../../../src/records/board/need-filter.ts'
import type { ClaimRow } from '../../../src/records/claim/claim.ts'
import { claimLifetimeMs } from '../../../src/records/claim/claim-order.ts'
import type { NeedRow } from '../../../src/records/need/need.ts'
import type { OfferRow } from '../../../src/records/offer/offer.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../../support/notebook.ts'

const asker = deviceOf(1)
const volunteer = deviceOf(3)
const members = membersWith({ [asker]: 'member', [volunteer]: 'member' })
const hourMs = 3600 * 1000
const now = 1_000 * hourMs

const claimsIn = (notebook: Notebook): Map<string, ClaimRow[]> =>
  Map.groupBy(notebook.rows<ClaimRow>('claims'), ({ needId }) => String(needId))

const boardOf = (notebook: Notebook): Board => {
  const board = new Board()
  board.putNeeds(notebook.rows<NeedRow>('needs'), claimsIn(notebook), now)
  board.putOffers(notebook.rows<OfferRow>('offers'))
  return board
}

describe('needs on the board', () => {
  let board: Board
  let helper: Notebook
  const ids: Record<string, string> = {}
  const titles = (filter: NeedFilter, on = board): string[] =>
    on.needs(filter, now, 100).cards.map(({ need }) => need.title)

  beforeAll(async () => {
    const phone = createNotebook(asker, members)
    const add = async (title: string, hoursAgo: number, rest = {}) => {
      const command = { type: 'need.add', category: 'water', title, ...rest } as const
      ids[title] = idOf(await phone.run(command, now - hoursAgo * hourMs))
    }
    await add('قديمة', 9, { area: 'زقاق ٧' })
    await add('عاجلة', 8, { urgency: 'today', category: 'food' })
    await add('جديدة', 1, { area: 'الشارع 12', urgency: 'week' })
    await add('ملغاة', 3)
    await add('منجزة', 4)
    await phone.run({ type: 'need.cancel', id: ids.ملغاة as string, reason: '' }, now)
    helper = createNotebook(volunteer, members)
    helper.receive(phone)
    const done = idOf(await helper.run({ type: 'claim.take', needId: ids.منجزة as string }, now - hourMs))
    await helper.run({ type: 'claim.done', id: done }, now - hourMs)
    await helper.run({ type: 'claim.take', needId: ids.جديدة as string }, now - hourMs)
    const released = idOf(await helper.run({ type: 'claim.take', needId: ids.قديمة as string }, now))
    await helper.run({ type: 'claim.release', id: released }, now)
    board = boardOf(helper)
  })

  test('the urgent stand first, then the newest, without what is met or cancelled', () => {
    expect(titles({})).toEqual(['عاجلة', 'جديدة', 'قديمة'])
  })

  test('the words of what is hidden find nothing, but for who wrote it; the list keeps its place', () => {
    const hidden = { ids: new Set([ids.عاجلة as string]), reader: volunteer as string }
    expect(board.needs({ text: 'عاجلة' }, now, 9, hidden).total).toBe(0)
    expect(board.needs({ text: 'عاجلة' }, now, 9, { ...hidden, reader: asker }).total).toBe(1)
    expect(board.needs({}, now, 9, hidden).total).toBe(3)
  })

  test('the near stand before others that are as urgent', () => {
    expect(titles({ nearKey: areaKey('الزقاق 7') })).toEqual(['عاجلة', 'قديمة', 'جديدة'])
  })

  test.each<[string, NeedFilter, string[]]>([
    ['category', { category: 'food' }, ['عاجلة']],
    ['urgency', { urgency: 'week' }, ['جديدة']],
    ['area in another spelling', { areaKey: areaKey('شارع ١٢') }, ['جديدة']],
    ['who wrote it', { involved: asker }, ['عاجلة', 'جديدة', 'قديمة']],
    ['who has it now', { involved: volunteer }, ['جديدة']],
    ['nobody has it', { state: 'open' }, ['عاجلة', 'قديمة']],
    ['somebody has it', { state: 'covered' }, ['جديدة']],
    ['it is met', { state: 'met' }, ['منجزة']],
    ['it is cancelled', { state: 'cancelled' }, ['ملغاة']],
    ['it is over, what changed last first', { state: 'over' }, ['ملغاة', 'منجزة']],
    ['text in another spelling', { text: 'جديده' }, ['جديدة']],
    ['text that is the word of a category', { text: 'طعام', textCategories: ['food'] }, ['عاجلة']],
    ['two of these', { text: 'جديده', urgency: 'today' }, []],
  ])('are filtered by %s', (_, filter, expected) => {
    expect(titles(filter)).toEqual(expected)
  })

  test('as many are given as are wanted, and all are counted', () => {
    const { cards, total } = board.needs({}, now, 2)
    expect([cards.length, total]).toEqual([2, 3])
  })

  test('a claim that has expired by the given time covers no more', () => {
    expect(board.needs({ state: 'open' }, now + claimLifetimeMs, 9).total).toBe(3)
  })

  test('what it lists and what is over are counted; categories are those of the listed', () => {
    expect(board.counts(now)).toEqual({
      ...{ listedNeeds: 3, overNeeds: 2, archivedNeeds: 0 },
      ...{ openOffers: 0, overOffers: 0 },
    })
    expect(board.categories()).toEqual(['water', 'food'])
  })

  test('what has been over for a month leaves for the archive, counted from the last word about it', () => {
    const later = (hours: number) => now + archiveAfterMs - hours * hourMs
    const archived = (nowMs: number): string[] =>
      board.needs({ state: 'over', closed: 'before' }, nowMs, 9).cards.map(({ need }) => need.title)
    expect(archived(later(2))).toEqual([])
    // «done» an hour before it was cancelled
    expect(archived(later(1))).toEqual(['منجزة'])
    expect(archived(later(0))).toEqual(['ملغاة', 'منجزة'])
    expect(board.needs({ state: 'over', closed: 'lately' }, later(1), 9).total).toBe(1)
    expect(board.counts(later(1))).toMatchObject({ listedNeeds: 3, overNeeds: 1, archivedNeeds: 1 })
    // it is found there by words as on the board
    expect(board.needs({ state: 'over', closed: 'before', text: 'منجزه' }, later(0), 9).total).toBe(1)
  })

  test('a row that changed is found by its new words only, and stands where it now belongs', async () => {
    const changing = boardOf(helper)
    const changes = { title: 'مدفأة', urgency: 'today' } as const
    const edit = { type: 'need.edit', id: ids.قديمة as string, changes } as const
    const author = createNotebook(asker, members)
    author.receive(helper)
    expect((await author.run(edit, now)).ok).toBe(true)
    changing.putNeeds(author.rows<NeedRow>('needs'), claimsIn(author), now)
    expect(titles({ text: 'قديمة' }, changing)).toEqual([])
    expect(titles({ text: 'مدفأه' }, changing)).toEqual(['مدفأة'])
    expect(titles({}, changing)).toEqual(['عاجلة', 'مدفأة', 'جديدة'])
  })

  test('what is dropped is gone, and other claims change how things stand', () => {
    const changing = boardOf(helper)
    changing.drop([ids.عاجلة as string])
    changing.putClaims([ids.جديدة as string, ids.منجزة as string], new Map(), now)
    expect(titles({}, changing)).toEqual(['جديدة', 'منجزة', 'قديمة'])
    expect(titles({ state: 'covered' }, changing)).toEqual([])
  })

  test('a need that is shown as part of another does not stand by itself', () => {
    const changing = boardOf(helper)
    const keptBy = new Map([[ids.جديدة as string, ids.قديمة as string]])
    expect([changing.putMerged(keptBy), changing.putMerged(new Map(keptBy))]).toEqual([true, false])
    expect(titles({}, changing)).toEqual(['عاجلة', 'قديمة'])
    expect(changing.counts(now).listedNeeds).toBe(2)
  })

  test('a need that is edited a thousand times is found once', () => {
    const changing = boardOf(helper)
    const row = helper.rows<NeedRow>('needs').find(({ title }) => title === 'قديمة') as NeedRow
    for (let n = 0; n < 1100; n++) changing.putNeeds([{ ...row, search: ` كلمه${n} ` }], new Map(), now)
    expect(titles({ text: 'كلمة1099' }, changing)).toEqual(['قديمة'])
    expect(titles({ text: 'كلمة1098' }, changing)).toEqual([])
    expect(titles({ text: 'جديدة' }, changing)).toEqual(['جديدة'])
  })
})

test('offers: the near first, then the newest; past and ended ones only when asked', async () => {
  const phone = createNotebook(asker, members)
  const add = async (title: string, hoursAgo: number, rest: object = {}) =>
    idOf(await phone.run({ type: 'offer.add', title, kind: 'skill', ...rest }, now - hoursAgo * hourMs))
  const dated = (to: number) => ({ schedule: { type: 'dated', from: now - 9 * hourMs, to } })
  await add('قديم', 9, { area: 'شارع ١٢' })
  await add('انتهى وقته', 2, dated(now))
  await add('غداً', 3, { ...dated(now + hourMs), kind: 'transport' })
  const ended = await add('أُنهي', 1)
  await phone.run({ type: 'offer.end', id: ended }, now)
  const board = boardOf(phone)
  const shown = (filter: OfferFilter) =>
    board.offers(filter, now, 9).cards.map(({ offer, state }) => `${offer.title} ${state}`)
  expect(shown({})).toEqual(['غداً open', 'قديم open'])
  expect(shown({ nearKey: areaKey('12') })).toEqual(['قديم open', 'غداً open'])
  expect(shown({ kind: 'transport' })).toEqual(['غداً open'])
  expect(shown({ creator: volunteer })).toEqual([])
  expect(shown({ text: 'غدا' })).toEqual(['غداً open'])
  expect(shown({ isOver: true })).toEqual(['أُنهي ended', 'انتهى وقته past'])
  expect(board.counts(now)).toMatchObject({ openOffers: 2, overOffers: 2 })
})
