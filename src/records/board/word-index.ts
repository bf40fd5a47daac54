/**
 * Finds among thousands of texts those with every word of a query, as `createMatcher` of `i18n/fold.ts` does text by text:
 * looks through the words that all texts have in common, then reads off who has them.
 */

import { soughtWords } from '../../i18n/fold.ts'

/** Room for texts that come while somebody searches. */
const spareTexts = 256

export class WordIndex {
  /** key of `foldKeys` → numbers of the texts that have it */
  readonly #textsByKey = new Map<string, number[]>()
  #count = 0
  /** what the query finds, and what its second word and those after it find */
  readonly #buffers: [Uint8Array?, Uint8Array?] = []

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

  /**
   * 1 at the number of each text that is found; null when the query has no words, and finds all of them. Good until the next
   * query: arrays made anew with each letter are what a slow phone then has to sweep away.
   */
  find(query: string): Uint8Array | null {
    let isFirst = true
    for (const { within, starts } of soughtWords(query)) {
      const having = this.#marks(isFirst ? 0 : 1)
      const isSought = keyTest(starts)
      for (const [key, texts] of this.#textsByKey) {
        if (!key.includes(within) && !isSought(key)) continue
        for (const number of texts) having[number] = 1
      }
      if (!isFirst) keepBoth(this.#buffers[0] as Uint8Array, having)
      isFirst = false
    }
    return isFirst ? null : (this.#buffers[0] as Uint8Array)
  }

  #marks(place: 0 | 1): Uint8Array {
    const held = this.#buffers[place]
    if (held && held.length >= this.#count) return held.fill(0)
    const made = new Uint8Array(this.#count + spareTexts)
    this.#buffers[place] = made
    return made
  }
}

/** Whether a key, with a space behind it, begins with one of `starts`; tens of thousands are asked, so none is made longer. */
const keyTest = (starts: readonly string[]): ((key: string) => boolean) => {
  const whole = starts.filter((start) => start.endsWith(' ')).map((start) => start.slice(0, -1))
  const beginnings = starts.filter((start) => !start.endsWith(' '))
  return (key) => whole.includes(key) || beginnings.some((start) => key.startsWith(start))
}

const keepBoth = (into: Uint8Array, other: Uint8Array): void => {
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) & (other[at] ?? 0)
}
