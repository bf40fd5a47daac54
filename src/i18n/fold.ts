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

/** Consonants as chat Latin writes them ("Franco"), one sign for each sound that people do not keep apart. */
const signByArabic: Readonly<Record<string, string>> = {
  ...{ ب: 'b', پ: 'b', ت: 't', ط: 't', ث: 't', ج: 'j', چ: 'c', ژ: 'j', ح: 'h', ه: 'h', خ: 'x' },
  ...{ د: 'd', ض: 'd', ذ: 'd', ر: 'r', ز: 'z', ظ: 'z', س: 's', ص: 's', ش: 'c', ع: '3', غ: 'g', ف: 'f' },
  ...{ ق: 'q', ك: 'k', گ: 'j', ل: 'l', م: 'm', ن: 'n' },
}
const signByLatin: Readonly<Record<string, string>> = {
  ...{
    sh: 'c',
    ch: 'c',
    kh: 'x',
    gh: 'g',
    th: 't',
    dh: 'd',
    '5': 'x',
    '7': 'h',
    '3': '3',
    '9': 'q',
    '8': 'g',
  },
  ...{ b: 'b', p: 'b', t: 't', j: 'j', g: 'j', h: 'h', x: 'x', d: 'd', r: 'r', z: 'z', s: 's', c: 'k' },
  ...{ f: 'f', v: 'f', q: 'q', k: 'k', l: 'l', m: 'm', n: 'n' },
}

const isArabicWord = (word: string): boolean => /\p{Script=Arabic}/u.test(word)
/** A Latin word as chat writes Arabic; a number is not one. */
const isLatinWord = (word: string): boolean => /^(?=.*[a-z])[a-z35789]+$/.test(word)

/** A final ه is the mark of ة more often than a sound, and Franco writes it as a vowel or as h. */
const arabicSkeleton = (word: string): string =>
  Array.from(word.replace(/^ال(?=..)/, '').replace(/ه$/, ''), (letter) => signByArabic[letter] ?? '').join('')
const latinSkeleton = (word: string): string =>
  (
    word
      .replace(/^(?:al|el)(?=...)/, '')
      .replace(/([^sckgtd])h$/, '$1')
      .match(/[sckgtd]h|./g) ?? []
  )
    .map(
      (letters) =>
        signByLatin[letters] ?? Array.from(letters, (letter) => signByLatin[letter] ?? '').join(''),
    )
    .join('')

/** Skeletons of one script's words, by which the words of the other script find them; ع is often not written in Latin. */
const skeletons = (word: string): string[] => {
  if (isLatinWord(word)) return [latinSkeleton(word)]
  if (!isArabicWord(word)) return []
  const skeleton = arabicSkeleton(word)
  return [...new Set([skeleton, skeleton.replaceAll('3', '')])]
}

const minSkeleton = 2
/** Signs that no folded text contains: they keep the two scripts' skeletons apart. */
const fromArabic = '<'
const fromLatin = '>'

const marked = (mark: string, word: string): string[] =>
  skeletons(word)
    .filter((skeleton) => skeleton.length >= minSkeleton)
    .map((skeleton) => mark + skeleton)

const wordsOf = (text: string): string[] => {
  const folded = fold(text)
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
 * A test of `search` fields: true when each word of the query is in the text, anywhere in a word («طاني» finds
 * «البطانيات»), or begins a word of the other script. An empty query finds everything.
 */
export const createMatcher = (query: string): ((search: string) => boolean) => {
  const soughtByWord = wordsOf(query).map((word) =>
    keysSought(word).map((key) => (key === word ? key : ` ${key}`)),
  )
  return (search) => soughtByWord.every((keys) => keys.some((key) => search.includes(key)))
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
