/** Two needs that are one: who may say so, what every phone makes of it, and which pairs a person is asked about. */

import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RecordCommand } from '../../src/records/commands.ts'
import {
  doesMergeCount,
  mergesOf,
  readMerges,
  type SameAsRow,
  sameAsUndoMs,
} from '../../src/records/need/merges.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import { needById } from '../../src/records/need/queries.ts'
import { rowFormat } from '../../src/records/row-format.ts'
import { alreadyTold, likelyPairs } from '../../src/records/same-as/duplicates.ts'
import { type NetworkDatabase, openNetworkDatabase } from '../../src/storage/database.ts'
import type { MemberRow } from '../../src/storage/schema.ts'
import type { DeviceId, NetworkId } from '../../sync-server/protocol/ids.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'

const zeinab = deviceOf(1)
const coordinator = deviceOf(2)
const ahmad = deviceOf(3)
const members = membersWith({ [zeinab]: 'member', [coordinator]: 'coordinator', [ahmad]: 'member' })
const hourMs = 3600 * 1000
const now = 1_000 * hourMs

let count = 0
/** The rows of a notebook in a database, as the projection leaves them. */
const opened = async (notebook: Notebook): Promise<NetworkDatabase> => {
  const place = { networkId: `same-as-${count++}` as NetworkId, deviceId: 'A'.repeat(22) as DeviceId }
  const db = openNetworkDatabase(place, rowFormat)
  await db.open()
  for (const table of Object.keys(rowFormat.tables)) await db.table(table).bulkPut(notebook.rows(table))
  return db
}

const need = (title: string, rest: Partial<RecordCommand & { type: 'need.add' }> = {}): RecordCommand => ({
  type: 'need.add',
  category: 'food',
  area: 'شارع 12',
  title,
  ...rest,
})

/** One need of each of two people, on the phone of whoever acts. */
const twoNeeds = async (actor: DeviceId) => {
  const [hers, his] = [createNotebook(zeinab, members), createNotebook(ahmad, members)]
  const first = idOf(await hers.run(need('سلة غذائية لأم عمر', { quantity: 2 }), now - 9 * hourMs))
  const second = idOf(await his.run(need('سله غذائيه لام عمر'), now - 8 * hourMs))
  const phone = createNotebook(actor, members)
  phone.receive(hers)
  phone.receive(his)
  return { phone, first, second }
}

describe('of two numbers', () => {
  const numbers = async (actor: DeviceId, units: [string, string] = ['', '']) => {
    const hers = createNotebook(zeinab, members)
    const keepId = idOf(await hers.run(need('بطانيات', { quantity: 2, unit: units[0] }), now))
    const otherId = idOf(await hers.run(need('بطانيات للعائلة', { quantity: 5, unit: units[1] }), now))
    const phone = createNotebook(actor, members)
    phone.receive(hers)
    const merged = idOf(await phone.run({ type: 'sameAs.merge', keepId, otherId }, now + 1))
    const quantity = () => phone.rows<NeedRow>('needs').find(({ id }) => id === keepId)?.quantity
    return { phone, keepId, merged, quantity }
  }

  test('the larger one stays, not their sum, and taking it back restores what stood', async () => {
    const { phone, merged, quantity } = await numbers(coordinator)
    expect(quantity()).toBe(5)
    expect(phone.rows<SameAsRow>('sameAs')).toMatchObject([{ raisedFrom: 2, raisedTo: 5 }])
    await phone.run({ type: 'sameAs.undo', id: merged }, now + 2)
    expect(quantity()).toBe(2)
  })

  test('what somebody has written since stays when it is taken back', async () => {
    const { phone, keepId, merged, quantity } = await numbers(coordinator)
    await phone.run({ type: 'need.edit', id: keepId, changes: { quantity: 4 } }, now + 2)
    await phone.run({ type: 'sameAs.undo', id: merged }, now + 3)
    expect(quantity()).toBe(4)
  })

  test('nothing changes where they count different things', async () => {
    expect((await numbers(coordinator, ['قطعة', 'كيس'])).quantity()).toBe(2)
  })
})

