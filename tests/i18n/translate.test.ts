/** Sentences as they reach the screen: plural forms, digits, isolated names, times, sizes of error. */
import { beforeEach, describe, expect, test } from 'vitest'
import { guessDigits, parseWholeNumber, toLatinDigits, writeDigits } from '../../src/i18n/digits.ts'
import { errorWords, fieldError } from '../../src/i18n/error-words.ts'
import { guessLanguage } from '../../src/i18n/languages.ts'
import { dateLocale, formatDay, gapWords, timeAgo, weekdayName } from '../../src/i18n/time.ts'
import { digits, formatNumber, loadLanguage, t, wordFor } from '../../src/i18n/translate.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

beforeEach(async () => {
  await loadLanguage('ar')
  digits.value = 'arabic'
})

describe('counted words', () => {
  test.each([
    [0, 'كل شيء وصل'],
    [1, 'شيء واحد لم يخرج بعد من هاتفك'],
    [2, 'شيئان لم يخرجا بعد من هاتفك'],
    [4, '٤ أشياء لم تخرج بعد من هاتفك'],
    [11, '١١ شيئاً لم يخرج بعد من هاتفك'],
    [100, '١٠٠ شيء لم يخرج بعد من هاتفك'],
  ])('in Arabic take the form of %i', (count, words) => {
    expect(t('n.unsent', { count })).toBe(words)
  })

  test('in English say zero in words', async () => {
    await loadLanguage('en')
    digits.value = 'latin'
    expect([0, 1, 2].map((count) => t('n.members', { count }))).toEqual([
      'No members yet',
      '1 member',
      '2 members',
    ])
  })

  test('in French give «many» the words of «other»', async () => {
    await loadLanguage('fr')
    digits.value = 'latin'
    expect([0, 1, 2, 1_000_000].map((count) => t('n.members', { count }))).toEqual([
      'Aucun membre',
      '1 membre',
      '2 membres',
      '1000000 membres',
    ])
  })

  test('in Sorani follow the forms of English, also in a browser that knows no Sorani', async () => {
    await loadLanguage('ckb')
    expect([0, 1, 2, 11].map((count) => t('n.members', { count }))).toEqual([
      'هێشتا ئەندام نییە',
      'یەک ئەندام',
      '٢ ئەندام',
      '١١ ئەندام',
    ])
  })

  test('follow the digits setting', () => {
    digits.value = 'latin'
    expect(t('n.members', { count: 12 })).toBe('12 عضواً')
    expect(formatNumber(24)).toBe('24')
  })
})

describe('a name that a person typed', () => {
  test('that begins with «شبكة» does not say the word twice', async () => {
    await loadLanguage('ar')
    expect(t('inv.to', { network: 'شبكة حي الحرية' })).toBe('دعوة إلى شبكة \u2068حي الحرية\u2069')
    expect(t('inv.to', { network: 'شبكة' })).toBe('دعوة إلى شبكة \u2068شبكة\u2069')
    await loadLanguage('en')
    expect(t('inv.to', { network: 'شبكة حي الحرية' })).toBe('Invitation to \u2068شبكة حي الحرية\u2069')
    await loadLanguage('ckb')
    expect(t('inv.to', { network: 'تۆڕی گەڕەکی ئازادی' })).toBe('بانگهێشت بۆ تۆڕی \u2068گەڕەکی ئازادی\u2069')
    await loadLanguage('ar')
  })
  test('is isolated from the sentence around it', () => {
    expect(t('claim.with', { name: 'Mehmet' })).toBe('مع \u2068Mehmet\u2069')
  })

  test('is a name even if it looks like a message or a placeholder', () => {
    const name = '$t(act.save) {{count}} <b>'
    expect(t('claim.with', { name })).toBe(`مع \u2068${name}\u2069`)
  })
})

