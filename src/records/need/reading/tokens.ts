/** A message as words with their places, each in the forms under which a word list may know it. */

import { fold, foldKeys } from '../../../i18n/fold.ts'

export interface Token {
  /** as written */
  text: string
  /** place in the text, UTF-16 units */
  start: number
  end: number
  folded: string
  /** the number in digits, or null */
  value: number | null
  /** {@link wordForms} with the letters that were taken off in front of each */
  forms: ReadonlyMap<string, string>
  /** a mark or a new line stands between it and the word before */
  breaks: boolean
}

/** What Arabic writes together with the word that follows, in {@link fold}ed letters. */
const glued = 'وبال وكال وال ولل بال فال لل عال كال هال ول وب ال و ف ب ل ع ك'.split(' ')
/** Endings of number, person and possession. */
const endings = 'تين تان كم هم هن ها نا ات ين ان ون يه ه ي ك'.split(' ')
const minStem = 2

const isArabic = (word: string): boolean => /[\u0620-\u06ff]/.test(word)

/** Stems that an Arabic word may have: «بالبطانيات», «بطانيتين» and «بطانيه» meet in one of them. */
const stems = (word: string): string[] => {
  const found = [word]
  for (const ending of endings) {
    if (!word.endsWith(ending) || word.length - ending.length < minStem) continue
    const stem = word.slice(0, -ending.length)
    found.push(stem)
    if (ending !== 'ه') found.push(`${stem}ه`)
    // «ادويتي» is «ادويه» with an ending: its last letter turned
    if (stem.endsWith('ت') && stem.length > minStem) found.push(`${stem.slice(0, -1)}ه`)
  }
  return found
}

/** Form → what was taken off in front; the word as it stands comes first. */
export const wordForms = (folded: string): Map<string, string> => {
  const forms = new Map<string, string>()
  const add = (word: string, prefix: string) => {
    for (const stem of stems(word)) if (!forms.has(stem)) forms.set(stem, prefix)
  }
  if (!isArabic(folded)) {
    // chat's Latin letters find the Arabic word with the same consonants; two of them say too little
    for (const key of foldKeys(folded)) {
      if (!key.startsWith('>')) forms.set(key, '')
      else if (key.length > 3) forms.set(`<${key.slice(1)}`, '')
    }
    return forms
  }
  add(folded, '')
  for (const prefix of glued) {
    if (folded.startsWith(prefix) && folded.length - prefix.length >= minStem) {
      add(folded.slice(prefix.length), prefix)
    }
  }
  return forms
}

/**
 * A Latin word may hold digits («7ay»), and French writes a short one together with the next («d'insuline», «aujourd'hui»); a
 * number that touches an Arabic word is one of its own.
 */
const wordPattern =
  /(?:[cdjlmnst]|qu|aujourd|quelqu)'(?=\p{L}{2})|\p{Nd}*[a-z\u00c0-\u024f][a-z\d\u00c0-\u024f']*|\p{Nd}+|[\p{L}\p{M}\u0640\u200c\u200d]+/giu
const breakPattern = /[^\s\u200e\u200f\u2066-\u2069\u202a-\u202e"'«»*_~:/]/u

export const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = []
  let end = 0
  for (const match of text.matchAll(wordPattern)) {
    const folded = fold(match[0]).replaceAll(' ', '')
    if (folded === '') continue
    const between = text.slice(end, match.index)
    end = match.index + match[0].length
    tokens.push({
      text: match[0],
      start: match.index,
      end,
      folded,
      value: /^\d{1,9}$/.test(folded) ? Number(folded) : null,
      forms: wordForms(folded),
      breaks: tokens.length === 0 || between.includes('\n') || breakPattern.test(between),
    })
  }
  return tokens
}

/** The same word, without the forms by which Latin letters stand for Arabic ones. */
export const withoutFranco = (token: Token): Token => ({
  ...token,
  forms: new Map([...token.forms].filter(([form]) => !form.startsWith('<'))),
})
