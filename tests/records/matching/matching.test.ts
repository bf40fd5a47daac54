import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { HelperIndex, type Match, needsFor, wantedOf } from '../../../src/records/matching/matching.ts'
import type { OfferWords } from '../../../src/records/matching/offer-words.ts'
import { type Helper, type HelperRows, helpersFrom } from '../../../src/records/matching/ways-to-help.ts'
import type { NeedInput, NeedRow } from '../../../src/records/need/need.ts'
import type { OfferInput, OfferRow } from '../../../src/records/offer/offer.ts'
import type { ProfileRow } from '../../../src/records/profile/profile.ts'
import { needBy, offerBy, offerWords, profileBy } from '../../support/match-rows.ts'
import { deviceOf } from '../../support/notebook.ts'

/** A Wednesday at nine, where the phone is. */
const now = new Date(2026, 10, 18, 9, 0).getTime()
const dayMs = 24 * 3600 * 1000
const asker = 1

let words: OfferWords
beforeAll(() => {
  words = offerWords()
})

const rowsWith = (
  offers: readonly OfferRow[],
  profiles: readonly ProfileRow[] = [],
  more: Partial<HelperRows> = {},
): HelperRows => ({
  offers,
  profiles,
  asked: new Map(),
  promises: new Map(),
  reachable: new Set(),
  ...more,
})

const best = (need: NeedRow, rows: HelperRows, count = 3, except: ReadonlySet<string> = new Set()): Match[] =>
  new HelperIndex(helpersFrom(rows, words, now), now).best(wantedOf(need, 0, now), count, except)

const need = (input: NeedInput) => needBy(asker, input, now)
const offer = (person: number, input: OfferInput) => offerBy(person, input, now)
const people = (matches: readonly Match[]) => matches.map(({ helper }) => helper.person)
const kinds = ({ reasons }: Match) => reasons.map(({ kind }) => kind)

