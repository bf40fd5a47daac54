/** Word lists made ready for finding: which terms stand where in a message. */

import { fold, foldKeys } from '../../../i18n/fold.ts'
import type { ReadingList } from './reading-words.ts'
import type { Token } from './tokens.ts'

interface Term<Tag> {
  words: readonly string[]
  tag: Tag
  /** a word of the text may go on behind the last word by so many letters */
  endingChars: number
}

/** Where a term stands: tokens `from` to before `to`. */
export interface Hit<Tag> {
  tag: Tag
  from: number
  to: number
}

/** Endings of Sorani, which are longer than those of English. */
const suffixChars = 4
/** A shorter word is found in full only: too many longer ones begin with it. */
const minInflected = 4

export class Terms<Tag> {
  readonly #byFirst = new Map<string, Term<Tag>[]>()
  readonly #inflected: Term<Tag>[] = []

  add(list: string, tag: Tag, inflects: ReadingList['inflects']): this {
    for (const written of list.split(',')) {
      const words = fold(written).split(' ')
      const first = words[0] ?? ''
      if (first === '') continue
      const term = { words, tag, endingChars: inflects === 'suffixes' ? suffixChars : 0 }
      const keys = inflects === 'arabic' && words.length === 1 ? foldKeys(first) : [first]
      for (const key of keys) this.#byFirst.set(key, [...(this.#byFirst.get(key) ?? []), term])
      if (term.endingChars > 0 && first.length >= minInflected) this.#inflected.push(term)
    }
    return this
  }

  /** The longest term that begins at a token, or undefined. */
  at(tokens: readonly Token[], from: number): Hit<Tag> | undefined {
    const token = tokens[from]
    if (!token) return undefined
    let best: Hit<Tag> | undefined
    const consider = (term: Term<Tag>) => {
      const to = from + term.words.length
      if ((!best || to > best.to) && this.#continues(term, tokens, from)) best = { tag: term.tag, from, to }
    }
    for (const form of token.forms.keys()) for (const term of this.#byFirst.get(form) ?? []) consider(term)
    for (const term of this.#inflected) if (isInflected(token, term)) consider(term)
    return best
  }

  /** From left to right, the longest first; what one term took no other has. */
  find(tokens: readonly Token[]): Hit<Tag>[] {
    const hits: Hit<Tag>[] = []
    for (let i = 0; i < tokens.length; i++) {
      const hit = this.at(tokens, i)
      if (!hit) continue
      hits.push(hit)
      i = hit.to - 1
    }
    return hits
  }

  has(tokens: readonly Token[], at: number): boolean {
    return this.at(tokens, at) !== undefined
  }

  #continues({ words, endingChars: chars }: Term<Tag>, tokens: readonly Token[], from: number): boolean {
    return words.every((word, i) => {
      const token = tokens[from + i]
      if (!token) return false
      if (i === 0) return true
      if (token.breaks) return false
      return token.forms.has(word) || (chars > 0 && token.folded.startsWith(word))
    })
  }
}

const isInflected = ({ folded }: Token, { words, endingChars: chars }: Term<unknown>): boolean => {
  const first = words[0] ?? ''
  return folded.length > first.length && folded.length - first.length <= chars && folded.startsWith(first)
}
