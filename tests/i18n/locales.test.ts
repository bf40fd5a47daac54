/** The words of the app: every language says everything, in all its plural forms, with the same placeholders, and keeps to the tone. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languageList as languages } from '../../src/i18n/languages.ts'
import { root } from '../../tools/root.ts'
import { sourceFiles } from '../support/source.ts'

const folder = join(root, 'locales')

/** What only a language has that browsers do not know: its months, weekdays, names of languages (src/i18n/translate.ts). */
const ofIntl = 'intl.'

const flat = (language: string): ReadonlyMap<string, string> => {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, Record<string, string>>
  const [first, later] = [read(`${language}.json`), read(`later/words-${language}.json`)]
  const twice = Object.keys(first).filter((section) => section in later)
  if (twice.length > 0) throw new Error(`in both files: ${twice.join()}`)
  const sections = { ...first, ...later }
  return new Map(
    Object.entries(sections).flatMap(([section, messages]) =>
      Object.entries(messages).map(([name, text]): [string, string] => [`${section}.${name}`, text]),
    ),
  )
}

const pluralForm = /_(zero|one|two|few|many|other)$/
const withoutForm = (key: string): string => key.replace(pluralForm, '')
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => String(name)).sort()

/** i18next tries `_zero` for 0 in every language; the others are CLDR's. */
const formsOf = (language: string): string[] => [
  ...new Set(['zero', ...new Intl.PluralRules(language).resolvedOptions().pluralCategories]),
]

/** Forms of a key that are missing, as `key_form`. */
const missingForms = (messages: ReadonlyMap<string, string>, forms: readonly string[]): string[] => {
  const counted = new Set([...messages.keys()].filter((key) => pluralForm.test(key)).map(withoutForm))
  return [...counted]
    .flatMap((key) => forms.map((form) => `${key}_${form}`))
    .filter((key) => !messages.has(key))
}

/** Literal text of a message, without its placeholders. */
const literal = (text: string): string => text.replace(/\{\{\w+\}\}/g, '')

/** words.md §1: machine words, and imperatives that choose a sex. Whole words, with what Arabic glues to their front. */
const forbiddenInArabic =
  /(?<!\p{L})(?:[وفبكل]|ال|بال|وال|لل)*(?:خادم|سيرفر|مزامنة|مستخدم|حساب|تشفير|مفتاح|بيانات|كفالة|مستفيد|لجنة|اضغط|اضغطي|أدخل|اختر|اكتب|أنت|تستطيع|يرجى|الرجاء|عزيزي|قم)(?!\p{L})/u
const forbiddenInFrench =
  /(?<!\p{L})(?:serveurs?|synchron\p{L}*|utilisat\p{L}*|comptes?|bénéficiaires?|dossiers?|cas|chiffre(?:r|ment)|données)(?!\p{L})/iu
const forbiddenInEnglish = /\b(?:server|sync|user|account|beneficiary|submit|login|encrypt\w*|database)\b/i

describe.each(languages)('the words in %s', (language) => {
  const messages = flat(language)
  const arabic = flat('ar')

  test('say everything that the Arabic ones say, and nothing else', () => {
    const keys = (of: ReadonlyMap<string, string>) =>
      [...new Set([...of.keys()].map(withoutForm))].filter((key) => !key.startsWith(ofIntl)).sort()
    expect(keys(messages)).toEqual(keys(arabic))
  })

  test('have every plural form of the language', () => {
    expect(missingForms(messages, formsOf(language))).toEqual([])
  })

  test('use the placeholders of the Arabic words; a form for one or two may leave the number out', () => {
    const expected = new Map([...arabic].map(([key, text]) => [withoutForm(key), placeholders(text)]))
    for (const [key, text] of arabic) {
      if (key.endsWith('_other')) expected.set(withoutForm(key), placeholders(text))
    }
    for (const [key, text] of messages) {
      const wanted = expected.get(withoutForm(key)) ?? []
      const mayLeaveOut = /_(zero|one|two)$/.test(key)
      const found = placeholders(text)
      const missing = wanted.filter((name) => !found.includes(name) && !(mayLeaveOut && name === 'count'))
      const foreign = found.filter((name) => !wanted.includes(name))
      expect({ key, missing, foreign }).toEqual({ key, missing: [], foreign: [] })
    }
  })

  test('hold no digit of their own and no empty message', () => {
    const wrong = [...messages].filter(([, text]) => /\p{Nd}/u.test(literal(text)) || text.trim() === '')
    expect(wrong).toEqual([])
  })

  test('stand free of what is put into them: no letter touches a placeholder', () => {
    const glued = [...messages].filter(([, text]) => /\p{L}\{\{|\}\}\p{L}/u.test(text))
    expect(glued).toEqual([])
  })
})

