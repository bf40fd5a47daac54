/** What the reader of pasted messages takes from them, and how often that is what a person would take. */

import { describe, expect, test } from 'vitest'
import { fold } from '../../../src/i18n/fold.ts'
import { createLexicon } from '../../../src/records/need/reading/lexicon.ts'
import { type Proposal, readMessage } from '../../../src/records/need/reading/read-message.ts'
import { needFromProposal } from '../../../src/screens/pasted.ts'
import known from '../../fixtures/messages.json' with { type: 'json' }
import french from '../../fixtures/messages-french.json' with { type: 'json' }
import fresh from '../../fixtures/messages-fresh.json' with { type: 'json' }
import unseen from '../../fixtures/messages-unseen.json' with { type: 'json' }
import later from '../../fixtures/messages-unseen-later.json' with { type: 'json' }
import weekdays from '../../fixtures/messages-weekdays.json' with { type: 'json' }
import { readingLists } from '../../support/reading-lists.ts'

interface Told {
  category?: string
  quantity?: number | null
  area?: string | null
  urgency?: string
  phone?: string | null
  /** of the week, where the set says it */
  day?: number | null
}
interface Message extends Told {
  text: string
  kind: string
  needs?: Told[]
}

const lexicon = createLexicon(readingLists)
const read = (text: string): Proposal[] => readMessage(lexicon, text)
const one = (text: string): Proposal => read(text)[0] as Proposal

const words = (text: string): string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word.length > 1 || /\d/.test(word))

const fields = {
  category: (got: Proposal | undefined, told: Told) => got?.category === told.category,
  quantity: (got: Proposal | undefined, told: Told) => got?.quantity === (told.quantity ?? 1),
  urgency: (got: Proposal | undefined, told: Told) => got?.urgency === told.urgency,
  phone: (got: Proposal | undefined, told: Told) => (got?.phone || null) === told.phone,
  day: (got: Proposal | undefined, told: Told) => told.day === undefined || got?.day === told.day,
  area: (got: Proposal | undefined, told: Told) =>
    !told.area || words(got?.area ?? '').some((word) => fold(told.area ?? '').includes(word)),
}
type Field = keyof typeof fields

/** Share of the needs told for which the field is right, and which were wrong. */
const rate = (messages: readonly Message[], field: Field): { share: number; wrong: string[] } => {
  let total = 0
  const wrong: string[] = []
  for (const message of messages.filter(({ kind }) => kind === 'need')) {
    const got = read(message.text)
    for (const [i, told] of (message.needs ?? [message]).entries()) {
      total++
      if (!fields[field](got[i], told)) wrong.push(message.text)
    }
  }
  return { share: 1 - wrong.length / total, wrong }
}

describe('of messages as people write them', () => {
  const sets = {
    given: known.messages,
    unseen: unseen.messages,
    later: later.messages,
    fresh: fresh.messages,
    weekdays: weekdays.messages,
    french: french.messages,
  }
  for (const [name, messages] of Object.entries(sets)) {
    test.each(Object.keys(fields) as Field[])(`(${name}) 85 of 100 have the right %s`, (field) => {
      const { share, wrong } = rate(messages as readonly Message[], field)
      expect(share, wrong.join('\n')).toBeGreaterThanOrEqual(0.85)
    })

    test(`(${name}) 85 of 100 are known for a need or an offer`, () => {
      const right = messages.filter(({ text, kind }) => read(text)[0]?.kind === kind)
      expect(right.length / messages.length).toBeGreaterThanOrEqual(0.85)
    })
  }
})

describe('a phone', () => {
  test.each([
    ['دواء ضغط ٠٧٧٠ ١٢٣ ٤٥٦٧', '07701234567'],
    ['دواء ضغط +964 (770) 123-4567', '+9647701234567'],
    ['دواء ضغط 00963 944 12 34 56', '00963944123456'],
    ['بطانيات شارع ١٢ ٠٧٧٠١٢٣٤٥٦٧', '07701234567'],
    ['٠٧٧٠١٢٣٤٥٦٧ ٣ بطانيات', '07701234567'],
    ['دواء wa.me/9647701234567', '9647701234567'],
    ['ایجار ٢٥٠٠٠٠ دينار', ''],
  ])('%s', (text, phone) => expect(one(text).phone).toBe(phone))

  test('is in no field that members read', () => {
    for (const message of [...known.messages, ...unseen.messages, ...later.messages]) {
      for (const { title, area, unit, original } of read(message.text)) {
        expect([title, area, unit, original].join(' ')).not.toMatch(/(?:\p{Nd}[\s.-]?){8}/u)
      }
    }
  })
})

describe('an amount', () => {
  test.each([
    ['محتاجين خمس حصص غذائية', 5],
    ['بطانيتين للعجوز', 2],
    ['نريد خمسة وعشرين كرتونة ماء', 25],
    ['اثنا عشر صندوق خضار', 12],
    ['حليب اطفال رقم ٢ عدد ٤ علب', 4],
    ['سلة غذائية لعائلة من ٥ اشخاص', 1],
    ['دواء لطفل عمره ٨ سنوات', 1],
    ['ممرضة كل ١٢ ساعة', 1],
    ['انسولين عدد ٤ علب للضرورة القصوى', 4],
    ['محتاجين عدد ٤ علب حليب للضرورة', 4],
    ['مدرس لبنتي حصتين بالاسبوع', 1],
    ['حد يوصل ستي للعيادة', 1],
    ['ايجار بيت ٢٥٠ الف', 1],
  ])('%s: %i', (text, quantity) => expect(one(text).quantity).toBe(quantity))
})

