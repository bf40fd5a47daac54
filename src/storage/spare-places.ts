/**
 * What this phone cannot be given again by anybody, kept once more where damage to the browser's database does not reach:
 * its keys and which networks it is in; and who is in them, so that it can go on before a relay is there. Everything else
 * comes back from the mirror and from relays.
 */

import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import type { ContentKeyRow, KeyRow, MetaRow, NetworkRow, StatementRow } from './schema.ts'

export interface SparePlace {
  networkId: NetworkId
  row: NetworkRow
  /** the device's own keys, and what is asked before it has been let in */
  meta: MetaRow[]
  keys: KeyRow[]
  contentKeys: ContentKeyRow[]
  roster: StatementRow[]
}

export interface SparePlaces {
  all(): Promise<SparePlace[]>
  /** In place of what was kept of this network. */
  keep(place: SparePlace): Promise<void>
  drop(networkId: NetworkId): Promise<void>
}

/** Not in every browser, and not in TypeScript's library (https://wicg.github.io/storage-buckets/). */
interface Buckets {
  open(name: string, options: { durability: 'strict' }): Promise<{ indexedDB: IDBFactory }>
}

const storeName = 'places'

const requested = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const written = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })

/**
 * In a storage bucket: Chromium keeps each in files of its own (tests/browser/damaged.test.ts). Elsewhere null: device
 * keys cannot be taken out of the one database that there is.
 */
export const openSparePlaces = (prefix: string): SparePlaces | null => {
  const { storageBuckets } = navigator as typeof navigator & { storageBuckets?: Buckets }
  if (!storageBuckets) return null
  let opened: Promise<IDBDatabase> | null = null
  const open = async (): Promise<IDBDatabase> => {
    const bucket = await storageBuckets.open('tadamun-spare', { durability: 'strict' })
    const request = bucket.indexedDB.open(`${prefix}tadamun-spare`, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(storeName, { keyPath: 'networkId' })
    return requested(request)
  }
  const database = () => {
    opened ??= open()
    return opened
  }
  const change = async (by: (store: IDBObjectStore) => void): Promise<void> => {
    const transaction = (await database()).transaction(storeName, 'readwrite', { durability: 'strict' })
    by(transaction.objectStore(storeName))
    await written(transaction)
  }
  return {
    all: async () => requested((await database()).transaction(storeName).objectStore(storeName).getAll()),
    keep: (place) => change((store) => store.put(place)),
    drop: (networkId) => change((store) => store.delete(networkId)),
  }
}