describe('two needs are one by the word of', () => {
  test('a coordinator, whoever wrote them', async () => {
    const { phone, first, second } = await twoNeeds(coordinator)
    const said = await phone.run({ type: 'sameAs.merge', keepId: first, otherId: second }, now)
    expect(said.ok).toBe(true)
    expect((await readMerges(await opened(phone))).keptBy.get(second)).toBe(first)
  })

  test('who wrote the one that goes, and not of who wrote the one that stays', async () => {
    const { phone, first, second } = await twoNeeds(ahmad)
    expect((await phone.run({ type: 'sameAs.merge', keepId: first, otherId: second }, now)).ok).toBe(true)
    expect(await phone.run({ type: 'sameAs.merge', keepId: second, otherId: first }, now)).toMatchObject({
      ok: false,
      error: { code: 'notAllowed' },
    })
  })

  test('nobody who writes past the buttons: an operation by another member counts for nothing', async () => {
    const { phone, first, second } = await twoNeeds(ahmad)
    const said = await phone.run({ type: 'sameAs.apart', keepId: second, otherId: first }, now)
    const forged = phone.rows<SameAsRow>('sameAs').find(({ id }) => id === idOf(said)) as SameAsRow
    const [hers, his] = [{ creator: zeinab }, { creator: ahmad, cancelled: false }]
    expect(doesMergeCount({ ...forged, undone: false }, hers, his)).toBe(false)
    expect(doesMergeCount({ ...forged, undone: false, asCoordinator: true }, hers, his)).toBe(true)
  })
})

test('a need stands for itself again when the one that stayed is cancelled, or nobody can read it', async () => {
  const { phone, first, second } = await twoNeeds(coordinator)
  await phone.run({ type: 'sameAs.merge', keepId: first, otherId: second }, now)
  const db = await opened(phone)
  expect((await readMerges(db)).keptBy.get(second)).toBe(first)
  await db.table('needs').update(first, { cancelled: true })
  expect((await readMerges(db)).keptBy.size).toBe(0)
  await db.table('needs').delete(first)
  expect((await readMerges(db)).keptBy.size).toBe(0)
})

test('what was brought for a need that its author joined to another closes that one only by the word of who wrote it', async () => {
  const helper = deviceOf(4)
  const all = membersWith({
    ...{ [zeinab]: 'member', [ahmad]: 'member', [coordinator]: 'coordinator', [helper]: 'member' },
  })
  const phoneOf = (device: DeviceId, ...seen: Notebook[]): Notebook => {
    const phone = createNotebook(device, all)
    for (const one of seen) phone.receive(one)
    return phone
  }
  const { phone: told, first: hers, second: his } = await twoNeeds(zeinab)
  const helpers = phoneOf(helper, told)
  await helpers.run({ type: 'claim.take', needId: hers, amount: 2 }, now - hourMs)
  const claimId = String(helpers.rows('claims')[0]?.id)
  await helpers.run({ type: 'claim.done', id: claimId }, now - hourMs)
  const zeinabs = phoneOf(zeinab, helpers)
  await zeinabs.run({ type: 'sameAs.merge', keepId: his, otherId: hers }, now)
  await zeinabs.run({ type: 'confirmation.say', claimId, received: true }, now)
  const stateOn = async (phone: Notebook, need: string) =>
    (await needById(await opened(phone), need, now))?.status.state
  expect([await stateOn(zeinabs, hers), await stateOn(zeinabs, his)]).toEqual(['confirmed', 'done'])
  const ahmads = phoneOf(ahmad, zeinabs)
  const no = { type: 'confirmation.say', claimId, received: false } as const
  expect((await ahmads.run(no, now + 1)).ok).toBe(true)
  expect([await stateOn(ahmads, hers), await stateOn(ahmads, his)]).toEqual(['confirmed', 'open'])
  const stranger = phoneOf(deviceOf(4), zeinabs)
  expect((await stranger.run(no, now + 1)).ok).toBe(false)
  const coordinators = phoneOf(coordinator, zeinabs)
  await coordinators.run({ type: 'sameAs.merge', keepId: his, otherId: hers }, now + 2)
  expect(await stateOn(coordinators, his)).toBe('confirmed')
})

test('who said it takes it back within a day, a coordinator at any time', async () => {
  const { phone, first, second } = await twoNeeds(ahmad)
  const said = idOf(await phone.run({ type: 'sameAs.merge', keepId: first, otherId: second }, now))
  const undo = { type: 'sameAs.undo', id: said } as const
  expect((await phone.run(undo, now + sameAsUndoMs + 1)).ok).toBe(false)
  const other = createNotebook(coordinator, members)
  other.receive(phone)
  expect((await other.run(undo, now + 9 * sameAsUndoMs)).ok).toBe(true)
  expect((await readMerges(await opened(other))).keptBy.size).toBe(0)
  expect((await phone.run(undo, now + hourMs)).ok).toBe(true)
  expect((await readMerges(await opened(phone))).keptBy.size).toBe(0)
})

