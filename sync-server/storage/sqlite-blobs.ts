/** Blobs in the relay's one SQLite file, so that one backup, one bound and one commit cover them too. */

import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { type Bytes, concatBytes } from '../protocol/bytes.ts'
import { limits } from '../protocol/limits.ts'
import { fail, ok, type Result } from '../protocol/result.ts'
import type { BlobFailure, BlobStore, Upload } from './blob-store.ts'
import type { GroupCommit } from './group-commit.ts'

/**
 * They came after the first version of the file and change nothing that was there: an older relay opens the file and
 * passes them over.
 */
export const blobTables = `
  CREATE TABLE IF NOT EXISTS blobs (
    network TEXT NOT NULL,
    id TEXT NOT NULL,
    device TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    at INTEGER NOT NULL,
    blob BLOB NOT NULL,
    UNIQUE (network, id)
  );
  CREATE INDEX IF NOT EXISTS blobs_sum ON blobs (network, device, bytes);
  CREATE INDEX IF NOT EXISTS blobs_at ON blobs (at);
  CREATE TABLE IF NOT EXISTS blob_parts (
    network TEXT NOT NULL,
    id TEXT NOT NULL,
    device TEXT NOT NULL,
    offset INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    at INTEGER NOT NULL,
    part BLOB NOT NULL,
    UNIQUE (network, id, device, offset)
  );
  CREATE INDEX IF NOT EXISTS blob_parts_sum ON blob_parts (network, device, bytes);
  CREATE INDEX IF NOT EXISTS blob_parts_at ON blob_parts (at);`

const bytesOf = (value: SQLOutputValue | undefined): Bytes => {
  if (!(value instanceof Uint8Array)) throw new Error('a column of blobs holds no bytes')
  return value
}

const ofUpload = 'network = ? AND id = ? AND device = ?'
const sumOf = (table: string, where: string): string =>
  `SELECT sum(max(bytes, ${limits.blobCountedBytes})) AS bytes FROM ${table} WHERE ${where}`

const prepare = (database: DatabaseSync) => ({
  find: database.prepare('SELECT bytes FROM blobs WHERE network = ? AND id = ?'),
  read: database.prepare('SELECT blob FROM blobs WHERE network = ? AND id = ?'),
  parts: database.prepare(`SELECT part FROM blob_parts WHERE ${ofUpload} ORDER BY offset`),
  length: database.prepare(`SELECT sum(bytes) AS bytes FROM blob_parts WHERE ${ofUpload}`),
  add: database.prepare(
    'INSERT INTO blob_parts (network, id, device, offset, bytes, at, part) VALUES (?, ?, ?, ?, ?, ?, ?)',
  ),
  keep: database.prepare(
    'INSERT OR IGNORE INTO blobs (network, id, device, bytes, at, blob) VALUES (?, ?, ?, ?, ?, ?)',
  ),
  discard: database.prepare(`DELETE FROM blob_parts WHERE ${ofUpload}`),
  sums: [
    database.prepare(sumOf('blobs', 'network = ?')),
    database.prepare(sumOf('blob_parts', 'network = ?')),
  ],
  deviceSums: [
    database.prepare(sumOf('blobs', 'network = ? AND device = ?')),
    database.prepare(sumOf('blob_parts', 'network = ? AND device = ?')),
  ],
  dropWhole: database.prepare('DELETE FROM blobs WHERE at < ?'),
  dropBegun: database.prepare('DELETE FROM blob_parts WHERE at < ?'),
})

/** `group` commits what is written; `failureOf` names what made it fail. */
export const openSqliteBlobs = (
  database: DatabaseSync,
  group: GroupCommit<Result<number, BlobFailure>>,
  failureOf: (cause: unknown) => BlobFailure,
): BlobStore => {
  const sql = prepare(database)
  const keysOf = ({ network, id, device }: Upload) => [network, id, device] as const
  const write = (work: () => Result<number, BlobFailure>): Promise<Result<number, BlobFailure>> =>
    group.add(work).catch((cause: unknown) => fail(failureOf(cause)))

  return {
    async find(network, id) {
      const bytes = sql.find.get(network, id)?.bytes
      return typeof bytes === 'number' ? bytes : null
    },
    async read(network, id) {
      const row = sql.read.get(network, id)
      return row ? bytesOf(row.blob) : null
    },
    async begun(upload) {
      return concatBytes(...sql.parts.all(...keysOf(upload)).map(({ part }) => bytesOf(part)))
    },
    async begunBytes(upload) {
      return Number(sql.length.get(...keysOf(upload))?.bytes ?? 0)
    },
    addPart: (upload, offset, part, nowMs) =>
      write(() => {
        const held = Number(sql.length.get(...keysOf(upload))?.bytes ?? 0)
        if (held !== offset) return fail({ code: 'offset', bytes: held })
        sql.add.run(...keysOf(upload), offset, part.length, nowMs, part)
        return ok(held + part.length)
      }),
    async keep(upload, blob, nowMs) {
      const kept = await write(() => {
        sql.keep.run(...keysOf(upload), blob.length, nowMs, blob)
        sql.discard.run(...keysOf(upload))
        return ok(blob.length)
      })
      return kept.ok ? ok(null) : kept
    },
    async discard(upload) {
      await write(() => {
        sql.discard.run(...keysOf(upload))
        return ok(0)
      })
    },
    async bytes(network, device) {
      const rows =
        device === undefined
          ? sql.sums.map((sum) => sum.get(network))
          : sql.deviceSums.map((sum) => sum.get(network, device))
      return rows.reduce((all, row) => all + Number(row?.bytes ?? 0), 0)
    },
    async dropBefore(wholeMs, begunMs) {
      await write(() => {
        sql.dropWhole.run(wholeMs)
        sql.dropBegun.run(begunMs)
        return ok(0)
      })
    },
  }
}
