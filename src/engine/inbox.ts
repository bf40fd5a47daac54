/** Empties the inbox through the intake: what was taken leaves behind the barrier, what waits is parked [R3]. */

import { type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { buildUpdate, parseUpdate, type Run } from '../../sync-server/protocol/update.ts'
import type { NetworkDatabase } from '../storage/database.ts'
import type { InboxRow } from '../storage/schema.ts'
import type { Intake } from './intake.ts'
import { ParkedRuns } from './parked-runs.ts'

/** Inbox rows of one room that are taken together: one projection and one barrier for all of them. */
const batchRows = 16

export interface InboxParts {
  database: NetworkDatabase
  intake: Intake
  /** the roster room took something */
  onRosterGrew(): Promise<void>
  /** what was taken is in the log, behind a strict barrier; false when a write was lost and the room was reopened */
  barrier(room: RoomName): Promise<boolean>
}

interface Pending {
  row: InboxRow & { id: number }
  runs: Run[]
}

/** What was refused for good since the start. */
export interface InboxCounts {
  malformed: number
  refused: number
}

export class Inbox {
  readonly #parts: InboxParts
  readonly counts: InboxCounts = { malformed: 0, refused: 0 }
  /** rooms whose parked rows may go on: their lists or the roster grew */
  #retry = new Set<RoomName>()
  #retryAll = true

  constructor(parts: InboxParts) {
    this.#parts = parts
  }

  /** Something was taken outside of the inbox (an own entry): parked rows may continue it. */
  grew(room: RoomName): void {
    if (room === rosterRoom) this.#retryAll = true
    else this.#retry.add(room)
  }

  /** Until nothing moves any more. Rejects only when the disk does. */
  async drain(): Promise<void> {
    for (;;) {
      const rows = await this.#next()
      if (rows.length === 0) break
      await this.#takeBatch(rows)
    }
    await this.#boundParked()
  }

  /** The next rows of one room: fresh ones, roster first; else parked ones that may go on. */
  async #next(): Promise<(InboxRow & { id: number })[]> {
    const { inbox } = this.#parts.database
    const all = (await inbox.orderBy('id').toArray()).filter(
      (row): row is InboxRow & { id: number } => row.id !== undefined,
    )
    const fresh = all.filter(({ parked }) => parked === 0)
    const first = fresh.find(({ room }) => room === rosterRoom) ?? fresh[0]
    if (first) return fresh.filter(({ room }) => room === first.room).slice(0, batchRows)
    if (this.#retryAll) for (const { room } of all) this.#retry.add(room)
    this.#retryAll = false
    const [room] = this.#retry
    if (!room) return []
    this.#retry.delete(room)
    const parked = all.filter((row) => row.room === room)
    return parked.length > 0 ? parked : this.#next()
  }

  async #takeBatch(rows: (InboxRow & { id: number })[]): Promise<void> {
    const { database, intake, barrier, onRosterGrew } = this.#parts
    const room = rows[0]?.room
    if (!room) return
    const pending: Pending[] = []
    for (const row of rows) {
      const parsed = parseUpdate(row.update)
      if (parsed.ok) pending.push({ row, runs: parsed.value })
      else this.counts.malformed++
    }
    const outcomes = await intake.take(
      room,
      pending.flatMap(({ runs }) => runs),
    )
    const tookAny = outcomes.some(({ taken }) => taken.length > 0)
    for (const { refused } of outcomes) if (refused) this.counts.refused++
    if (tookAny) {
      this.grew(room)
      if (room === rosterRoom) await onRosterGrew()
      // rows stay as they are: a lost write is taken again from them
      if (!(await barrier(room))) return
    }
    let at = 0
    const left: Pending[] = []
    for (const { row, runs } of pending) {
      const those = outcomes.slice(at, at + runs.length)
      at += runs.length
      left.push({ row, runs: those.flatMap((outcome) => (outcome.left ? [outcome.left] : [])) })
    }
    await database.transaction('rw', database.inbox, async () => {
      await database.inbox.bulkDelete(rows.map(({ id }) => id))
      await this.#park(room, left)
    })
  }

  /** Puts what is left of these rows, but for what waits in others already. */
  async #park(room: RoomName, left: readonly Pending[]): Promise<void> {
    const some = left.filter(({ runs }) => runs.length > 0)
    if (some.length === 0) return
    const { inbox } = this.#parts.database
    const parked = new ParkedRuns()
    for (const row of await inbox.filter((one) => one.room === room && one.parked === 1).toArray()) {
      const parsed = parseUpdate(row.update)
      if (parsed.ok) for (const run of parsed.value) parked.add(run)
    }
    const rows = some.flatMap(({ row, runs }): InboxRow[] => {
      const news = runs.filter((run) => parked.add(run))
      return news.length > 0 ? [{ ...row, update: buildUpdate(news), parked: 1 }] : []
    })
    await inbox.bulkPut(rows)
  }

  /** [R3] What waits is bounded: dropped runs are asked for again from the start of their room. */
  async #boundParked(): Promise<void> {
    const { database } = this.#parts
    await database.transaction('rw', database.inbox, database.cursors, async () => {
      const rows = await database.inbox.orderBy('id').toArray()
      let bytes = rows.reduce((sum, { update }) => sum + update.length, 0)
      for (const { id, room, update } of rows) {
        if (bytes <= limits.parkedBytes || id === undefined) break
        await database.inbox.delete(id)
        await database.cursors.where('room').equals(room).delete()
        bytes -= update.length
      }
    })
  }
}
