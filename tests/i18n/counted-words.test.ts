/** Every counted sentence of every language, as it reaches the screen, at the numbers that Arabic treats differently. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Language, languageList } from '../../src/i18n/languages.ts'
import type { MessageKey } from '../../src/i18n/message-key.ts'
import { digits, loadLanguage, loadLaterWords, t } from '../../src/i18n/translate.ts'
import { root } from '../../tools/root.ts'

const counts = [0, 1, 2, 3, 11, 100, 103]
const pluralForm = /_(zero|one|two|few|many|other)$/

const read = (path: string) =>
  JSON.parse(readFileSync(join(root, 'locales', path), 'utf8')) as Record<string, Record<string, string>>

const messagesOf = (language: Language): Map<string, string> => {
  const sections = { ...read(`${language}.json`), ...read(`later/words-${language}.json`) }
  return new Map(
    Object.entries(sections).flatMap(([section, messages]) =>
      Object.entries(messages).map(([name, text]): [string, string] => [`${section}.${name}`, text]),
    ),
  )
}

const countedKeys = (messages: ReadonlyMap<string, string>): string[] => [
  ...new Set(
    [...messages.keys()].filter((key) => pluralForm.test(key)).map((key) => key.replace(pluralForm, '')),
  ),
]

/** The words of CLDR's form for this number; i18next asks for `_zero` first in every language. */
const formFor = (language: Language, count: number): string =>
  count === 0 ? 'zero' : new Intl.PluralRules(language).select(count)

const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => String(name))

/** Every placeholder but the count stands for itself. */
const valuesFor = (text: string): Record<string, string> =>
  Object.fromEntries(placeholders(text).map((name) => [name, `‹${name}›`]))

/** Without the characters that keep a typed text apart. */
const plain = (text: string): string => text.replaceAll(/[\u2066-\u2069]/g, '')

const filled = (text: string, values: Record<string, string>, count: number): string =>
  text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) =>
    name === 'count' ? String(count) : (values[name] ?? ''),
  )

/** What the app says of one key at one number, beside what the language file has for it. */
const said = (language: Language, messages: ReadonlyMap<string, string>, key: string, count: number) => {
  const form = messages.get(`${key}_${formFor(language, count)}`) ?? ''
  const { count: _, ...values } = valuesFor(messages.get(`${key}_other`) ?? '')
  const words = plain(t(key as MessageKey, { ...values, count }))
  return { key, count, words, expected: filled(form, values, count) }
}

describe.each(languageList)('counted words in %s', (language) => {
  const messages = messagesOf(language)

  beforeEach(async () => {
    await loadLanguage(language)
    await loadLaterWords()
    digits.value = 'latin'
  })

  test('take the form of their number, and nothing stays to be filled in', () => {
    const keys = countedKeys(messages)
    expect(keys.length).toBeGreaterThan(10)
    const all = keys.flatMap((key) => counts.map((count) => said(language, messages, key, count)))
    expect(all.filter(({ words, expected }) => words !== expected || words === '')).toEqual([])
    expect(all.filter(({ words }) => /\{\{|\}\}|undefined|NaN/.test(words))).toEqual([])
  })

  test('say their number, but for none, one and two, which have words of their own', () => {
    const silent = countedKeys(messages).flatMap((key) =>
      [3, 11, 100, 103]
        .map((count) => said(language, messages, key, count))
        .filter(({ words, count }) => !words.includes(String(count))),
    )
    expect(silent).toEqual([])
  })

  test('stand with a bare number only where what is counted is named apart', () => {
    const bare = [...messages]
      .filter(([key, text]) => text.includes('{{count}}') && !pluralForm.test(key))
      .map(([key]) => key)
    expect(bare.sort()).toEqual(['backup.forOthers', 'form.left', 'need.amount', 'need.left'])
  })
})

test('all language files are among these: none is fetched that is not offered', () => {
  const files = readdirSync(join(root, 'locales')).filter((name) => name.endsWith('.json'))
  expect(files.map((name) => name.replace('.json', '')).sort()).toEqual([...languageList].sort())
})

describe('in Arabic', () => {
  test.each([
    [0, 'zero'],
    [1, 'one'],
    [2, 'two'],
    [3, 'few'],
    [11, 'many'],
    [100, 'other'],
    [103, 'few'],
  ])('%i takes the form %s', (count, form) => {
    expect(formFor('ar', count)).toBe(form)
  })
})
