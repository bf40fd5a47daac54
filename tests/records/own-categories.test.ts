/** Categories of a network's own: who adds them, what carries them, and what is shown where they are not known. */

import { describe, expect, test } from 'vitest'
import { isCategoryKey } from '../../src/records/categories.ts'
import type { CategoryRow } from '../../src/records/category/category.ts'
import { HelperIndex, wantedOf } from '../../src/records/matching/matching.ts'
import { OfferWords } from '../../src/records/matching/offer-words.ts'
import { helpersFrom } from '../../src/records/matching/ways-to-help.ts'
import type { NeedRow } from '../../src/records/need/need.ts'
import { createLexicon } from '../../src/records/need/reading/lexicon.ts'
import { readMessage } from '../../src/records/need/reading/read-message.ts'
import type { OfferRow } from '../../src/records/offer/offer.ts'
import { createNotebook, deviceOf, idOf, membersWith, type Notebook } from '../support/notebook.ts'
import { readingLists } from '../support/reading-lists.ts'

const [author, neighbour, zeinab, hiwa] = [1, 2, 3, 4].map(deviceOf) as [
  Notebook['device'],
  Notebook['device'],
  Notebook['device'],
  Notebook['device'],
]
const members = membersWith({
  [author]: 'member',
  [neighbour]: 'member',
  [zeinab]: 'coordinator',
  [hiwa]: 'coordinator',
})
const now = 1_000_000
const milk = { type: 'category.add', word: ' حليب أطفال ', icon: 'milk' } as const

const categoriesOn = (notebook: Notebook) => notebook.rows<CategoryRow>('categories')

/** A coordinator's phone with one category. */
const withMilk = async () => {
  const hers = createNotebook(zeinab, members)
  const id = idOf(await hers.run(milk, now)) as CategoryRow['id']
  return { hers, id }
}

describe('a category of the network’s own', () => {
  test('is added by a coordinator, and changed by any other of them', async () => {
    const { hers, id } = await withMilk()
    const his = createNotebook(hiwa, members)
    his.receive(hers)
    expect(categoriesOn(his)).toMatchObject([{ id, word: 'حليب أطفال', icon: 'milk', archived: false }])
    await his.run({ type: 'category.edit', id, changes: { archived: true } }, now + 1)
    hers.receive(his)
    expect(categoriesOn(hers)).toMatchObject([{ word: 'حليب أطفال', archived: true }])
    await hers.run({ type: 'category.edit', id, changes: { word: 'حليب', archived: false } }, now + 2)
    expect(categoriesOn(hers)).toMatchObject([{ word: 'حليب', icon: 'milk', archived: false }])
  })

  test('is nobody else’s to add or change', async () => {
    const { hers, id } = await withMilk()
    const phone = createNotebook(author, members)
    phone.receive(hers)
    expect(await phone.run(milk, now)).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
    const changed = await phone.run({ type: 'category.edit', id, changes: { word: 'آخر' } }, now)
    expect(changed).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
    // nor does what a changed app writes count
    const forged = createNotebook(author, membersWith({ [author]: 'coordinator', [zeinab]: 'coordinator' }))
    forged.receive(hers)
    await forged.run({ type: 'category.edit', id, changes: { word: 'آخر' } }, now + 5)
    await forged.run(milk, now + 5)
    hers.receive(forged)
    expect(categoriesOn(hers)).toMatchObject([{ id, word: 'حليب أطفال' }])
  })

  test('has a word, of at most 24 signs', async () => {
    const hers = createNotebook(zeinab, members)
    expect(await hers.run({ ...milk, word: '  ' }, now)).toMatchObject({ error: { field: 'word' } })
    const long = await hers.run({ ...milk, word: 'م'.repeat(25) }, now)
    expect(long).toMatchObject({ error: { field: 'word', rule: 'tooLong' } })
  })

  test('whose drawing a newer phone chose is shown with another one, and keeps its word', async () => {
    const { hers, id } = await withMilk()
    for (const { fields } of hers.operations) if (fields) fields.icon = 'a drawing of tomorrow'
    expect(categoriesOn(hers)).toMatchObject([{ id, word: 'حليب أطفال', icon: 'other' }])
  })
})

