/** Copies the relay's file while a relay may be writing to it. */

import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { fail, ok, type Result } from '../protocol/result.ts'
import { writeCopy } from './sqlite-copy.ts'

/**
 * Writes everything that is durable in the store at `path` to the new file `copyPath`. The copy is the same relay:
 * restored, it has the same id, and phones fill in what it lacks [R16]. The failure is a sentence for the operator.
 */
export const backUpSqliteStore = (path: string, copyPath: string): Result<null, string> => {
  if (!existsSync(path)) return fail(`There is no store at ${path}.`)
  if (existsSync(copyPath)) return fail(`${copyPath} exists already: name a new file.`)
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: 5000 })
    writeCopy(database, copyPath)
    return ok(null)
  } catch (cause) {
    return fail(`${path} was not copied: ${cause instanceof Error ? cause.message : String(cause)}`)
  } finally {
    database?.close()
  }
}
