/** A room's y-indexeddb database opened raw: rows are checked before Yjs sees them, and writes are waited for. */

import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { buildUpdate, parseUpdate, type Run } from '../../sync-server/protocol/update.ts'

/** Stores as y-indexeddb 9 makes them: updates under growing keys, and `custom`. */
const updatesStore = 'updates'
const customStore = 'custom'

const requested = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    transaction.onerror = () => reject(transaction.error)
  })

const openRaw = (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name)
  request.onupgradeneeded = () => {
    request.result.createObjectStore(updatesStore, { autoIncrement: true })
    request.result.createObjectStore(customStore)
  }
  return requested(request)
}

/** Entries by client; what stands behind a hole is left out: the document would keep it waiting for ever. */
const contiguousRuns = (runs: readonly Run[]): Run[] => {
  const merged = new Map<number, Run>()
  for (const run of [...runs].sort((a, b) => a.fromIndex - b.fromIndex)) {
    const held = merged.get(run.client)
    if (!held) {
      if (run.fromIndex === 0) merged.set(run.client, { ...run, entries: [...run.entries] })
      continue
    }
    const overlap = held.entries.length - run.fromIndex
    if (overlap >= 0) held.entries.push(...run.entries.slice(overlap))
  }
  return [...merged.values()]
}

/**
 * Checks every row before Yjs loads it: a corrupt row would leave `whenSynced` pending for ever. Where rows are damaged
 * or have holes, what is whole is kept as one row in their place.
 */
export const mendRoomDatabase = async (name: string): Promise<void> => {
  const database = await openRaw(name)
  try {
    const rows: unknown[] = await requested(
      database.transaction(updatesStore).objectStore(updatesStore).getAll(),
    )
    const runs: Run[] = []
    let damaged = 0
    for (const row of rows) {
      const parsed = row instanceof Uint8Array ? parseUpdate(row, limits.networkBytes) : null
      if (parsed?.ok) runs.push(...parsed.value)
      else damaged++
    }
    const whole = contiguousRuns(runs)
    const count = (list: readonly Run[]) =>
      Math.max(0, ...list.map(({ fromIndex, entries }) => fromIndex + entries.length))
    const clients = new Set(runs.map(({ client }) => client))
    const hasHoles = [...clients].some(
      (client) =>
        count(runs.filter((run) => run.client === client)) >
        count(whole.filter((run) => run.client === client)),
    )
    if (damaged === 0 && !hasHoles) return
    const transaction = database.transaction(updatesStore, 'readwrite', { durability: 'strict' })
    transaction.objectStore(updatesStore).clear()
    transaction.objectStore(updatesStore).add(buildUpdate(whole))
    await completed(transaction)
  } finally {
    // an open raw connection would block Dexie's and our own deletes
    database.close()
  }
}

/** Reads which entries are on disk, in rows after `afterKey`, behind a strict write: earlier writes are durable then. */
export const readDurableRuns = async (
  database: IDBDatabase,
  afterKey: number,
): Promise<{ lastKey: number; runs: Run[] }> => {
  const transaction = database.transaction([updatesStore, customStore], 'readwrite', { durability: 'strict' })
  const done = completed(transaction)
  transaction.objectStore(customStore).put(Date.now(), 'barrier')
  const newer = IDBKeyRange.lowerBound(afterKey, true)
  const store = transaction.objectStore(updatesStore)
  const [rows, keys] = await Promise.all([
    requested<unknown[]>(store.getAll(newer)),
    requested(store.getAllKeys(newer)),
  ])
  await done
  const runs: Run[] = []
  for (const row of rows) {
    const parsed = row instanceof Uint8Array ? parseUpdate(row as Bytes, limits.networkBytes) : null
    if (parsed?.ok) runs.push(...parsed.value)
  }
  return { lastKey: Math.max(afterKey, ...keys.map(Number)), runs }
}
