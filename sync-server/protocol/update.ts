/**
 * Yjs updates, format V1, of append-only lists: parsed within bounds and built canonically [R1] [R2].
 *
 * A list is a root `Y.Array<Uint8Array>`; one element is one Item with ContentBinary (ref 3) and takes one clock tick,
 * so index = clock. The first Item names its parent, every later one its left neighbour. Format read off
 * yjs 13.6 `src/utils/encoding.js` and `src/structs/Item.js`.
 */

import { type Bytes, equalBytes } from './bytes.ts'
import { clientOfList, type ListName, parseListName } from './ids.ts'
import { limits } from './limits.ts'
import { malformed, type Reader, read } from './reader.ts'
import { fail, ok, type Result } from './result.ts'
import { Writer } from './writer.ts'

/** Consecutive entries of one list. */
export interface Run {
  /** Yjs client id of the list */
  client: number
  /** known only where the run begins at index 0: later Items name no parent */
  list: ListName | null
  fromIndex: number
  entries: Bytes[]
}

const binaryItem = 3
const hasOrigin = 0x80
const maxIndex = 2 ** 31

const readFirst = (reader: Reader, client: number): ListName => {
  if (reader.byte() !== binaryItem || reader.varUint() !== 1) malformed('not an entry')
  const name = reader.varText(64)
  const list = parseListName(name)
  if (!list || clientOfList(list) !== client) return malformed('not the list of this client')
  return name as ListName
}

const readLater = (reader: Reader, client: number, index: number): void => {
  if (reader.byte() !== (hasOrigin | binaryItem)) malformed('not an entry')
  if (reader.varUint() !== client || reader.varUint() !== index - 1) malformed('not after its neighbour')
}

const readRun = (reader: Reader): Run => {
  // an Item is at least 3 bytes; the header of the run stands before the client id
  const count = reader.count(3)
  const client = reader.varUint()
  const fromIndex = reader.varUint(maxIndex - count)
  if (count === 0) malformed('an empty run')
  const run: Run = { client, list: null, fromIndex, entries: [] }
  for (let i = 0; i < count; i++) {
    const index = fromIndex + i
    if (index === 0) run.list = readFirst(reader, client)
    else readLater(reader, client, index)
    run.entries.push(reader.varBytes(limits.entryBytes))
  }
  return run
}

/**
 * The runs of an update, each client once, highest client first as Yjs writes them. Anything else that Yjs could
 * read (deletions, other content, gaps, V2, another order, longer numbers) is `malformed`: what is accepted is
 * byte for byte what {@link buildUpdate} gives.
 */
export const parseUpdate = (
  bytes: Uint8Array,
  maxBytes: number = limits.updateBytes,
): Result<Run[], 'tooLarge' | 'malformed'> => {
  if (bytes.length > maxBytes) return fail('tooLarge')
  const parsed = read(bytes, (reader) => {
    const runs: Run[] = []
    const count = reader.count(6)
    for (let i = 0; i < count; i++) {
      const run = readRun(reader)
      const before = runs.at(-1)
      if (before && before.client <= run.client) malformed('clients out of order')
      runs.push(run)
    }
    if (reader.byte() !== 0) malformed('deletes something')
    return runs
  })
  if (!parsed.ok) return parsed
  return equalBytes(buildUpdate(parsed.value), bytes) ? ok(parsed.value) : fail('malformed')
}

/** The canonical update of runs: equals `Y.encodeStateAsUpdate` of a document that holds just them. */
export const buildUpdate = (runs: readonly Run[]): Bytes => {
  const writer = new Writer().varUint(runs.length)
  for (const run of [...runs].sort((a, b) => b.client - a.client)) {
    writer.varUint(run.entries.length).varUint(run.client).varUint(run.fromIndex)
    run.entries.forEach((entry, i) => {
      const index = run.fromIndex + i
      if (index === 0) {
        if (!run.list) throw new Error('a run from index 0 names its list')
        writer.byte(binaryItem).varUint(1).varText(run.list)
      } else {
        writer
          .byte(hasOrigin | binaryItem)
          .varUint(run.client)
          .varUint(index - 1)
      }
      writer.varBytes(entry)
    })
  }
  return writer.varUint(0).bytes()
}

/** Entries with their places as runs: those of one list that follow one another in the given order are one run. */
export const runsOf = (entries: readonly { list: ListName; index: number; entry: Bytes }[]): Run[] => {
  const runs: Run[] = []
  const lastByList = new Map<ListName, Run>()
  for (const { list, index, entry } of entries) {
    const last = lastByList.get(list)
    if (last && last.fromIndex + last.entries.length === index) {
      last.entries.push(entry)
      continue
    }
    const key = parseListName(list)
    if (!key) throw new Error('a list name is always device.generation')
    const run: Run = {
      client: clientOfList(key),
      list: index === 0 ? list : null,
      fromIndex: index,
      entries: [entry],
    }
    runs.push(run)
    lastByList.set(list, run)
  }
  return runs
}
