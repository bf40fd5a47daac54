/** Packs rows of a room's log into frames: updates small enough that a cut connection loses little [R12]. */

import type { Bytes } from './protocol/bytes.ts'
import { clientOfName } from './protocol/ids.ts'
import { buildUpdate, type Run } from './protocol/update.ts'
import type { LoggedEntry } from './storage/store.ts'

export interface Frame {
  /** seq of the last row in it */
  readonly seq: number
  readonly update: Bytes
}

/** The update that holds rows; each list's rows among them are consecutive. */
const updateOf = (rows: readonly LoggedEntry[]): Bytes => {
  const runsByClient = new Map<number, Run>()
  for (const { list, index, entry } of rows) {
    const client = clientOfName(list)
    const run = runsByClient.get(client)
    if (run) run.entries.push(entry)
    else runsByClient.set(client, { client, list, fromIndex: index, entries: [entry] })
  }
  return buildUpdate([...runsByClient.values()])
}

/** Rows in the order of the log → frames of at most `frameBytes` of entries, or of one larger entry. */
export const framesOf = (rows: Iterable<LoggedEntry>, frameBytes: number): Frame[] => {
  const frames: Frame[] = []
  let open: LoggedEntry[] = []
  let bytes = 0
  const nextIndexByList = new Map<string, number>()
  const close = (): void => {
    const last = open.at(-1)
    if (last) frames.push({ seq: last.seq, update: updateOf(open) })
    open = []
    bytes = 0
    nextIndexByList.clear()
  }
  for (const row of rows) {
    const next = nextIndexByList.get(row.list)
    const isHole = next !== undefined && next !== row.index
    if (isHole || (open.length > 0 && bytes + row.entry.length > frameBytes)) close()
    open.push(row)
    bytes += row.entry.length
    nextIndexByList.set(row.list, row.index + 1)
  }
  close()
  return frames
}
