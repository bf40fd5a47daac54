/** Writes what this device says in the roster: one act at a time, each act one commit. */

import { type ListName, listNameOf, parseListName, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import type { Roster } from '../../../sync-server/protocol/roster.ts'
import type { After } from '../../../sync-server/protocol/statement.ts'
import type { DeviceKeys } from '../../crypto/device-keys.ts'
import type { NetworkDatabase } from '../../storage/database.ts'
import type { OutboxRow } from '../../storage/schema.ts'
import type { OwnStatement } from '../own-statements.ts'
import type { Replica } from '../replica.ts'
import { Serial } from '../serial.ts'
import type { EntryDraft } from '../writer.ts'

export interface ActParts {
  database: NetworkDatabase
  keys: DeviceKeys
  replica: Replica
}

/** Lists that one statement names, about 31 bytes each: what it says itself has to fit into 16 KiB as well. */
const maxNamed = 200

/**
 * Roster lists that grew since the statements of this device's own list, which named them up to `seen`: in a very large
 * network those of coordinators first, for theirs is what others build upon, and of who is out, for a new key has to come
 * after his leaving; the rest is named by the next statement.
 */
export const grownSince = (
  { lengths, devices, former }: Pick<Roster, 'lengths' | 'devices' | 'former'>,
  seen: ReadonlyMap<ListName, number>,
  own: ListName,
): After => {
  const grown = [...lengths].filter(([list, length]) => list !== own && length > (seen.get(list) ?? 0))
  const isFirst = ([list]: After[number]): boolean => {
    const device = parseListName(list)?.device
    return device !== undefined && (devices.get(device)?.role === 'coordinator' || former.has(device))
  }
  const [first, rest] = [grown.filter(isFirst), grown.filter((one) => !isFirst(one))]
  return [...first, ...rest].slice(0, maxNamed)
}

export class ActWriter {
  readonly #parts: ActParts
  readonly #serial = new Serial()

  constructor(parts: ActParts) {
    this.#parts = parts
  }

  /** What an act reads of the roster is not changed by another act of this device before it has written. */
  act<Value>(job: () => Promise<Value>): Promise<Value> {
    return this.#serial.run(job)
  }

  /** What the next statement comes after. What an earlier own list named may lie behind a cut: a new one names it again. */
  after(): After {
    const { book } = this.#parts.replica
    const own = this.#ownList()
    return grownSince(book.roster, book.namedBy(own), own)
  }

  /** The roster as these statements would leave it. */
  preview(statements: readonly OwnStatement[]): Roster {
    return this.#parts.replica.book.preview(this.#ownList(), statements)
  }

  /** All of them or none; resolves when they are durable and the roster knows them. */
  write(drafts: readonly EntryDraft[]): Promise<OutboxRow[]> {
    return this.#parts.replica.write(drafts)
  }

  #ownList(): ListName {
    const { replica, keys } = this.#parts
    return replica.writer.ownList(rosterRoom)?.list ?? listNameOf({ device: keys.device, generation: 0 })
  }
}