test('promises on both count together on the one that stays, and stay on the other', async () => {
  const helpers = [deviceOf(4), deviceOf(5)]
  const roles = { [zeinab]: 'member', [ahmad]: 'member', [coordinator]: 'coordinator' } as const
  const all = membersWith({ ...roles, ...Object.fromEntries(helpers.map((id) => [id, 'member'])) })
  const phone = createNotebook(coordinator, all)
  const { phone: told, first, second } = await twoNeeds(coordinator)
  phone.receive(told)
  for (const [i, needId] of [first, second].entries()) {
    const helper = createNotebook(helpers[i] as DeviceId, all)
    helper.receive(phone)
    await helper.run({ type: 'claim.take', needId }, now - hourMs)
    phone.receive(helper)
  }
  const status = async (id: string) => (await needById(await opened(phone), id, now))?.status
  expect(await status(first)).toMatchObject({ state: 'open', covered: 1 })
  await phone.run({ type: 'sameAs.merge', keepId: first, otherId: second }, now)
  expect(await status(first)).toMatchObject({ state: 'covered', covered: 2 })
  expect((await status(second))?.places).toHaveLength(1)
})

const row = (keepId: string, otherId: string, createdAt: number): SameAsRow =>
  ({
    id: `${keepId}${otherId}`,
    keepId,
    otherId,
    createdAt,
    undone: false,
    asCoordinator: true,
  }) as unknown as SameAsRow

describe('of many words', () => {
  test('thousands in a row or in a circle hold nobody up', () => {
    const name = (i: number) => String(i).padStart(5, '0')
    const chain = Array.from({ length: 5000 }, (_, i) => row(name(i + 1), name(i), i))
    let asked = 0
    const counting = chain.map((one) => ({
      ...one,
      get keepId() {
        asked++
        return one.keepId
      },
    }))
    expect(new Set(mergesOf(counting).keptBy.values())).toEqual(new Set([name(5000)]))
    expect(asked).toBeLessThan(10 * chain.length)
    const circle = mergesOf([...chain, row(name(0), name(5000), 5000)])
    expect(circle.othersOf.get(name(0))).toHaveLength(5000)
  })

  test('a chain ends at one need, and of two the later word holds', () => {
    const { keptBy, othersOf } = mergesOf([row('b', 'a', 1), row('c', 'b', 2), row('d', 'a', 3)])
    expect(Object.fromEntries(keptBy)).toEqual({ a: 'd', b: 'c' })
    expect(othersOf.get('c')).toEqual(['b'])
  })

  test('a circle hides nothing: one of its needs stays', () => {
    expect(Object.fromEntries(mergesOf([row('b', 'a', 1), row('a', 'b', 2)]).keptBy)).toEqual({ b: 'a' })
  })

  test('every phone shows the same in whatever order they came, and never hides all', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const rows = fc.array(fc.tuple(ids, ids, fc.nat(5)), { maxLength: 12 })
    fc.assert(
      fc.property(rows, fc.gen(), (said, gen) => {
        const all = said
          .filter(([keep, other]) => keep !== other)
          .map(([keep, other, at]) => row(keep, other, at))
        const shuffled = gen(() => fc.shuffledSubarray(all, { minLength: all.length }))
        const { keptBy } = mergesOf(all)
        expect(mergesOf(shuffled).keptBy).toEqual(keptBy)
        for (const kept of keptBy.values()) expect(keptBy.has(kept)).toBe(false)
      }),
    )
  })
})

