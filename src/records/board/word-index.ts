/**
 * Finds among thousands of texts those with every word of a query, as `createMatcher` of `i18n/fold.ts` does text by text:
 * looks through the words that all texts have in common, then reads off who has them.
 */

import { soughtWords } from '../../i18n/fold.ts'

export class WordIndex {
  /** key of `foldKeys` → numbers of the texts that have it */
  readonly #textsByKey = new Map<string, number[]>()
  #count = 0

  /** How many texts were added; the next one gets this number. */
  get count(): number {
    return this.#count
  }

  /** Takes a row's `search` field; gives the number of the text. */
  add(search: string): number {
    const number = this.#count++
    for (const key of search.split(' ')) {
      if (key === '') continue
      const texts = this.#textsByKey.get(key)
      // within one text each key stands once, but two fields may share one
      if (!texts) this.#textsByKey.set(key, [number])
      else if (texts.at(-1) !== number) texts.push(number)
    }
    return number
  }

  /** 1 at the number of each text that is found; null when the query has no words, and finds all of them. */
  find(query: string): Uint8Array | null {
    let found: Uint8Array | null = null
    for (const { within, starts } of soughtWords(query)) {
      const having = new Uint8Array(this.#count)
      const isSought = keyTest(starts)
      for (const [key, texts] of this.#textsByKey) {
        if (!key.includes(within) && !isSought(key)) continue
        for (const number of texts) having[number] = 1
      }
      found = found === null ? having : both(found, having)
    }
    return found
  }
}

/** Whether a key, with a space behind it, begins with one of `starts`; tens of thousands are asked, so none is made longer. */
const keyTest = (starts: readonly string[]): ((key: string) => boolean) => {
  const whole = starts.filter((start) => start.endsWith(' ')).map((start) => start.slice(0, -1))
  const beginnings = starts.filter((start) => !start.endsWith(' '))
  return (key) => whole.includes(key) || beginnings.some((start) => key.startsWith(start))
}

const both = (one: Uint8Array, other: Uint8Array): Uint8Array =>
  one.map((mark, at) => mark & (other[at] ?? 0))
