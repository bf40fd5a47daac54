/** Writes what this device says in the roster: one act at a time, each act one commit. */

import type { ListName } from '../../../sync-server/protocol/ids.ts'
import { listNameOf, rosterRoom } from '../../../sync-server/protocol/ids.ts'
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

  /** Roster lists that grew since this device's last statement: what the next one comes after. */
  async after(): Promise<After> {
    const { database, replica } = this.#parts
    const seen = ((await database.meta.get(seenKey))?.value ?? {}) as Record<string, number>
    return [...replica.book.roster.lengths].filter(([list, length]) => length > (seen[list] ?? 0))
  }

  /** The roster as these statements would leave it. */
  preview(statements: readonly OwnStatement[]): Roster {
    return this.#parts.replica.book.preview(this.#ownList(), statements)
  }

  /** All of them or none; resolves when they are durable and the roster knows them. */
  async write(drafts: readonly EntryDraft[]): Promise<OutboxRow[]> {
    const { database, replica } = this.#parts
    const rows = await replica.write(drafts)
    await database.meta.put({ key: seenKey, value: Object.fromEntries(replica.book.roster.lengths) })
    return rows
  }

  /** Does a relay hold these rows? */
  async areDelivered(rows: readonly OutboxRow[]): Promise<boolean> {
    const ids = rows.flatMap(({ id }) => (id === undefined ? [] : [id]))
    const held = await this.#parts.database.outbox.bulkGet(ids)
    return held.every((row) => !row || row.delivered === 1)
  }

  #ownList(): ListName {
    const { replica, keys } = this.#parts
    return replica.writer.ownList(rosterRoom)?.list ?? listNameOf({ device: keys.device, generation: 0 })
  }
}
