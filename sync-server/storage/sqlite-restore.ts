/** Puts a copy of a relay's file in the place of a lost one, after looking whether it is whole. */

import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Result } from '../protocol/result.ts'
import { writeCopy } from './sqlite-copy.ts'
import { schemaVersion } from './sqlite-schema.ts'

export interface Restored {
  /** the same as before: phones go on with their cursors [R16] */
  readonly relayId: string
  readonly entries: number
}

/** Everything, not the quick look of a start: a copy may have lain for years. */
const checkCopy = (database: DatabaseSync, copyPath: string): Result<Restored, string> => {
  const found = database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check
  if (found !== 'ok') return fail(`${copyPath} is damaged (${String(found)}): take an older copy.`)
  const version = database.prepare('PRAGMA user_version').get()?.user_version
  if (version !== schemaVersion)
    return fail(`${copyPath} has format ${version}, this relay reads format ${schemaVersion}.`)
  const relayId = database.prepare('SELECT id FROM relay').get()?.id
  const entries = database.prepare('SELECT count(*) AS entries FROM entries').get()?.entries
  if (typeof relayId !== 'string' || typeof entries !== 'number')
    return fail(`${copyPath} is no copy of a relay.`)
  return ok({ relayId, entries })
}

/** Never writes over a store. The failure is a sentence for the operator. */
export const restoreSqliteStore = (copyPath: string, path: string): Result<Restored, string> => {
  if (!existsSync(copyPath)) return fail(`There is no copy at ${copyPath}.`)
  const held = [path, `${path}-wal`, `${path}-shm`].find((each) => existsSync(each))
  if (held !== undefined)
    return fail(`${held} is in the way: stop the relay and move ${path} away, with its -wal and -shm files.`)
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(copyPath, { readOnly: true, timeout: 5000 })
    const checked = checkCopy(database, copyPath)
    if (!checked.ok) return checked
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeCopy(database, path)
    return checked
  } catch (cause) {
    return fail(`${copyPath} was not restored: ${cause instanceof Error ? cause.message : String(cause)}`)
  } finally {
    database?.close()
  }
}
