/** The tables of the relay's one SQLite file, and how the file is opened and checked. */

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { randomBytes, toBase64url } from '../protocol/bytes.ts'
import { fail, ok, type Result } from '../protocol/result.ts'
import { blobTables } from './sqlite-blobs.ts'

/** Value of `PRAGMA user_version`; a file with another one was written by another version of the relay. */
export const schemaVersion = 1

const tables = `
  CREATE TABLE relay (id TEXT NOT NULL);
  CREATE TABLE rooms (
    id INTEGER PRIMARY KEY,
    network TEXT NOT NULL,
    name TEXT NOT NULL,
    seq INTEGER NOT NULL DEFAULT 0,
    UNIQUE (network, name)
  );
  CREATE TABLE lists (
    id INTEGER PRIMARY KEY,
    room INTEGER NOT NULL REFERENCES rooms (id),
    name TEXT NOT NULL,
    client INTEGER NOT NULL,
    device TEXT NOT NULL,
    length INTEGER NOT NULL,
    head BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    UNIQUE (room, name),
    UNIQUE (room, client)
  );
  CREATE TABLE entries (
    room INTEGER NOT NULL REFERENCES rooms (id),
    seq INTEGER NOT NULL,
    list INTEGER NOT NULL REFERENCES lists (id),
    clock INTEGER NOT NULL,
    head BLOB NOT NULL,
    entry BLOB NOT NULL,
    UNIQUE (room, seq),
    UNIQUE (list, clock)
  );`

export interface StoreOpenError {
  readonly code: 'unreadable' | 'damaged' | 'otherVersion'
  /** one sentence for the operator, with what to do */
  readonly message: string
}

const prepareFile = (database: DatabaseSync): void => {
  // WAL with FULL: a COMMIT that returned is on the disk, also when the power goes in the next moment [R11]
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON')
}

const makeTables = (database: DatabaseSync): void => {
  database.exec('BEGIN IMMEDIATE')
  database.exec(tables)
  database.prepare('INSERT INTO relay (id) VALUES (?)').run(toBase64url(randomBytes(16)))
  database.exec(`PRAGMA user_version = ${schemaVersion}; COMMIT`)
}

const checkFile = (database: DatabaseSync, path: string): StoreOpenError | null => {
  const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check
  if (found === 'ok') return null
  return {
    code: 'damaged',
    message:
      `${path} is damaged (${String(found)}). Move it away together with its -wal and -shm files, put the latest ` +
      'backup in its place, or start with none: the phones fill an empty relay again.',
  }
}

/** The file of a relay, made if missing. `path` may be `:memory:`. */
export const openSqliteFile = (path: string): Result<DatabaseSync, StoreOpenError> => {
  let database: DatabaseSync | undefined
  try {
    if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    database = new DatabaseSync(path, { timeout: 5000 })
    prepareFile(database)
    const damage = checkFile(database, path)
    if (damage) {
      database.close()
      return fail(damage)
    }
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version)
    if (version === 0) makeTables(database)
    else if (version !== schemaVersion) {
      database.close()
      return fail({
        code: 'otherVersion',
        message: `${path} has format ${version}, this relay writes format ${schemaVersion}: run the newer relay.`,
      })
    }
    database.exec(blobTables)
    return ok(database)
  } catch (cause) {
    database?.close()
    return fail(openErrorOf(cause, path))
  }
}

/** SQLite result codes, https://www.sqlite.org/rescode.html: 11 CORRUPT, 26 NOTADB. */
const damagedCodes = new Set([11, 26])

const openErrorOf = (cause: unknown, path: string): StoreOpenError => {
  const detail = cause instanceof Error ? cause.message : String(cause)
  const code = sqliteCode(cause)
  if (code !== null && damagedCodes.has(code))
    return {
      code: 'damaged',
      message:
        `${path} is not a whole SQLite file (${detail}). Move it away together with its -wal and -shm files, put ` +
        'the latest backup in its place, or start with none: the phones fill an empty relay again.',
    }
  return {
    code: 'unreadable',
    message: `${path} cannot be opened (${detail}). Check that the folder may be written.`,
  }
}

/** The primary SQLite result code of something thrown by node:sqlite, or null. */
export const sqliteCode = (cause: unknown): number | null => {
  if (!(cause instanceof Error) || !('errcode' in cause)) return null
  return typeof cause.errcode === 'number' ? cause.errcode & 255 : null
}
