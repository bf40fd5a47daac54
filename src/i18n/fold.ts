/** One form for what is written in many: for search, sameness and order over Arabic, Sorani and Latin script. */

/**
 * Letters that Unicode's decomposition leaves apart and people do not: Arabic and Sorani keyboards write the
 * same sound with different code points. Sorani پ چ گ ژ stay: they are other letters, not other spellings.
 */
const letterByVariant: Readonly<Record<string, string>> = {
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ێ: 'ي',
  ة: 'ه',
  ە: 'ه',
  ھ: 'ه',
  ہ: 'ه',
  ک: 'ك',
  ڪ: 'ك',
  ڕ: 'ر',
  ڵ: 'ل',
  ۆ: 'و',
  ۇ: 'و',
  ڤ: 'ف',
  ı: 'i',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
}
const variants = new RegExp(`[${Object.keys(letterByVariant).join('')}]`, 'g')

/** Unicode keeps decimal digits in runs of ten that begin with zero (chapter 4.6), so the place in the run is the value. */
const digitValue = (digit: string): string => {
  const code = digit.codePointAt(0) as number
  let before = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before++
  return String(before % 10)
}

/** The same text with every kind of decimal digit (٠-٩, ۰-۹, …) as 0-9. */
export const asciiDigits = (text: string): string => text.replace(/(?![0-9])\p{Nd}/gu, digitValue)

/**
 * Words in one form, divided by one space: no vowel signs, tatweel, zero-width or presentation forms; hamza and
 * alef forms, ى/ي, ة/ه, Sorani twins and Latin accents fall together; digits are 0-9; marks are spaces.
 */
