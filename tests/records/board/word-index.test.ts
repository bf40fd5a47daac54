import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMatcher, searchText } from '../../../src/i18n/fold.ts'
import { WordIndex } from '../../../src/records/board/word-index.ts'
import pairs from '../../fixtures/folding.json' with { type: 'json' }

const indexOf = (texts: readonly string[]): WordIndex => {
  const index = new WordIndex()
  for (const text of texts) index.add(searchText(text))
  return index
}

const found = (index: WordIndex, query: string): number[] | null => {
  const marks = index.find(query)
  return marks && [...marks].flatMap((mark, number) => (mark === 1 ? [number] : []))
}

describe('an index of words', () => {
  test.each(pairs.same)('finds %s by %s and the other way round', (a, b) => {
    const index = indexOf(['شيء آخر', a, b])
    expect(found(index, a)).toEqual([1, 2])
    expect(found(index, b)).toEqual([1, 2])
  })

  test.each(pairs.different)('does not find %s by %s', (a, b) => {
    expect(found(indexOf([a]), b)).toEqual([])
    expect(found(indexOf([b]), a)).toEqual([])
  })

  test.each([
    ['7aleeb', 'حليب أطفال'],
    ['dawa', 'دواء ضغط'],
    ['5ubz', 'خبز'],
    ['mustashfa', 'المستشفى'],
    ['9a7i', 'صحي'],
    ['8az', 'غاز'],
    ['3ilaj', 'علاج'],
    ['2arz', 'أرز'],
    ['maa', 'ماء للزقاق'],
    ['دوا', 'dawa'],
    ['2alb', 'طبيب قلب'],
    ['9alb', 'طبيب قلب'],
    ["7'ubz", 'خبز'],
    ["3'az", 'غاز'],
    ['6abib', 'طبيب'],
    ['خالد', 'Khaled'],
    ['ilac', 'İlaç'],
    ['۱۲', 'شارع ١٢'],
  ])('finds by «%s» what is written «%s»', (query, text) => {
    expect(found(indexOf(['شيء آخر', text]), query)).toEqual([1])
  })

  test('a word with one consonant is found by the like only, and particles by nothing of the other script', () => {
    const index = indexOf(['ما', 'ماء', 'معطف', 'مدفأة', 'من'])
    expect(found(index, 'maa')).toEqual([1])
    expect(found(index, 'ma')).toEqual([])
  })

  test('an empty query, and one of marks alone, names no texts: all are meant', () => {
    expect(indexOf(['ماء']).find('  ')).toBeNull()
    expect(indexOf(['ماء']).find('«…»')).toBeNull()
  })

  test('finds the same as looking through text by text, whatever is sought', () => {
    const word = fc.constantFrom(
      'ماء',
      'حليب',
      'الحليب',
      'بطانيّات',
      'نان',
      'ilaç',
      'halib',
      'shari3',
      '12',
      '١٢',
      'ع',
      'x',
    )
    const texts = fc.array(
      fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
      { maxLength: 8 },
    )
    const query = fc.tuple(fc.array(word, { maxLength: 3 }), fc.nat(6)).map(([words, cut]) => {
      const text = words.join(' ')
      return text.slice(0, text.length - cut)
    })
    fc.assert(
      fc.property(texts, query, (some, sought) => {
        const matches = createMatcher(sought)
        const expected = some.flatMap((text, number) => (matches(searchText(text)) ? [number] : []))
        expect(found(indexOf(some), sought) ?? some.map((_, number) => number)).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  })
})
