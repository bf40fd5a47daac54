/** Which ends each statement had seen: a set of bits for each length of each list, in the order of the roster. */

import type { ListName } from './ids.ts'
import type { After } from './statement.ts'

export class RosterKnowledge {
  /** bits known after so many entries of a list: index = length - 1 */
  readonly #bits = new Map<ListName, bigint[]>()
  #ends = 0n

  /** The statement at this place has its turn; what it comes after had its own before. */
  arrive(list: ListName, index: number, after: After): void {
    const bits = this.#bits.get(list) ?? []
    this.#bits.set(list, bits)
    const before = bits.at(-1) ?? 0n
    while (bits.length < index) bits.push(before)
    let known = before
    for (const [other, length] of after) known |= this.#after(other, length)
    bits[index] = known
  }

  /** The statement at this place ends something: a new bit, that it knows itself. */
  end(list: ListName, index: number): bigint {
    const end = 1n << this.#ends
    this.#ends++
    const bits = this.#bits.get(list)
    if (bits) bits[index] = (bits[index] ?? 0n) | end
    return end
  }

  /** What the statement at this place knows. */
  of(list: ListName, index: number): bigint {
    return this.#after(list, index + 1)
  }

  #after(list: ListName, length: number): bigint {
    const bits = this.#bits.get(list)
    return bits?.[Math.min(length, bits.length) - 1] ?? 0n
  }
}
