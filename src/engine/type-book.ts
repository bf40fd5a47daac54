/** Which types of record this phone can read: the first ones at once, the later ones once their chunk has come. */

import type { Result } from '../../sync-server/protocol/result.ts'
import type { RecordType } from '../records/record-type.ts'
import { recordTypes } from '../records/record-types.ts'
import { tableOfType } from '../records/row-format.ts'
import type { CommandError } from './api.ts'
import { fetchCode } from './fetch-code.ts'

export type LaterRecords = typeof import('../records/later-records.ts')

/** From the phone once the app is installed there, by the link before that; rejects where it does not come. */
export const importLaterRecords = (): Promise<LaterRecords> => import('../records/later-records.ts')

export class TypeBook {
  readonly #byName = new Map(recordTypes.map((type) => [type.name, type]))
  readonly #importLater: () => Promise<LaterRecords>

  constructor(importLater: () => Promise<LaterRecords>) {
    this.#importLater = importLater
  }

  /** Undefined for a type that is unknown, or whose code is not here yet: its operations are kept and give no row. */
  byName(name: string): RecordType | undefined {
    return this.#byName.get(name)
  }

  isLater(name: string): boolean {
    return tableOfType(name) !== undefined && !recordTypes.some((type) => type.name === name)
  }

  /** This version knows it, and its code is not here yet. */
  isAwaited(name: string): boolean {
    return this.isLater(name) && !this.#byName.has(name)
  }

  async fetchLater(): Promise<Result<LaterRecords, CommandError>> {
    const later = await fetchCode(this.#importLater)
    if (later.ok) for (const type of later.value.laterTypes) this.#byName.set(type.name, type)
    return later
  }
}