describe('the Arabic words', () => {
  const messages = [...flat('ar')]

  test('hold no Latin letters', () => {
    expect(messages.filter(([, text]) => /\p{Script=Latin}/u.test(literal(text)))).toEqual([])
  })

  test('know no machine words and no gendered orders', () => {
    expect(messages.filter(([, text]) => forbiddenInArabic.test(text))).toEqual([])
  })

  test('carry no shadda and no vowel but tanwin fath and the damma of a passive', () => {
    expect(messages.filter(([, text]) => /[\u064C\u064D\u064E\u0650\u0651\u0652\u0640]/u.test(text))).toEqual(
      [],
    )
  })

  test('use Arabic marks, no exclamation, and no full stop at the end of a single sentence', () => {
    expect(messages.filter(([, text]) => /[,;?!]|\.$/.test(literal(text)))).toEqual([])
  })
})

describe('the Sorani words', () => {
  const messages = [...flat('ckb')]

  test('hold no Latin letters, and none that only Arabic keyboards have', () => {
    expect(messages.filter(([, text]) => /\p{Script=Latin}|[يكىةھ\u200C]/u.test(literal(text)))).toEqual([])
  })

  test('use Arabic marks', () => {
    expect(messages.filter(([, text]) => /[,;?!]|\.$/.test(literal(text)))).toEqual([])
  })

  test('name what no browser knows: twelve months and seven days', () => {
    const of = new Map(messages)
    expect(of.get('intl.months')?.split('، ')).toHaveLength(12)
    expect(of.get('intl.weekdays')?.split('، ')).toHaveLength(7)
  })
})

describe('the French words', () => {
  const messages = [...flat('fr')]

  test('know no machine words', () => {
    expect(messages.filter(([, text]) => forbiddenInFrench.test(text))).toEqual([])
  })

  test('choose nobody’s sex: no «(e)», no point between letters', () => {
    expect(messages.filter(([, text]) => /\(e\)|\p{L}·\p{L}/u.test(text))).toEqual([])
  })

  test('keep their marks on the line: narrow space before ; ? and », no-break before :', () => {
    const loose = /[^\u202F][;?»]|«[^\u202F]|[^\u00A0]:|['"!]|\.$/
    expect(messages.filter(([, text]) => loose.test(literal(text)))).toEqual([])
  })
})

test('the English words know no machine words', () => {
  expect([...flat('en')].filter(([, text]) => forbiddenInEnglish.test(text))).toEqual([])
})

test('every word is said somewhere: a language costs no byte for nothing', () => {
  const code = sourceFiles(['src'], ['.ts', '.tsx'])
    .map(({ text }) => text)
    .join('\n')
  const byName = new Set([...code.matchAll(/`(\w+)\.\$\{/g)].map(([, section]) => section))
  for (const [, section] of code.matchAll(/wordFor\('(\w+)'/g)) byName.add(section)
  const keys = [...new Set([...flat('ar').keys()].map(withoutForm))]
  const isSaid = (key: string) => byName.has(key.split('.')[0]) || code.includes(`'${key}'`)
  expect(keys.filter((key) => !isSaid(key))).toEqual([])
})

test('each of these rules can fail', () => {
  expect(missingForms(new Map([['n.x_one', 'one']]), ['zero', 'one'])).toEqual(['n.x_zero'])
  expect(forbiddenInArabic.test('تعذرت المزامنة مع الخادم')).toBe(true)
  expect(forbiddenInArabic.test('اضغط هنا')).toBe(true)
  expect(forbiddenInArabic.test('سأكتبها')).toBe(false)
  expect(placeholders('{{b}} {{a}}')).toEqual(['a', 'b'])
})