describe('a need', () => {
  test('carries the id of one, and is read also where that is not known', async () => {
    const { hers, id } = await withMilk()
    const phone = createNotebook(author, members)
    phone.receive(hers)
    await phone.run({ type: 'need.add', category: id }, now)
    const stranger = createNotebook(neighbour, members)
    stranger.operations.push(...phone.operations.filter(({ type }) => type === 'need'))
    for (const notebook of [phone, stranger])
      expect(notebook.rows<NeedRow>('needs')).toMatchObject([{ category: id }])
    expect(isCategoryKey(id)).toBe(false)
  })

  test('that names neither a key nor an id is about something else', async () => {
    const phone = createNotebook(author, members)
    await phone.run({ type: 'need.add', category: 'food' }, now)
    for (const strange of ['a-key-of-tomorrow', '../../etc', 7, null]) {
      for (const { fields } of phone.operations) if (fields) fields.category = strange
      expect(phone.rows<NeedRow>('needs')).toMatchObject([{ category: 'other' }])
    }
  })

  test('stays what it is when somebody corrects its words', async () => {
    const { hers, id } = await withMilk()
    const needId = idOf(await hers.run({ type: 'need.add', category: id }, now))
    await hers.run({ type: 'need.edit', id: needId, changes: { category: id, title: 'علبتان' } }, now + 1)
    expect(hers.operations.at(-1)?.fields).toEqual({ title: 'علبتان' })
  })
})

describe('who can help with a need of a network’s own kind', () => {
  const best = async (offers: Parameters<Notebook['run']>[0][]) => {
    const { hers, id } = await withMilk()
    const lexicon = createLexicon(readingLists, [{ id, word: 'شبك نوافذ' }])
    const words = new OfferWords(lexicon, (skill) => skill)
    await hers.run({ type: 'need.add', category: id, title: 'للشتاء' }, now)
    for (const offer of offers)
      await hers.run(offer.type === 'offer.add' && offer.category ? { ...offer, category: id } : offer, now)
    const [need] = hers.rows<NeedRow>('needs')
    if (!need) throw new Error('the need was not written')
    const rows = { offers: hers.rows<OfferRow>('offers'), profiles: [] }
    const counts = { asked: new Map(), promises: new Map(), reachable: new Set<string>() }
    const helpers = helpersFrom({ ...rows, ...counts }, words, now)
    return new HelperIndex(helpers, now).best(wantedOf(need, 0, now), 3, new Set())
  }

  test('is whoever offers for that kind, or names it', async () => {
    const [said] = await best([{ type: 'offer.add', kind: 'goods', title: 'شيء', category: 'other' }])
    expect(said?.reasons[0]).toMatchObject({ kind: 'category' })
    const [named] = await best([{ type: 'offer.add', kind: 'skill', title: 'أركب شبك نوافذ' }])
    expect(named?.reasons[0]).toMatchObject({ kind: 'category' })
  })

  test('is not whoever offers food, the first of the kinds that every network has', async () => {
    expect(await best([{ type: 'offer.add', kind: 'goods', title: 'سلة غذائية' }])).toEqual([])
  })
})

test('a pasted message that names a kind of the network’s own is proposed as one', async () => {
  const { id } = await withMilk()
  const lexicon = createLexicon(readingLists, [{ id, word: 'حليب أطفال' }])
  const [told] = readMessage(lexicon, 'محتاجين حليب اطفال ٣ علب شارع ١٢')
  expect(told).toMatchObject({ category: id, quantity: 3 })
  const [plain] = readMessage(lexicon, 'محتاجين سلة غذائية')
  expect(plain?.category).toBe('food')
})