describe('who can help with a need', () => {
  test('is told with reasons: what, where, when, and that nobody has asked him this week', async () => {
    const ride = await need({ category: 'transport', area: 'الشارع ١٢', urgency: 'today' })
    const car = await offer(2, { kind: 'transport', area: 'شارع 12' })
    const [match] = best(ride, rowsWith([car]))
    expect(match?.reasons).toEqual([
      { kind: 'offer', offer: 'transport' },
      { kind: 'area', area: 'الشارع ١٢' },
      { kind: 'today' },
      { kind: 'unasked' },
    ])
  })

  test('offers the very thing before it offers something that helps', async () => {
    const cold = await need({ category: 'winter', title: 'بطانيتين للأولاد' })
    const blankets = await offer(2, { kind: 'goods', title: 'عندي بطانيات' })
    const coats = await offer(3, { kind: 'goods', title: 'معاطف' })
    const car = await offer(4, { kind: 'transport' })
    const found = best(cold, rowsWith([car, coats, blankets]))
    expect(people(found)).toEqual([deviceOf(2), deviceOf(3)])
    expect(found[0]?.reasons[0]).toEqual({ kind: 'thing', word: 'بطانيات' })
    expect(found[1]?.reasons[0]).toEqual({ kind: 'category', category: 'winter' })
  })

  test('offers by a skill that somebody wrote of himself, and by one that his offer names', async () => {
    const tap = await need({ category: 'water', title: 'الحنفية تسرب' })
    const plumber = await profileBy(2, { skills: ['plumbing'] }, now)
    const other = await offer(3, { kind: 'skill', title: 'سباكة' })
    const found = best(tap, rowsWith([other], [plumber]))
    expect(people(found).sort()).toEqual([deviceOf(2), deviceOf(3)].sort())
    for (const match of found) expect(match.reasons[0]).toEqual({ kind: 'skill', skill: 'plumbing' })
  })

  test('names a person once, by his best way to help', async () => {
    const ride = await need({ category: 'transport', area: 'الشارع ١٢' })
    const far = await offer(2, { kind: 'transport', area: 'السوق' })
    const near = await offer(2, { kind: 'transport', area: 'شارع 12' })
    const drives = await profileBy(2, { skills: ['driving'] }, now)
    const found = best(ride, rowsWith([far, near], [drives]))
    expect(found.map(({ helper }) => helper.offer?.id)).toEqual([near.id])
  })

  test('asks whom nobody asked this week before whom others asked already', async () => {
    const ride = await need({ category: 'transport' })
    const cars = await Promise.all([2, 3, 4].map((person) => offer(person, { kind: 'transport' })))
    const asked = new Map([[deviceOf(2) as string, 2]])
    const promises = new Map([[deviceOf(3) as string, 1]])
    const found = best(ride, rowsWith(cars, [], { asked, promises }))
    expect(people(found)).toEqual([deviceOf(4), deviceOf(3), deviceOf(2)])
    expect(found.map((match) => kinds(match).includes('unasked'))).toEqual([true, false, false])
  })

  test('leaves nobody out for being busy', async () => {
    const food = await need({ category: 'food', minutes: 60 })
    const car = await offer(2, { kind: 'transport', minutes: 10 })
    const many = new Map([[deviceOf(2) as string, 9]])
    const found = best(food, rowsWith([car], [], { asked: many, promises: many }))
    expect(people(found)).toEqual([deviceOf(2)])
  })

  test('leaves out who has no time before it is due, and who is not to be asked', async () => {
    const today = await need({ category: 'transport', urgency: 'today' })
    const friday = await offer(2, {
      kind: 'transport',
      schedule: { type: 'standing', days: [5], from: '08:00', to: '12:00' },
    })
    const over = await offer(3, {
      kind: 'transport',
      schedule: { type: 'dated', from: now - 2 * dayMs, to: now - dayMs },
    })
    const has = await offer(4, { kind: 'transport' })
    expect(people(best(today, rowsWith([friday, over, has])))).toEqual([deviceOf(4)])
    const week = await need({ category: 'transport', urgency: 'week' })
    expect(people(best(week, rowsWith([friday, over])))).toEqual([deviceOf(2)])
    expect(best(week, rowsWith([friday]), 3, new Set([deviceOf(2)]))).toEqual([])
  })

  test('says whether it is enough', async () => {
    const many = await need({ category: 'winter', title: 'بطانيات', quantity: 6 })
    const goods = (person: number, quantity: number) =>
      offer(person, { kind: 'goods', title: 'بطانيات', quantity })
    const found = best(many, rowsWith([await goods(2, 2), await goods(3, 10)]))
    expect(found.map(({ reasons }) => reasons[1])).toEqual([
      { kind: 'enough' },
      { kind: 'part', done: 2, total: 6 },
    ])
  })

  test('has so many hours a week, where he says so and they are enough', async () => {
    const wanted = await need({ category: 'transport', minutes: 90 })
    const enough = await profileBy(2, { skills: ['driving'], hours: 4 }, now)
    const little = await profileBy(3, { skills: ['driving'], hours: 1 }, now)
    const silent = await profileBy(4, { skills: ['driving'] }, now)
    const matches = best(wanted, rowsWith([], [silent, little, enough]))
    expect(people(matches)).toEqual([deviceOf(2), deviceOf(4), deviceOf(3)])
    expect(matches[0]?.reasons).toContainEqual({ kind: 'hours', hours: 4 })
    expect(kinds(matches[2] as Match)).not.toContain('hours')
  })

  test('says from afar only of what can be done from afar', async () => {
    const rows = rowsWith([], [await profileBy(2, { skills: ['legal', 'driving'], remote: true }, now)])
    const [papers] = best(await need({ category: 'legal' }), rows)
    const [ride] = best(await need({ category: 'transport' }), rows)
    expect(papers && kinds(papers)).toContain('remote')
    expect(ride && kinds(ride)).not.toContain('remote')
  })

  test('shows no number about a person', async () => {
    const ride = await need({ category: 'transport' })
    const asked = new Map([[deviceOf(2) as string, 7]])
    const [match] = best(ride, rowsWith([await offer(2, { kind: 'transport' })], [], { asked }))
    expect(JSON.stringify(match?.reasons)).not.toMatch(/\d/)
  })
})

