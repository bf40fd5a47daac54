/** The words that two people compare by voice: enough of them, readable without vowel signs, and none like another. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { wordsOf } from '../../src/i18n/four-words.ts'
import { languageList } from '../../src/i18n/languages.ts'
import { root } from '../../tools/root.ts'

const folder = join(root, 'locales', 'spoken')
const listOf = (language: string): string[] =>
  JSON.parse(readFileSync(join(folder, `four-words-${language}.json`), 'utf8')) as string[]

/** As it is heard over a bad line: letters that dialects do not keep apart are one. */
const heard: Readonly<Record<string, (word: string) => string>> = {
  ar: (word) =>
    word
      .replace(/[أإآةى]/g, 'ا')
      .replaceAll('ص', 'س')
      .replace(/[طث]/g, 'ت')
      .replace(/[ضظذ]/g, 'د')
      .replaceAll('ق', 'ك')
      .replaceAll('ح', 'ه')
      .replaceAll('ؤ', 'و')
      .replaceAll('ئ', 'ي')
      .replaceAll('ء', ''),
  en: (word) =>
    word
      .replaceAll('ph', 'f')
      .replace(/ck?/g, 'k')
      .replaceAll('z', 's')
      .replaceAll('y', 'i')
      .replace(/(.)\1/g, '$1'),
  // nasal vowels are one sound each, and most endings are silent
  fr: (word) =>
    word
      .replaceAll('ph', 'f')
      .replace(/eaux?|au/g, 'o')
      .replace(/qu?/g, 'k')
      .replace(/g(?=[eiy])/g, 'j')
      .replaceAll('ch', '5')
      .replace(/c(?=[eiy])/g, 's')
      .replaceAll('c', 'k')
      .replace(/ai|ei/g, 'e')
      .replace(/[ae][nm](?![aeiouymn])/g, '2')
      .replace(/[iy][nm](?![aeiouymn])/g, '3')
      .replace(/o[nm](?![aeiouymn])/g, '4')
      .replaceAll('h', '')
      .replaceAll('z', 's')
      .replaceAll('y', 'i')
      .replace(/(.)\1/g, '$1')
      .replace(/(?<=..)(?:es?|[stxdp]+)$/, ''),
  // Sorani's strong and long twins, and letters of Arabic words that are spoken as their neighbours
  ckb: (word) =>
    word
      .replaceAll('ڕ', 'ر')
      .replaceAll('ڵ', 'ل')
      .replaceAll('ۆ', 'و')
      .replaceAll('وو', 'و')
      .replaceAll('ێ', 'ی')
      .replaceAll('ح', 'ه')
      .replaceAll('غ', 'خ')
      .replaceAll('ڤ', 'ف')
      .replace(/[ئع]/g, ''),
}

/** Letters to change, add or leave out to make one of the other. */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const changed = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, changed))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

const alike = (words: readonly string[], hear: (word: string) => string): string[] => {
  const sounds = words.map(hear)
  return sounds.flatMap((sound, i) =>
    sounds.slice(i + 1).flatMap((other, j) => {
      const near = distance(sound, other) < 2
      return near ? [`${words[i]} – ${words[i + 1 + j]}`] : []
    }),
  )
}

test('every language of the app has its list', () => {
  const lists = readdirSync(folder).filter((name) => name.startsWith('four-words-'))
  expect(lists.sort()).toEqual(languageList.map((each) => `four-words-${each}.json`).sort())
})

describe.each(languageList)('the words in %s', (language) => {
  const words = listOf(language)

  test('are 256 different ones, one for each byte', async () => {
    expect(new Set(words).size).toBe(256)
    expect(await wordsOf([0, 255, 7, 7], language)).toEqual([words[0], words[255], words[7], words[7]])
  })

  test('are short, of letters only, without vowel signs', () => {
    const written =
      /^(?:[\u0621-\u063A\u0641-\u064A]{2,8}|[ئابپتجچحخدرڕزژسشعغفڤقکگلڵمنوۆهەیێ]{3,8}|[a-z]{3,11})$/
    expect(words.filter((word) => !written.test(word))).toEqual([])
  })

  test('do not sound alike', () => {
    expect(alike(words, heard[language] ?? String)).toEqual([])
  })
})

test('words that sound alike are found', () => {
  expect(alike(['طين', 'تين', 'كتاب'], heard.ar ?? String)).toEqual(['طين – تين'])
  expect(alike(['chapeau', 'chameaux', 'pigeon'], heard.fr ?? String)).toEqual(['chapeau – chameaux'])
  expect(alike(['monkey', 'donkey', 'wolf'], heard.en ?? String)).toEqual(['monkey – donkey'])
  expect(alike(['کاسە', 'کیسە', 'گورگ'], heard.ckb ?? String)).toEqual(['کاسە – کیسە'])
})