describe('a person is asked about', () => {
  const pairs = async (commands: [DeviceId, RecordCommand][], mine?: DeviceId) => {
    const phone = createNotebook(coordinator, members, [coordinator])
    for (const [i, [author, command]] of commands.entries()) {
      const own = createNotebook(author, members, [coordinator])
      await own.run(command, now - (commands.length - i) * hourMs)
      phone.receive(own)
    }
    const found = await likelyPairs(await opened(phone), now, mine)
    return found.map(({ first, second }) => [first.title, second.title])
  }
  const contact = (name: string, phone = '') => ({ name, phone, reach: 'members' as const })

  test('two needs of one place in the same words, however they are spelt', async () => {
    expect(
      await pairs([
        [zeinab, need('سلة غذائية لأم عمر')],
        [ahmad, need('سله غذائيه لام عمر')],
      ]),
    ).toHaveLength(1)
  })

  test('the same phone, in other words, with the code of the country or without', async () => {
    const told = await pairs([
      [zeinab, need('', { contact: contact('', '07701234567') })],
      [ahmad, need('طحين ورز', { contact: contact('', '+9647701234567') })],
    ])
    expect(told).toHaveLength(1)
  })

  test('no two families of one street that need the same', async () => {
    expect(
      await pairs([
        [zeinab, need('سلة غذائية', { contact: contact('أم عمر', '07701111111') })],
        [ahmad, need('سلة غذائية', { contact: contact('أبو كريم', '07702222222') })],
      ]),
    ).toEqual([])
  })

  test('no two of forty that one hand wrote in a row', async () => {
    expect(
      await pairs([
        [zeinab, need('سلة غذائية لبيت ٧')],
        [zeinab, need('سلة غذائية لبيت ٩')],
      ]),
    ).toEqual([])
  })

  test('no two of other places or categories, nor what is over', async () => {
    const told = need('سلة غذائية لأم عمر')
    expect(
      await pairs([
        [zeinab, told],
        [ahmad, need('سلة غذائية لأم عمر', { area: 'شارع 40' })],
      ]),
    ).toEqual([])
    expect(
      await pairs([
        [zeinab, told],
        [ahmad, need('سلة غذائية لأم عمر', { category: 'winter' })],
      ]),
    ).toEqual([])
  })

  test('his own only, where he coordinates nothing', async () => {
    const told: [DeviceId, RecordCommand][] = [
      [zeinab, need('سلة غذائية لأم عمر')],
      [coordinator, need('سلة غذائية لأم عمر')],
    ]
    expect(await pairs(told, zeinab)).toHaveLength(1)
    expect(await pairs(told, ahmad)).toEqual([])
  })

  test('no pair that somebody has said to be two, or one', async () => {
    for (const type of ['sameAs.apart', 'sameAs.merge'] as const) {
      const { phone, first, second } = await twoNeeds(coordinator)
      expect(await likelyPairs(await opened(phone), now)).toHaveLength(1)
      await phone.run({ type, keepId: first, otherId: second }, now)
      expect(await likelyPairs(await opened(phone), now)).toEqual([])
    }
  })

  test('a need that is being typed and stands here already', async () => {
    const { phone } = await twoNeeds(coordinator)
    const db = await opened(phone)
    const typed = { category: 'food' as const, area: 'الشارع ١٢', title: 'سلة لأم عمر', name: '', phone: '' }
    expect((await alreadyTold(db, typed, now)).length).toBeGreaterThan(0)
    expect(await alreadyTold(db, { ...typed, title: 'خبز لمدرسة الأمل' }, now)).toEqual([])
  })
})

test('what two coordinators hid is in no pair and not told to who types the same', async () => {
  const { phone, second } = await twoNeeds(coordinator)
  const db = await opened(phone)
  const typed = {
    category: 'food' as const,
    area: 'شارع 12',
    title: 'سله غذائيه لام عمر',
    name: '',
    phone: '',
  }
  const told = async () => (await alreadyTold(db, typed, now)).map(({ id }) => String(id))
  expect([(await likelyPairs(db, now)).length, (await told()).includes(second)]).toEqual([1, true])
  const hiders = [coordinator, deviceOf(9)]
  await db.members.bulkPut(
    hiders.map((deviceId) => ({ deviceId, role: 'coordinator', end: null }) as MemberRow),
  )
  await db.table('hidings').bulkPut(
    hiders.map((creator) => ({
      ...{ id: `H${creator}`, aboutId: second, aboutType: 'need', note: '', lifted: false },
      ...{ creator, createdAt: now, updatedAt: now, conflicts: [] },
    })),
  )
  expect([(await likelyPairs(db, now)).length, (await told()).includes(second)]).toEqual([0, false])
})

test('among 5,000 needs the likely pairs are found without reading them all', async () => {
  const { phone, first } = await twoNeeds(coordinator)
  const db = await opened(phone)
  const model = (await db.table<NeedRow, string>('needs').get(first)) as NeedRow
  const many = Array.from({ length: 5000 }, (_, i) => ({
    ...model,
    id: `N${String(i).padStart(21, '0')}` as NeedRow['id'],
    title: `حاجة ${i}`,
    areaKey: String(i % 40),
    createdAt: i,
    newestFirst: -i,
    category: (['food', 'winter', 'water', 'school'] as const)[i % 4] as NeedRow['category'],
  }))
  await db.table('needs').bulkPut(many)
  let read = 0
  db.table('needs').hook('reading', (one) => {
    read++
    return one
  })
  expect(await likelyPairs(db, now)).toHaveLength(1)
  expect(read).toBeLessThan(4000)
})
