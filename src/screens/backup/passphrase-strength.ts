/** How hard a passphrase is to guess, in one of four words: no promise, a hint before something is sealed under it. */

export type Strength = 'tooShort' | 'weak' | 'fair' | 'good'

/** Shorter ones are refused: whoever holds the file tries them all in days. */
export const minChars = 8

const wordsIn = (text: string): number => new Set(text.split(/\s+/).filter((word) => word.length > 1)).size

export const strengthOf = (typed: string): Strength => {
  const text = typed.trim()
  const chars = [...text]
  if (chars.length < minChars) return 'tooShort'
  const isPlain = /^[\p{N}\s.-]+$/u.test(text) || new Set(chars).size < 6
  if (isPlain || (chars.length < 12 && wordsIn(text) < 3)) return 'weak'
  return wordsIn(text) >= 6 || chars.length >= 24 ? 'good' : 'fair'
}