describe('a day of the week', () => {
  test.each<[string, number | null]>([
    ['محتاجين توصيل للمستشفى يوم الثلاثاء', 2],
    ['حد يوصل ستي عالمستشفى الثلاثاء الصبح', 2],
    ['نريد مي يوم الاحد', 0],
    ['momkin 7ada yousselna nhar el talata', 2],
    ['ride to the clinic on tuesday please', 2],
    ['ئۆتۆمبێل بۆ نەخۆشخانە ڕۆژی سێشەممە', 2],
    ['اكو احد يعرف كهربائي؟', null],
    ['بدنا بطانيات للاثنين', null],
    ['سوق الخميس بحاجة تنظيف', null],
    ['سيارة للمستشفى الثلاثاء والخميس', null],
    ['توصيل كل ثلاثاء للمستشفى', null],
  ])('%s', (text, day) => expect(one(text).day).toBe(day))

  test('is the next such day in the form, today among them, and no part of the title', () => {
    const told = one('محتاجين توصيل للمستشفى يوم الثلاثاء')
    expect(told.title).toBe('توصيل للمستشفى')
    const friday = new Date(2026, 10, 20, 12).getTime()
    expect(needFromProposal(told, [], friday).due).toBe('2026-11-24')
    expect(needFromProposal({ ...told, day: 5 }, [], friday).due).toBe('2026-11-20')
    expect(needFromProposal({ ...told, day: null }, [], friday).due).toBe('')
  })
})

test.each([
  'محتاجين توصيل للمستشفى',
  'نحتاج سيارة الى المستشفى',
  'عنا مريض بدو سيارة عالمشفى',
  'بدي حدا ياخدني على مشفى الجامعة بكرا',
])('where a ride goes is not where it is wanted: %s', (text) => {
  expect(one(text)).toMatchObject({ category: 'transport', area: '' })
  expect(one(text).title).toMatch(/مستشفى|مشفى/)
})

describe('several needs in one message', () => {
  test('are several proposals, and what stands below them is said for all', () => {
    const read3 = read('محتاجين:\n- سلة غذائية\n- دواء ضغط\n- ٤ بطانيات\nشارع ٩ ٠٧٧٠١٢٣٤٥٦٧')
    expect(read3.map(({ category }) => category)).toEqual(['food', 'medicine', 'winter'])
    expect(read3[2]?.area).toBe('شارع ٩')
  })

  test('joined by «و» in one sentence are two, and two things of one kind are one', () => {
    expect(read('نحتاج سلة غذائية ودواء ضغط لشارع ٣').map(({ category }) => category)).toEqual([
      'food',
      'medicine',
    ])
    expect(read('نحتاج رز وزيت وطحين')).toHaveLength(1)
  })

  test('of a forwarded chat have the name of who wrote each, and no clock times', () => {
    const [first, second] = read(
      '[١٢/١١/٢٠٢٦، ٩:١٥ ص] زهراء: نحتاج حفاضات شارع ٤\n[١٢/١١/٢٠٢٦، ٩:١٧ ص] +964 770 111 2222: كرسي متحرك لجارنا',
    )
    expect(first).toMatchObject({ category: 'children', contactName: 'زهراء', area: 'شارع ٤', quantity: 1 })
    expect(second).toMatchObject({ category: 'disability', contactName: '', phone: '+9647701112222' })
    expect(first?.original).not.toMatch(/٩:١٥/)
  })

  test('a list of families that need the same is as many needs', () => {
    expect(read('• سلة غذائية لبيت ابو علي\n• سلة غذائية لام حسين\n• سلة غذائية لبيت حجي كريم')).toHaveLength(
      3,
    )
  })
})

describe('the words of the need', () => {
  test('leave out greeting, place, amount and the names of people', () => {
    const told = one('السلام عليكم جيران، محتاجين سلة غذائية لبيت أم عمر بشارع ٥ ضروري')
    expect(told).toMatchObject({
      title: 'سلة غذائية',
      contactName: 'أم عمر',
      area: 'شارع ٥',
      urgency: 'today',
    })
  })

  test('that nothing explains are one proposal with the text alone', () => {
    expect(read('قصيدة طويلة عن البحر')).toMatchObject([{ category: null, original: 'قصيدة طويلة عن البحر' }])
    expect(read('  \n ')).toEqual([])
  })
})

test('a message of any characters is read in a moment, and gives fields within their limits', () => {
  const long = `${'شارع و٣ ب '.repeat(2000)}${'٠'.repeat(3000)}${'\u202e[('.repeat(500)}`
  const before = performance.now()
  for (const { title, area, unit, original } of read(long)) {
    expect(title.length).toBeLessThanOrEqual(80)
    expect(area.length).toBeLessThanOrEqual(60)
    expect(unit.length).toBeLessThanOrEqual(24)
    expect(original.length).toBeLessThanOrEqual(2000)
  }
  expect(performance.now() - before).toBeLessThan(5000)
})

test('a message made to hold the phone up is read at once, and the phone at its end is found', () => {
  const lines = (count: number): string => 'بطانيات لأم عمر\n'.concat('و\n'.repeat(count))
  expect(one(`${lines(9000)}07701234567`).phone).toBe('07701234567')
  expect(one(`12:30${' '.repeat(19_000)}x`).title).not.toBe('')
  expect(one(`${' '.repeat(19_000)}بطانيات`).category).toBe('winter')
}, 20_000)
