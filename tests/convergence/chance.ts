/** Chance by a seed: the same seed gives the same numbers. */

/** sfc32 (PractRand's small fast counting generator): good enough to shuffle a test, and short. */
export class Chance {
  #a: number
  #b = 0x9e3779b9
  #c = 0x243f6a88
  #counter = 1

  constructor(seed: number) {
    this.#a = seed | 0
    for (let i = 0; i < 12; i++) this.#next()
  }

  /** A whole number from 0 to `below` - 1. */
  below(below: number): number {
    return this.#next() % below
  }

  from(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  oneIn(times: number): boolean {
    return this.below(times) === 0
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item
  }

  /** One of the names, by their weights. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[]
    let left = this.below(names.reduce((sum, name) => sum + weights[name], 0))
    for (const name of names) {
      left -= weights[name]
      if (left < 0) return name
    }
    throw new Error('one of the weights is more than nothing')
  }

  fill(bytes: Uint8Array): void {
    for (let i = 0; i < bytes.length; i++) bytes[i] = this.#next()
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return sum >>> 0
  }
}
