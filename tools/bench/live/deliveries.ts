/** When each edit was sent, who has heard it, and what the server calls durable. */
import type { LiveClient } from './fleet.ts'

export class Deliveries {
  /** of each edit at each other client of its room */
  readonly latenciesMs: number[] = []
  lastAt = 0
  /** edits from the first on that somebody else has heard, by writer */
  readonly seenByWriter = new Map<number, number>()
  /** edits from the first on that the server says are durable, by writer */
  readonly durableByWriter = new Map<number, number>()
  readonly #sentAt = new Map<number, number[]>()
  /** by reader, then by writer: the next edit that is news */
  readonly #nextByWriter = new Map<number, Map<number, number>>()

  sent(writer: number): void {
    const times = this.#sentAt.get(writer) ?? []
    times.push(performance.now())
    this.#sentAt.set(writer, times)
  }

  /** Once for each reader and edit: a server may say a thing twice, or send it back to its writer. */
  came(reader: LiveClient, message: Uint8Array): void {
    const at = performance.now()
    const durable = reader.durableBy(message)
    if (durable !== null) {
      raise(this.durableByWriter, reader.writer, durable)
      return
    }
    const next = this.#nextByWriter.get(reader.writer) ?? new Map<number, number>()
    this.#nextByWriter.set(reader.writer, next)
    for (const { writer, index, length } of reader.broughtBy(message)) {
      const times = this.#sentAt.get(writer)
      if (!times || writer === reader.writer) continue
      const end = Math.min(index + length, times.length)
      for (let edit = Math.max(index, next.get(writer) ?? 0); edit < end; edit++) {
        this.latenciesMs.push(at - (times[edit] as number))
        this.lastAt = at
      }
      raise(next, writer, end)
      raise(this.seenByWriter, writer, end)
    }
  }
}

const raise = (byWriter: Map<number, number>, writer: number, length: number): void => {
  if (length > (byWriter.get(writer) ?? 0)) byWriter.set(writer, length)
}
