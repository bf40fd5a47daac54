/** Runs that wait, each once: while two sides differ, every exchange brings again what only waits here. */

import { equalBytes } from '../../sync-server/protocol/bytes.ts'
import type { Run } from '../../sync-server/protocol/update.ts'

const isSame = (one: Run, other: Run): boolean =>
  one.list === other.list &&
  one.entries.every((entry, i) => equalBytes(entry, other.entries[i] ?? new Uint8Array()))

export class ParkedRuns {
  readonly #byPlace = new Map<string, Run[]>()

  /** False for one that is among them already, byte for byte: two histories of one list both wait. */
  add(run: Run): boolean {
    const place = `${run.client} ${run.fromIndex} ${run.entries.length}`
    const there = this.#byPlace.get(place) ?? []
    if (there.some((other) => isSame(run, other))) return false
    this.#byPlace.set(place, [...there, run])
    return true
  }
}