export const fold = (text: string): string =>
  asciiDigits(text.normalize('NFKD').toLowerCase())
    .replace(/[\p{M}\p{Cf}\u0640]/gu, '')
    .replace(variants, (letter) => letterByVariant[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Consonants as chat writes them in Latin ("Franco"): one sign for the sounds that people do not keep apart. */
const spellingsBySign: Readonly<Record<string, { arabic: string; latin: string }>> = {
  b: { arabic: 'ب پ', latin: 'b p' },
  t: { arabic: 'ت ط ث', latin: 't th 6' },
  j: { arabic: 'ج ژ گ', latin: 'j g' },
  c: { arabic: 'ش چ', latin: 'sh ch' },
  h: { arabic: 'ح ه', latin: 'h 7' },
  x: { arabic: 'خ', latin: 'kh x 5' },
  d: { arabic: 'د ض ذ', latin: 'd dh' },
  r: { arabic: 'ر', latin: 'r' },
  z: { arabic: 'ز ظ', latin: 'z' },
  s: { arabic: 'س ص', latin: 's' },
  '3': { arabic: 'ع', latin: '3' },
  g: { arabic: 'غ', latin: 'gh 8' },
  f: { arabic: 'ف', latin: 'f v' },
  q: { arabic: 'ق', latin: 'q' },
  k: { arabic: 'ك', latin: 'k c' },
  l: { arabic: 'ل', latin: 'l' },
  m: { arabic: 'م', latin: 'm' },
  n: { arabic: 'ن', latin: 'n' },
}
const signBySpelling = (script: 'arabic' | 'latin'): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(spellingsBySign).flatMap(([sign, spellings]) =>
      spellings[script].split(' ').map((spelling) => [spelling, sign]),
    ),
  )
const signByArabic = signBySpelling('arabic')
const signByLatin = signBySpelling('latin')

/** Of a folded word: its letters are in the Arabic block itself. */
const isArabicWord = (word: string): boolean => /[\u0620-\u06ff]/.test(word)
/** A Latin word as chat writes Arabic; a number is not one. */
const isLatinWord = (word: string): boolean => /^(?=.*[a-z])[a-z2356789]+$/.test(word)

/** A final ه is the mark of ة more often than a sound, and Franco writes it as a vowel or as h. */
const arabicSkeleton = (word: string): string => {
  const start = word.length > 3 && word.startsWith('ال') ? 2 : 0
  const end = word.endsWith('ه') ? word.length - 1 : word.length
  let skeleton = ''
  for (let i = start; i < end; i++) skeleton += signByArabic[word[i] as string] ?? ''
  return skeleton
}
/** Two letters for one sound go before one letter; other letters are vowels. */
const latinSkeleton = (word: string): string => {
  const spoken = word.replace(/^(?:al|el)(?=...)/, '').replace(/([^sckgtd])h$/, '$1')
  return (spoken.match(/[sckgtd]h|./g) ?? []).map((spelling) => signByLatin[spelling] ?? '').join('')
}

/** What chat's digits stand for differs by country: 9 is ق in the Maghreb and ص in the east, 2 is a hamza or a spoken ق. */
const readings = (word: string): string[] => {
  const nines = word.includes('9') ? [word.replaceAll('9', 'q'), word.replaceAll('9', 's')] : [word]
  return nines.flatMap((one) =>
    one.includes('2') ? [one.replaceAll('2', ''), one.replaceAll('2', 'q')] : [one],
  )
}

/** Latin doubles what Arabic marks with a shadda: «Mohammad», «محمد». */
const withoutDoubles = (skeleton: string): string => skeleton.replace(/(.)\1+/g, '$1')

/** Skeletons of one script's words, by which the words of the other script find them; ع is often not written in Latin. */
const skeletons = (word: string): string[] => {
  if (!isArabicWord(word))
    return isLatinWord(word) ? readings(word).map((reading) => withoutDoubles(latinSkeleton(reading))) : []
  const skeleton = withoutDoubles(arabicSkeleton(word))
  return skeleton.includes('3') ? [skeleton, skeleton.replaceAll('3', '')] : [skeleton]
}

/** A word with one consonant («ماء», «دواء») is told by it alone where it is no particle, and then only by words with no other. */
const minLetters = 3
/** Ends a skeleton that must be all of it. */
const end = ' '
/** Signs that no folded text contains: they keep the two scripts' skeletons apart. */
const fromArabic = '<'
const fromLatin = '>'

const marked = (mark: string, word: string): string[] =>
  skeletons(word)
    .filter((skeleton) => skeleton.length > 1 || (skeleton.length === 1 && word.length >= minLetters))
    .map((skeleton) => mark + skeleton)

/** Chat writes the dotted letter as the other one with a mark behind it: 3' is غ, 7' خ, 9' ض, 6' ظ. */
const dotted: Readonly<Record<string, string>> = { 3: 'gh', 7: 'kh', 9: 'dh', 6: 'z' }

const wordsOf = (text: string): string[] => {
  const folded = fold(text.replace(/([3679])['’ʼ`](?=[a-z])/gi, (_, digit: string) => dotted[digit] ?? digit))
  return folded === '' ? [] : folded.split(' ')
}

/**
 * Everything by which a text can be found: its folded words, and for each word the skeleton by which the other
 * script finds it. Two Arabic words never meet by skeleton (نور and نار share one), nor do two Latin ones.
 */
export const foldKeys = (text: string): string[] => [
  ...new Set(
    wordsOf(text).flatMap((word) => [word, ...marked(isArabicWord(word) ? fromArabic : fromLatin, word)]),
  ),
]

/** What a query's word looks for in {@link foldKeys}: itself, or a word of the other script with its skeleton. */
const keysSought = (word: string): string[] => [
  word,
  ...marked(isArabicWord(word) ? fromLatin : fromArabic, word),
]

/** The same for a word that is still being typed: others begin with its skeleton, unless that is one consonant. */
const startsSought = (word: string): string[] =>
  keysSought(word)
    .slice(1)
    .map((key) => (key.length > 2 ? key : key + end))

/** Whether two words are one: «مستشفى» and «مستشفي», «3ali» and «علي». */
export const isSameWord = (a: string, b: string): boolean => {
  if (fold(a) === fold(b)) return true
  const keys = new Set(foldKeys(b))
  const sought = wordsOf(a)
  return sought.length > 0 && sought.every((word) => keysSought(word).some((key) => keys.has(key)))
}

/** The keys of a text in one string, for a row's `search` field. */
export const searchText = (text: string): string => {
  const keys = foldKeys(text)
  return keys.length === 0 ? '' : ` ${keys.join(' ')} `
}

/**
 * One word of a query: `within` stands anywhere in one of the text's {@link foldKeys}, or one of them, with a space behind
 * it, begins with one of `starts`.
 */
export interface SoughtWord {
  within: string
  starts: readonly string[]
}

/** needs, offers, people and the words of the screen are asked the same, one after the other */
let lastSought: { query: string; words: readonly SoughtWord[] } = { query: '', words: [] }

/** What a query looks for: each of its words. Nothing for a query without words, which finds everything. */
export const soughtWords = (query: string): readonly SoughtWord[] => {
  if (lastSought.query !== query) {
    const words = wordsOf(query).map((word) => ({
      within: withoutFeminine(word),
      starts: startsSought(word),
    }))
    lastSought = { query, words }
  }
  return lastSought.words
}

/** «بطانية» finds «بطانيات» and «بطانيتين» as well; short words would find too much without their end. */
const withoutFeminine = (word: string): string => word.replace(/^(.{4,})ه$/u, '$1')

/**
 * A test of `search` fields: true when each word of the query is in the text, anywhere in a word («طاني» finds
 * «البطانيات»), or begins a word of the other script. An empty query finds everything.
 */
export const createMatcher = (query: string): ((search: string) => boolean) => {
  const sought = soughtWords(query)
  return (search) =>
    sought.every(
      ({ within, starts }) => search.includes(within) || starts.some((start) => search.includes(` ${start}`)),
    )
}

/** Words for "street": «شارع 12», «الشارع ١٢» and «12» are one area. A quarter or an alley of that name is another. */
const streetWords = new Set(['شارع', 'ش', 'شهقام', 'جاده', 'street', 'st', 'rue'])

/** A key for a block or street: same key, same place. '' for no area. */
export const areaKey = (text: string): string => {
  const words = fold(text)
    .replace(/(\p{L})(?=\p{N})|(\p{N})(?=\p{L})/gu, '$& ')
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.replace(/^ال(?=\p{L}{2})/u, '').replace(/^0+(?=\d)/, ''))
  const named = words.filter((word) => !streetWords.has(word))
  return (named.length > 0 ? named : words).join(' ')
}
