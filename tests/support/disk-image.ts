/**
 * Disks of phones in tests: what fake-indexeddb holds, copied at one moment as a power cut leaves it (what a running
 * transaction has written is not there), counted write by write, and damaged on purpose.
 */

import { indexedDB } from 'fake-indexeddb'

type Key = IDBValidKey
interface RawRecord {
  key: Key
  value: unknown
}
interface RawStore {
  name: string
  keyPath: string | string[] | null
  autoIncrement: boolean
  rawDatabase: RawDatabase
  keyGenerator: { num: number } | null
  rawIndexes: Map<string, RawIndex>
  records: { values(range?: unknown): Iterable<RawRecord>; get(key: Key): RawRecord | undefined }
  storeRecord(record: RawRecord, noOverwrite: boolean, rollbackLog?: unknown[]): Key
  deleteRecord(key: unknown, rollbackLog?: unknown[]): void
  clear(rollbackLog?: unknown[]): void
}
interface RawIndex {
  name: string
  keyPath: string
  multiEntry: boolean
  unique: boolean
  initialized: boolean
}
interface RawDatabase {
  name: string
  version: number
  rawObjectStores: Map<string, RawStore>
  transactions: { _state: string; _rollbackLog: unknown[] }[]
  connections: { close(): void }[]
}
type Maker<Made> = new (...parts: unknown[]) => Made

/** As fake-indexeddb 6 keeps them (build/esm/FDBFactory.js). */
const databases = (indexedDB as unknown as { _databases: Map<string, RawDatabase> })._databases

interface Undo {
  store: string
  undo(copy: RawStore): void
}
/** What each running transaction has changed, by its rollback log. */
const journals = new WeakMap<unknown[], Undo[]>()
const watchers = new Set<{ prefix: string; onWrite(): void }>()

let isRefused: (store: string) => boolean = () => false

/** From now on the disk has no room for stores whose names pass; gives what ends it. */
export const fillDisk = (isFull: (store: string) => boolean): (() => void) => {
  watchStores()
  isRefused = isFull
  return () => {
    isRefused = () => false
  }
}

const wrote = (store: RawStore, log: unknown[], undo: Undo['undo']): void => {
  journals.set(log, [...(journals.get(log) ?? []), { store: store.name, undo }])
  for (const watcher of watchers) if (store.rawDatabase.name.startsWith(watcher.prefix)) watcher.onWrite()
}

/** Where the record will stand; undefined while the store has still to give it a number. */
const keyOf = ({ keyPath }: RawStore, { key, value }: RawRecord): Key | undefined => {
  if (key !== undefined || keyPath === null) return key
  const parts = value as Record<string, Key>
  return Array.isArray(keyPath) ? keyPath.map((name) => parts[name] as Key) : parts[keyPath]
}

let isWatched = false

const putBack =
  (gone: readonly RawRecord[]): Undo['undo'] =>
  (copy) => {
    for (const record of gone) copy.storeRecord(record, false)
  }

/** Wraps the three ways in which fake-indexeddb changes a store; its class is reached through the first store there is. */
const watchStores = (): void => {
  const [store] = [...databases.values()].flatMap(({ rawObjectStores }) => [...rawObjectStores.values()])
  if (isWatched || !store) return
  isWatched = true
  const real = Object.getPrototypeOf(store) as RawStore
  const { storeRecord, deleteRecord, clear } = real
  real.storeRecord = function (record, noOverwrite, log) {
    if (log && isRefused(this.name)) throw new DOMException('no room on the disk', 'QuotaExceededError')
    const place = keyOf(this, record)
    const before = place === undefined ? undefined : this.records.get(place)
    const key = storeRecord.call(this, record, noOverwrite, log)
    const undo = (copy: RawStore) => (before ? void copy.storeRecord(before, false) : copy.deleteRecord(key))
    if (log) wrote(this, log, undo)
    return key
  }
  real.deleteRecord = function (key, log) {
    const gone = log ? [...this.records.values(key)] : []
    deleteRecord.call(this, key, log)
    if (log) wrote(this, log, putBack(gone))
  }
  real.clear = function (log) {
    const gone = log ? [...this.records.values()] : []
    clear.call(this, log)
    if (log) wrote(this, log, putBack(gone))
  }
}

