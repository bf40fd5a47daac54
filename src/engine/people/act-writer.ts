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

const seenKey = 'rosterSeen'
/** Lists that one statement names, about 31 bytes each: what it says itself has to fit into 16 KiB as well. */
const maxNamed = 200

/**
 * Roster lists that grew since this device's last statements, `own` not among them: in a very large network those of
 * coordinators first, for theirs is what others build upon; the rest is named by the next statement.
 */
export const grownSince = (
  { lengths, devices }: Pick<Roster, 'lengths' | 'devices'>,
  seen: Readonly<Record<string, number>>,
  own: ListName,
): After => {
  const grown = [...lengths].filter(([list, length]) => list !== own && length > (seen[list] ?? 0))
  const isOfCoordinator = ([list]: After[number]): boolean => {
    const device = parseListName(list)?.device
    return device !== undefined && devices.get(device)?.role === 'coordinator'
  }
  const [first, rest] = [grown.filter(isOfCoordinator), grown.filter((one) => !isOfCoordinator(one))]
  return [...first, ...rest].slice(0, maxNamed)
}

export class ActWriter {
  readonly #parts: ActParts
  readonly #serial = new Serial()
  /** lists that the statement in the making names */
  #named: After = []

  constructor(parts: ActParts) {
    this.#parts = parts
  }

  /** What an act reads of the roster is not changed by another act of this device before it has written. */
  act<Value>(job: () => Promise<Value>): Promise<Value> {
    return this.#serial.run(() => {
      // of an act that came to nothing nothing was named
      this.#named = []
      return job()
    })
  }

  /** What the next statement comes after. */
  async after(): Promise<After> {
    this.#named = grownSince(this.#parts.replica.book.roster, await this.#seen(), this.#ownList())
    return this.#named
  }

  /** The roster as these statements would leave it. */
  preview(statements: readonly OwnStatement[]): Roster {
    return this.#parts.replica.book.preview(this.#ownList(), statements)
  }

  /** All of them or none; resolves when they are durable and the roster knows them. */
  async write(drafts: readonly EntryDraft[]): Promise<OutboxRow[]> {
    const { database, replica } = this.#parts
    const rows = await replica.write(drafts)
    const value = { ...(await this.#seen()), ...Object.fromEntries(this.#named) }
    this.#named = []
    await database.meta.put({ key: seenKey, value })
    return rows
  }

  async #seen(): Promise<Record<string, number>> {
    return ((await this.#parts.database.meta.get(seenKey))?.value ?? {}) as Record<string, number>
  }

  #ownList(): ListName {
    const { replica, keys } = this.#parts
    return replica.writer.ownList(rosterRoom)?.list ?? listNameOf({ device: keys.device, generation: 0 })
  }
}
