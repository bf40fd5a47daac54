/** IndexedDB as it is: what the engine keeps through Dexie, read and written without a copy of Dexie. */

export const resultOf = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

/**
 * Null where there is none: an empty one, made by opening it, would be one in which the app finds no tables. Makes way
 * for a newer version of the app, and for whoever deletes it.
 */
export const openExisting = (name: string): Promise<IDBDatabase | null> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    let isNew = false
    opening.onupgradeneeded = () => {
      isNew = true
      opening.transaction?.abort()
    }
    opening.onsuccess = () => {
      const database = opening.result
      database.onversionchange = () => database.close()
      resolve(database)
    }
    opening.onerror = (event) => {
      // in Firefox an error that nobody has taken ends the worker
      event.preventDefault()
      if (isNew) resolve(null)
      else reject(opening.error)
    }
  })

/** Resolves when what `job` has asked for is durable, all of it or nothing. */
export const write = (
  database: IDBDatabase,
  stores: readonly string[],
  job: (stores: (name: string) => IDBObjectStore) => void,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction([...stores], 'readwrite', { durability: 'strict' })
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    job((name) => transaction.objectStore(name))
  })