describe('needs that somebody can help with', () => {
  test('stand in the order of how well they fit, with the same reasons', async () => {
    const mine = helpersFrom(rowsWith([await offer(2, { kind: 'transport', area: 'شارع 12' })]), words, now)
    const near = await need({ category: 'transport', area: 'الشارع ١٢' })
    const far = await need({ category: 'transport', area: 'السوق' })
    const bread = await need({ category: 'winter' })
    const found = needsFor(
      mine,
      [bread, far, near].map((one) => wantedOf(one, 0, now)),
      5,
      now,
    )
    expect(found.map(({ wanted }) => wanted.need.id)).toEqual([near.id, far.id])
    expect(found[0] && kinds(found[0])).toEqual(['offer', 'area'])
  })
})

describe('any rows', () => {
  const titles = ['', 'بطانيات', 'حليب أطفال', 'سباكة', 'Medicine', 'عندي سيارة', '\u202e ١٢ %']
  const areas = ['', 'شارع ١٢', 'الشارع 12', 'السوق']
  const helper = fc.record({
    person: fc.integer({ min: 2, max: 9 }),
    kind: fc.constantFrom('time', 'skill', 'goods', 'transport', 'place'),
    title: fc.constantFrom(...titles),
    area: fc.constantFrom(...areas),
    quantity: fc.option(fc.integer({ min: 1, max: 20 })),
    minutes: fc.option(fc.integer({ min: 5, max: 60 })),
    remote: fc.boolean(),
  })
  const wanted = fc.record({
    category: fc.constantFrom('food', 'medicine', 'winter', 'transport', 'water', 'cleaning', 'other'),
    title: fc.constantFrom(...titles),
    area: fc.constantFrom(...areas),
    urgency: fc.constantFrom('today', 'week', 'possible'),
    quantity: fc.integer({ min: 1, max: 9 }),
    minutes: fc.option(fc.integer({ min: 1, max: 60 })),
  })

  const told = (matches: readonly Match[]) =>
    matches.map(({ wanted: { need: one }, helper: { person, offer: by }, reasons }) => [
      one.id,
      person,
      by?.id,
      reasons,
    ])

  test('give the same answer in any order, each person once, each with a reason', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(helper, { maxLength: 12 }),
        fc.array(wanted, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        async (helpers, needs, chance) => {
          const offers = await Promise.all(
            helpers.map(({ person, ...input }) => offer(person, input as OfferInput)),
          )
          const rows = await Promise.all(needs.map((input) => need(input as NeedInput)))
          const shuffled = <Value>(values: readonly Value[]): Value[] =>
            values
              .map((value) => ({ value, place: chance.next().value ?? 0 }))
              .sort((a, b) => a.place - b.place)
              .map(({ value }) => value)
          for (const one of rows) {
            const found = best(one, rowsWith(offers))
            expect(told(best(one, rowsWith(shuffled(offers))))).toEqual(told(found))
            expect(new Set(people(found)).size).toBe(found.length)
            for (const { reasons } of found) expect(reasons.length).toBeGreaterThan(0)
          }
          const mine = (list: readonly OfferRow[]): Helper[] => helpersFrom(rowsWith(list), words, now)
          const all = rows.map((one) => wantedOf(one, 0, now))
          expect(told(needsFor(mine(shuffled(offers)), shuffled(all), 4, now))).toEqual(
            told(needsFor(mine(offers), all, 4, now)),
          )
        },
      ),
      { numRuns: 60 },
    )
  })
})
