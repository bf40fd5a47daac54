/**
 * Finds among thousands of texts those with every word of a query, as `createMatcher` of `i18n/fold.ts` does text by text:
 * looks through the words that all texts have in common, then reads off who has them.
 */

import { soughtWords } from '../../i18n/fold.ts'

/** Room for texts that come while somebody searches. */
const spareTexts = 256

/** All keys as one text with a space before and behind each, where the browser's own search finds them fastest. */
interface Keys {
  text: string
  /** where in `text` the space behind each key stands */
  ends: Int32Array
  /** numbers of the texts that have each key */
  texts: readonly (readonly number[])[]
}

export class WordIndex {
  /** key of `foldKeys` → numbers of the texts that have it */
  readonly #textsByKey = new Map<string, number[]>()
  /** as of the last query; made anew when keys have come */
  #keys: Keys | null = null
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
      if (!texts) {
        this.#textsByKey.set(key, [number])
        this.#keys = null
        // within one text each key stands once, but two fields may share one
      } else if (texts.at(-1) !== number) texts.push(number)
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
      for (const sought of [within, ...starts.map((start) => ` ${start}`)]) this.#mark(sought, having)
      if (!isFirst) keepBoth(this.#buffers[0] as Uint8Array, having)
      isFirst = false
    }
    return isFirst ? null : (this.#buffers[0] as Uint8Array)
  }

  /** Notes the texts of every key that `sought` stands in; of one with a space before it: that begins with it. */
  #mark(sought: string, having: Uint8Array): void {
    this.#keys ??= keysOf(this.#textsByKey)
    const { text, ends, texts } = this.#keys
    let key = 0
    for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, ends[key])) {
      while ((ends[key] as number) <= at) key++
      for (const number of texts[key] as readonly number[]) having[number] = 1
    }
  }

  #marks(place: 0 | 1): Uint8Array {
    const held = this.#buffers[place]
    if (held && held.length >= this.#count) return held.fill(0)
    const made = new Uint8Array(this.#count + spareTexts)
    this.#buffers[place] = made
    return made
  }
}

const keysOf = (textsByKey: ReadonlyMap<string, readonly number[]>): Keys => {
  const ends = new Int32Array(textsByKey.size)
  let end = 0
  let place = 0
  for (const key of textsByKey.keys()) {
    end += 1 + key.length
    ends[place++] = end
  }
  return { text: ` ${[...textsByKey.keys()].join(' ')} `, ends, texts: [...textsByKey.values()] }
}

const keepBoth = (into: Uint8Array, other: Uint8Array): void => {
  for (let at = 0; at < into.length; at++) into[at] = (into[at] ?? 0) & (other[at] ?? 0)
}
