/** Writes a whole SQLite database to a new file that is there only when it is complete and on the disk. */

import { closeSync, fsyncSync, linkSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'

const sync = (path: string): void => {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

/** Throws where a file has that name already, or the disk fails. */
export const writeCopy = (database: DatabaseSync, path: string): void => {
  const unfinished = `${path}.unfinished`
  rmSync(unfinished, { force: true })
  try {
    database.prepare('VACUUM INTO ?').run(unfinished)
    sync(unfinished)
    // a link fails where somebody has made the file meanwhile; a rename would write over it
    linkSync(unfinished, path)
    sync(dirname(path))
  } finally {
    rmSync(unfinished, { force: true })
  }
}
