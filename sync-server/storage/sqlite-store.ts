/** The store of a relay on one machine: one SQLite file, rows of entries, group commit [R11]. */

import type { DatabaseSync } from 'node:sqlite'
import { type Bytes, equalBytes } from '../protocol/bytes.ts'
import { clientOfList, type ListName, type NetworkId, parseListName, type RoomName } from '../protocol/ids.ts'
import { fail, ok, type Result } from '../protocol/result.ts'
import { createGroupCommit } from './group-commit.ts'
import { openSqliteFile, type StoreOpenError, sqliteCode } from './sqlite-schema.ts'
import { prepareStatements, type Statements } from './sqlite-statements.ts'
import type { Appended, AppendFailure, HeadedEntry, RoomListener, Store } from './store.ts'

export interface SqliteOptions {
  /** how long a first append waits for others to share its commit, at most 20 ms */
  readonly groupMs?: number
  /** largest size of the file; beyond it appends fail as `full` */
  readonly maxFileBytes?: number
}

/** SQLite result code 13: the disk, or the file by `max_page_count`, is full. */
const fullCode = 13

const failureOf = (cause: unknown): AppendFailure =>
  sqliteCode(cause) === fullCode
    ? { code: 'full' }
    : { code: 'unavailable', detail: cause instanceof Error ? cause.message : String(cause) }

const limitSize = (database: DatabaseSync, maxFileBytes: number): void => {
  const pageBytes = Number(database.prepare('PRAGMA page_size').get()?.page_size)
  database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxFileBytes / pageBytes))}`)
}

/** Runs inside a transaction; writes nothing unless it succeeds. */
const appendRows = (
  sql: Statements,
  network: NetworkId,
  room: RoomName,
  name: ListName,
  fromIndex: number,
  entries: readonly HeadedEntry[],
): Result<Appended, AppendFailure> => {
  const roomRow = sql.room(network, room) ?? sql.makeRoom(network, room)
  const held = sql.list(roomRow.id, name)
  const length = held?.length ?? 0
  if (fromIndex > length) return fail({ code: 'gap', length })
  const known = held ? sql.heads(held.id, fromIndex, fromIndex + entries.length) : []
  for (const [i, head] of known.entries())
    if (!equalBytes(head, (entries[i] as HeadedEntry).head))
      return fail({ code: 'conflict', index: fromIndex + i, length })
  const added = entries.slice(known.length)
  const last = added.at(-1)
  if (!last) return ok({ seq: roomRow.seq, length, added: 0 })

  const listId = held?.id ?? makeList(sql, roomRow.id, name)
  if (listId === null) return fail({ code: 'clientTaken' })
  let bytes = 0
  for (const [i, { entry, head }] of added.entries()) {
    sql.addEntry(roomRow.id, roomRow.seq + 1 + i, listId, length + i, head, entry)
    bytes += entry.length
  }
  sql.growList(listId, length + added.length, last.head, bytes)
  sql.setRoomSeq(roomRow.id, roomRow.seq + added.length)
  return ok({ seq: roomRow.seq + added.length, length: length + added.length, added: added.length })
}

const makeList = (sql: Statements, roomId: number, name: ListName): number | null => {
  const key = parseListName(name)
  if (!key) throw new Error('a list name is checked at the edge')
  const client = clientOfList(key)
  return sql.clientExists(roomId, client) ? null : sql.makeList(roomId, name, client, key.device)
}

/** Takes items while they fit into `maxBytes`, but at least one; `more` says that the rest stayed. */
const takeBytes = <Row extends { entry: Bytes }>(rows: Iterable<Row>, maxBytes: number) => {
  const entries: Row[] = []
  let bytes = 0
  for (const row of rows) {
    bytes += row.entry.length
    if (entries.length > 0 && bytes > maxBytes) return { entries, more: true }
    entries.push(row)
  }
  return { entries, more: false }
}

const storeOver = (database: DatabaseSync, { groupMs, maxFileBytes }: SqliteOptions): Store => {
  if (maxFileBytes !== undefined) limitSize(database, maxFileBytes)
  const sql = prepareStatements(database)
  const listeners = new Set<RoomListener>()
  const commit = (writes: () => void): void => {
    database.exec('BEGIN IMMEDIATE')
    try {
      writes()
      database.exec('COMMIT')
    } catch (cause) {
      // a full disk may have rolled back already
      if (database.isTransaction) database.exec('ROLLBACK')
      throw cause
    }
  }
  const group = createGroupCommit<Result<Appended, AppendFailure>>(commit, groupMs)

  return {
    relayId: sql.relayId(),
    async append(network, room, list, fromIndex, entries) {
      const result = await group
        .add(() => appendRows(sql, network, room, list, fromIndex, entries))
        .catch((cause: unknown) => fail(failureOf(cause)))
      if (result.ok && result.value.added > 0)
        for (const listener of listeners) listener(network, room, result.value.seq)
      return result
    },
    async readSince(network, room, cursor, maxBytes) {
      return takeBytes(sql.entriesSince(network, room, cursor), maxBytes)
    },
    async readList(network, room, list, fromIndex, maxBytes) {
      return takeBytes(sql.entriesOfList(network, room, list, fromIndex), maxBytes)
    },
    async lengths(network, room) {
      const row = sql.room(network, room)
      return { seq: row?.seq ?? 0, lists: row ? sql.lists(row.id) : [] }
    },
    async rooms(network) {
      return sql.rooms(network)
    },
    async bytes(network, device) {
      return sql.bytes(network, device)
    },
    async drop(network, room) {
      group.flush()
      const row = sql.room(network, room)
      if (!row) return
      commit(() => sql.dropRoom(row.id))
      for (const listener of listeners) listener(network, room, row.seq)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      group.flush()
      listeners.clear()
      database.close()
    },
  }
}

/** The store in the file at `path`, made if missing; `:memory:` keeps nothing. */
export const openSqliteStore = (path: string, options: SqliteOptions = {}): Result<Store, StoreOpenError> => {
  const opened = openSqliteFile(path)
  return opened.ok ? ok(storeOver(opened.value, options)) : opened
}
