/** The store of a relay on one machine: one SQLite file, rows of entries, group commit [R11]. */

import type { DatabaseSync } from 'node:sqlite'
import { type Bytes, equalBytes } from '../protocol/bytes.ts'
import { clientOfList, type ListName, type NetworkId, parseListName, type RoomName } from '../protocol/ids.ts'
import { fail, ok, type Result } from '../protocol/result.ts'
import type { BlobFailure } from './blob-store.ts'
import { createByteSums } from './byte-sums.ts'
import { createGroupCommit } from './group-commit.ts'
import { openSqliteBlobs } from './sqlite-blobs.ts'
import { openSqliteFile, type StoreOpenError, sqliteCode } from './sqlite-schema.ts'
import { prepareStatements, type Statements } from './sqlite-statements.ts'
import type { Appended, AppendFailure, Growth, HeadedEntry, RoomListener, Store } from './store.ts'

export interface SqliteOptions {
  /** shortest pause between two commits, in which appends gather for the next one; at most 20 ms */
  readonly groupMs?: number
  /** largest size of the file; beyond it appends fail as `full` */
  readonly maxFileBytes?: number
}

/** SQLite result code 13: the disk, or the file by `max_page_count`, is full. */
const fullCode = 13

const failureOf = (cause: unknown): AppendFailure & BlobFailure =>
  sqliteCode(cause) === fullCode
    ? { code: 'full' }
    : { code: 'unavailable', detail: cause instanceof Error ? cause.message : String(cause) }

const limitSize = (database: DatabaseSync, maxFileBytes: number): void => {
  const pageBytes = Number(database.prepare('PRAGMA page_size').get()?.page_size)
  database.exec(`PRAGMA max_page_count = ${Math.max(1, Math.floor(maxFileBytes / pageBytes))}`)
}

interface Written {
  readonly appended: Appended
  /** null when all of it was held before */
  readonly growth: Growth | null
}

/** Runs inside a transaction; writes nothing unless it succeeds. */
const appendRows = (
  sql: Statements,
  network: NetworkId,
  room: RoomName,
  name: ListName,
  fromIndex: number,
  entries: readonly HeadedEntry[],
): Result<Written, AppendFailure> => {
  const roomRow = sql.room(network, room) ?? sql.makeRoom(network, room)
  const held = sql.list(roomRow.id, name)
  const length = held?.length ?? 0
  if (fromIndex > length) return fail({ code: 'gap', length })
  const known = held && fromIndex < length ? sql.heads(held.id, fromIndex, fromIndex + entries.length) : []
  for (const [i, head] of known.entries())
    if (!equalBytes(head, (entries[i] as HeadedEntry).head))
      return fail({ code: 'conflict', index: fromIndex + i, length })
  const added = entries.slice(known.length)
  const last = added.at(-1)
  if (!last) return ok({ appended: { seq: roomRow.seq, length, added: 0 }, growth: null })

  const listId = held?.id ?? makeList(sql, roomRow.id, name)
  if (listId === null) return fail({ code: 'clientTaken' })
  let bytes = 0
  const rows = added.map((item, i) => ({ seq: roomRow.seq + 1 + i, list: name, index: length + i, ...item }))
  for (const { seq, index, head, entry } of rows) {
    sql.addEntry(roomRow.id, seq, listId, index, head, entry)
    bytes += entry.length
  }
  sql.growList(listId, length + added.length, last.head, bytes)
  sql.setRoomSeq(roomRow.id, roomRow.seq + added.length)
  const appended = {
    seq: roomRow.seq + added.length,
    length: length + added.length,
    added: added.length,
  }
  return ok({ appended, growth: { afterSeq: roomRow.seq, rows } })
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
  const sums = createByteSums((network) => sql.bytesByDevice(network))
  const begin = database.prepare('BEGIN IMMEDIATE')
  const end = database.prepare('COMMIT')
  const commit = (writes: () => void): void => {
    begin.run()
    try {
      writes()
      end.run()
    } catch (cause) {
      // a full disk may have rolled back already
      if (database.isTransaction) database.exec('ROLLBACK')
      sums.rollBack()
      throw cause
    }
    sums.commit()
  }
  const group = createGroupCommit<Result<Written, AppendFailure>>(commit, groupMs)
  const blobGroup = createGroupCommit<Result<number, BlobFailure>>(commit, groupMs)

  return {
    relayId: sql.relayId(),
    blobs: openSqliteBlobs(database, blobGroup, failureOf),
    async append(network, room, list, fromIndex, entries) {
      const written = await group
        .add(() => {
          const tried = appendRows(sql, network, room, list, fromIndex, entries)
          if (tried.ok && tried.value.growth) sums.add(network, tried.value.growth.rows)
          return tried
        })
        .catch((cause: unknown) => fail(failureOf(cause)))
      if (!written.ok) return written
      const { appended, growth } = written.value
      if (growth) for (const listener of listeners) listener(network, room, appended.seq, growth)
      return ok(appended)
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
    async monthsBefore(month) {
      return sql.monthsBefore(month)
    },
    async bytes(network, device) {
      return sums.of(network, device)
    },
    async drop(network, room) {
      group.flush()
      const row = sql.room(network, room)
      if (!row) return
      commit(() => sql.dropRoom(row.id))
      sums.forget(network)
      for (const listener of listeners) listener(network, room, row.seq)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      group.flush()
      blobGroup.flush()
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