/** Calls at each write to a database whose name begins with `prefix`; gives what ends it. */
export const watchWrites = (prefix: string, onWrite: () => void): (() => void) => {
  watchStores()
  const watcher = { prefix, onWrite }
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

const copyStore = (store: RawStore, database: RawDatabase): RawStore => {
  const { name, keyPath, autoIncrement, keyGenerator, rawIndexes } = store
  const copy = new (store.constructor as Maker<RawStore>)(database, name, keyPath, autoIncrement)
  for (const index of rawIndexes.values()) {
    const { keyPath: path, multiEntry, unique } = index
    const made = new (index.constructor as Maker<RawIndex>)(copy, index.name, path, multiEntry, unique)
    made.initialized = true
    copy.rawIndexes.set(index.name, made)
  }
  for (const { key, value } of store.records.values()) copy.storeRecord({ key, value }, false)
  if (copy.keyGenerator && keyGenerator) copy.keyGenerator.num = keyGenerator.num
  return copy
}

const namesWith = (prefix: string): string[] =>
  [...databases.keys()].filter((name) => name.startsWith(prefix))

/** At once, as a power cut would leave it: the copies have no part of a transaction that was not complete. */
export const copyDatabases = (fromPrefix: string, toPrefix: string): void => {
  watchStores()
  for (const name of namesWith(fromPrefix)) {
    const database = databases.get(name) as RawDatabase
    const copyName = toPrefix + name.slice(fromPrefix.length)
    const copy = new (database.constructor as Maker<RawDatabase>)(copyName, database.version)
    for (const store of database.rawObjectStores.values())
      copy.rawObjectStores.set(store.name, copyStore(store, copy))
    for (const { _state, _rollbackLog } of [...database.transactions].reverse()) {
      if (_state === 'finished') continue
      for (const { store, undo } of [...(journals.get(_rollbackLog) ?? [])].reverse()) {
        const copied = copy.rawObjectStores.get(store)
        if (copied) undo(copied)
      }
    }
    databases.set(copyName, copy)
  }
}

export const dropDatabases = (prefix: string): void => {
  for (const name of namesWith(prefix)) databases.delete(name)
}

/** Names of a phone's room databases. */
export const roomDatabases = (prefix: string): string[] =>
  namesWith(prefix).filter((name) => name.includes('-room-'))

/** As a phone that slept finds them: iOS ends the process of the database under pages that stay open. */
export const cutConnections = (names: readonly string[]): void => {
  for (const name of names)
    for (const connection of [...(databases.get(name)?.connections ?? [])]) connection.close()
}

/** Rows of a room's log that hold something: y-indexeddb adds an empty one whenever it opens. */
const fullRows = (database: string): { store: RawStore | undefined; rows: RawRecord[] } => {
  const store = databases.get(database)?.rawObjectStores.get('updates')
  const rows = store ? [...store.records.values()] : []
  return { store, rows: rows.filter(({ value }) => value instanceof Uint8Array && value.length > 2) }
}

/** Takes the last `count` rows of a room's log away, as an aborted write would. */
export const loseRows = (database: string, count: number): void => {
  const { store, rows } = fullRows(database)
  for (const { key } of rows.slice(Math.max(0, rows.length - count))) store?.deleteRecord(key)
}

/** Puts bytes that are no update into the place of one row of a room's log. */
export const corruptRow = (database: string, place: number): void => {
  const { store, rows } = fullRows(database)
  const row = rows[place % Math.max(1, rows.length)]
  if (row) store?.storeRecord({ key: row.key, value: new Uint8Array([1, 1, 7, 0, 9]) }, false)
}

/** Empties stores of one database. */
export const clearStores = (database: string, stores: readonly string[]): void => {
  for (const name of stores) databases.get(database)?.rawObjectStores.get(name)?.clear()
}
