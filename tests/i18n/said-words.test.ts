/** What a voice says instead of what is written, where the two differ. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { saidWords } from '../../src/i18n/said-words.ts'
import { root } from '../../tools/root.ts'

const arabic = ['ar.json', 'later/words-ar.json'].flatMap((name) =>
  Object.values(
    JSON.parse(readFileSync(join(root, 'locales', name), 'utf8')) as Record<string, Record<string, string>>,
  ).flatMap((messages) => Object.values(messages)),
)

/** Words of which ك is a letter and not «you». */
const others = new Set(['ذلك', 'هناك', 'ترك', 'يُترك', 'يُشارك'])

/** Words that end in «you», as a voice would be given them. */
const yours = (text: string): string[] =>
  (saidWords(text, 'ar').match(/[\p{L}\p{M}]+/gu) ?? []).filter(
    (word) => /.ك$/u.test(word) && !others.has(word),
  )

describe('a voice in Arabic', () => {
  test.each([
    ['محفوظ على هاتفك', 'محفوظ على هذا الهاتف'],
    ['احتياط · بعدك بفارق ساعة', 'احتياط، بعد هذا الهاتف بفارق ساعة'],
    ['الباقي مع غيرك', 'الباقي مع آخرين'],
    ['المكان ناقص، وهاتفك يكمله', 'المكان ناقص، وهذا الهاتف يكمله'],
    ['مع \u2068أحمد\u2069', 'مع أحمد'],
  ])('says «%s» as «%s»', (written, said) => {
    expect(saidWords(written, 'ar')).toBe(said)
  })

  test('never has to choose between a man and a woman: locales/spoken/said-ar.json knows another way', () => {
    const open = arabic.flatMap((text) => yours(text).map((word) => `${word}: ${text}`))
    expect(open).toEqual([])
  })

  test('leaves words alone that only contain such a word', () => {
    expect(saidWords('مشترك هناك', 'ar')).toBe('مشترك هناك')
    expect(yours('في جيبك')).toEqual(['جيبك'])
  })
})

test('a voice in another language says what is written', () => {
  expect(saidWords('Saved on your phone · now', 'en')).toBe('Saved on your phone, now')
  expect(saidWords('لای تۆ · ئێستا', 'ckb')).toBe('لای تۆ، ئێستا')
})
