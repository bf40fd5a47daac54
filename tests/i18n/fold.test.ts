import { describe, expect, test } from 'vitest'
import { areaKey, asciiDigits, createMatcher, fold, isSameWord, searchText } from '../../src/i18n/fold.ts'
import pairs from '../fixtures/folding.json' with { type: 'json' }

const finds = (query: string, text: string): boolean => createMatcher(query)(searchText(text))

describe('words that people take for one', () => {
  test.each(pairs.same)('%s and %s are the same word and find each other', (a, b) => {
    expect(isSameWord(a, b)).toBe(true)
    expect(isSameWord(b, a)).toBe(true)
    expect(finds(a, b)).toBe(true)
    expect(finds(b, a)).toBe(true)
  })

  test.each(pairs.different)('%s and %s stay two words', (a, b) => {
    expect(isSameWord(a, b)).toBe(false)
    expect(finds(a, b)).toBe(false)
    expect(finds(b, a)).toBe(false)
  })

  test.each([
    ['ئێمە', 'ئيمه'],
    ['ھەولێر', 'هەولێر'],
    ['مه‌', 'مە'],
    ['ﺳﻼﻡ', 'سلام'],
    ['رحمٰن', 'رحمن'],
    ['ٱلحي', 'الحي'],
    ['ÉCOLE', 'école'],
    ['DIYARBAKIR', 'diyarbakır'],
    ['İstanbul', 'istanbul'],
    ['４२٣', '423'],
  ])('%s folds as %s', (a, b) => {
    expect(fold(a)).toBe(fold(b))
  })

  test('a word in chat Latin finds the Arabic one, with or without digits for letters', () => {
    expect(finds('a7mad', 'أحمد')).toBe(true)
    expect(finds('ahmad', 'أحمد')).toBe(true)
    expect(finds('omar', 'عمر')).toBe(true)
    expect(finds('mohammad', 'محمّد')).toBe(true)
    expect(finds('حسين', 'Hussein')).toBe(true)
    expect(finds('batania', 'بطانية')).toBe(true)
    expect(finds('shari3', 'الشارع')).toBe(true)
    expect(finds('خالد', 'Khaled')).toBe(true)
  })

  test('two words of one script never meet by their consonants alone', () => {
    expect(finds('نار', 'نور')).toBe(false)
    expect(finds('nar', 'nur')).toBe(false)
    expect(isSameWord('نار', 'نور')).toBe(false)
  })
})

describe('search', () => {
  test('finds inside a word, and only what has every word of the query', () => {
    expect(finds('طاني', 'ثلاث بطانيّات للشارع ١٢')).toBe(true)
    expect(finds('بطانيات 12', 'ثلاث بطانيّات للشارع ١٢')).toBe(true)
    expect(finds('بطانيات 13', 'ثلاث بطانيّات للشارع ١٢')).toBe(false)
  })

  test('one thing finds two and many of it', () => {
    expect(finds('بطانية', 'ثلاث بطانيّات')).toBe(true)
    expect(finds('حقيبة', 'حقيبتين للمدرسة')).toBe(true)
    expect(finds('ثقة', 'ثقافة')).toBe(false)
  })

  test('an empty query finds everything, also a need without text', () => {
    expect(finds('  ', 'أي شيء')).toBe(true)
    expect(finds('', '')).toBe(true)
    expect(finds('ماء', '')).toBe(false)
  })

  test('nothing sought is nothing found: a query of marks alone does not hide the list', () => {
    expect(finds('«…»', 'ماء')).toBe(true)
  })
})

test('digits of every kind become 0-9 and nothing else changes', () => {
  expect(asciiDigits('٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ x١y')).toBe('0123456789 0123456789 x1y')
})

describe('areas', () => {
  test.each([
    ['الشارع 12', 'شارع ١٢'],
    ['شارع12', '۱۲'],
    ['شارع   الحرية', 'الحريه'],
    ['شارع 012', 'شارع ١٢'],
    ['Rue 12', '12'],
    ['الحي الجنوبي', 'حي جنوبي'],
  ])('%s is %s', (a, b) => {
    expect(areaKey(a)).toBe(areaKey(b))
  })

  test('a quarter, an alley and a street of one number are three places', () => {
    expect(new Set(['محلة 12', 'زقاق 12', 'شارع 12', 'شارع 13'].map(areaKey)).size).toBe(4)
  })

  test('the bare word for street is still an area, and no text is none', () => {
    expect(areaKey('الشارع')).toBe('شارع')
    expect(areaKey(' ')).toBe('')
  })
})
