/** Puts a district straight into the databases of a phone that has just founded a network. */

import type { Page } from 'playwright-core'
import type { Tables } from './rows.ts'

/**
 * By rows, not through the engine: 9,000 operations sealed and opened again would measure the engine, and rows are what
 * screens read. Operations stand beside them, so that saving and history meet full tables. `page` is on the app's
 * origin; an app that runs in it hears nothing of it.
 */
export const fillDatabase = async (page: Page, tables: Tables): Promise<void> => {
  for (const [table, rows] of Object.entries(tables)) {
    // typed arrays do not outlive JSON
    const text = JSON.stringify(rows, (_, value) =>
      value instanceof Uint8Array ? { bytes: [...value] } : value,
    )
    await page.evaluate(putRows, { table, text })
  }
}

/** Runs in the page. */
const putRows = async ({ table, text }: { table: string; text: string }): Promise<void> => {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
  const name = names.find((each) => each.startsWith('tadamun-') && !each.includes('-room-'))
  if (!name) throw new Error('the phone has no network')
  const rows = JSON.parse(text, (_, value) =>
    typeof value === 'object' && value !== null && Array.isArray(value.bytes)
      ? Uint8Array.from(value.bytes)
      : value,
  ) as unknown[]
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const writing = database.transaction(table, 'readwrite')
      for (const row of rows) writing.objectStore(table).put(row)
      writing.onerror = () => reject(writing.error)
      writing.oncomplete = () => {
        database.close()
        resolve()
      }
    }
  })
}