describe('times', () => {
  const noon = new Date(2026, 10, 20, 12).getTime()

  test.each([
    [20_000, 'الآن'],
    [minute, 'قبل دقيقة'],
    [2 * hour, 'قبل ساعتين'],
    [3 * hour, 'قبل ٣ ساعات'],
    [day, 'أمس'],
    [3 * day, 'قبل ٣ أيام'],
    [-2 * hour, 'بعد ساعتين'],
    [-day, 'غداً'],
  ])('%i ms ago read «%s»', (gap, words) => {
    expect(timeAgo(noon - gap, noon)).toBe(words)
  })

  test('from a week on are dates with Levantine months', () => {
    expect(timeAgo(noon - 30 * day, noon)).toMatch(/^٢١ تشرين الأول\D* ٢٠٢٦$/)
  })

  test.each([
    [20_000, 'ئێستا'],
    [minute, 'یەک خولەک لەمەوبەر'],
    [3 * hour, '٣ کاتژمێر لەمەوبەر'],
    [day, 'دوێنێ'],
    [2 * day, 'پێرێ'],
    [3 * day, '٣ ڕۆژ لەمەوبەر'],
    [-2 * hour, 'دوای ٢ کاتژمێر'],
    [-day, 'سبەی'],
    [-2 * day, 'دووسبەی'],
    [30 * day, '٢١ تشرینی یەکەم ٢٠٢٦'],
  ])('%i ms ago read «%s» in Sorani, which no browser knows', async (gap, words) => {
    await loadLanguage('ckb')
    expect(timeAgo(noon - gap, noon)).toBe(words)
  })

  test('in Sorani name the day of the week', async () => {
    await loadLanguage('ckb')
    expect(formatDay(noon)).toBe('هەینی، ٢٠ تشرینی دووەم')
    expect(weekdayName(6)).toBe('شەممە')
  })

  test.each([
    ['ar', ['ar'], 'ar-IQ'],
    ['ar', ['en-US', 'ar-EG'], 'ar-EG'],
    ['ar', ['ar-001', 'ar-sy'], 'ar-sy'],
    ['fr', ['ar-EG'], 'fr'],
    ['en', ['fr'], 'en-GB'],
  ] as const)('in %s with the languages %j have the months of %s', (shown, preferred, locale) => {
    expect(dateLocale(shown, preferred)).toBe(locale)
  })

  test('as a gap take the form that follows «بعد»', () => {
    expect(gapWords(12 * hour)).toBe('١٢ ساعة')
  })
})

describe('digits', () => {
  test('of every kind are understood', () => {
    expect(toLatinDigits('٠١٢ ۴۵۶ 789')).toBe('012 456 789')
    expect(['٤٢', ' 42 ', '۴۲'].map(parseWholeNumber)).toEqual([42, 42, 42])
    expect(['', '4.2', '-1', 'x'].map(parseWholeNumber)).toEqual([null, null, null, null])
  })

  test('are written in one kind', () => {
    expect(writeDigits('0123456789', 'arabic')).toBe('٠١٢٣٤٥٦٧٨٩')
  })

  test('are guessed by region', () => {
    expect(guessDigits('ar', ['ar-IQ'])).toBe('arabic')
    expect(guessDigits('ar', ['fr-FR', 'ar-MA'])).toBe('latin')
    expect(guessDigits('ar', ['ar'])).toBe('arabic')
    expect(guessDigits('en', ['ar-IQ'])).toBe('latin')
    expect(guessDigits('fr', ['ar-IQ'])).toBe('latin')
    expect(guessDigits('ckb', ['ar-MA'])).toBe('arabic')
  })
})

test('the language is the first of the browser that we have, else Arabic', () => {
  expect(guessLanguage(['de-DE', 'en-GB', 'ar'])).toBe('en')
  expect(guessLanguage(['fr-MA', 'ar'])).toBe('fr')
  expect(guessLanguage(['ckb-IQ', 'ar'])).toBe('ckb')
  expect(guessLanguage(['ku-IQ'])).toBe('ckb')
  expect(guessLanguage(['ku-TR', 'ku', 'en'])).toBe('en')
  expect(guessLanguage([])).toBe('ar')
})

test('a category that this version does not know has no word', () => {
  expect(wordFor('cat', 'water')).toBe('ماء')
  expect(wordFor('cat', 'teleport')).toBeUndefined()
})

describe('a failure', () => {
  test('has its own sentence, and one that nobody expected has one too', () => {
    expect(errorWords({ code: 'linkBroken' })).toContain('الرابط ناقص')
    expect(errorWords({ code: 'something new' })).toBe(t('err.unexpected'))
  })

  test('of a field stands at that field with its limit', () => {
    const failure = { code: 'invalid', field: 'title', rule: 'tooLong', limit: 80 }
    expect(fieldError(failure, 'title')).toBe('أطول من الحد، وهو ٨٠')
    expect(fieldError(failure, 'area')).toBeUndefined()
  })
})
