/**
 * The same records as a stock Yjs app keeps them: one Y.Doc of nested maps in the clear, in y-indexeddb, on a phone whose
 * browser has the page. In its favour: nothing was ever edited or deleted, each person has written in one session only, the
 * database holds one compacted update, and the page has neither search nor network nor any other screen.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import preact from '@preact/preset-vite'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import * as Y from 'yjs'
import { RelayProcess } from '../../../tests/browser/support/relay-process.ts'
import { root } from '../../root.ts'
import { iconSprite } from '../../sprite.ts'
import type { Tables } from '../board/rows.ts'

/** What ours keeps beside the fields for its own indexes and search. */
const derived = ['search', 'areaKey', 'boardRank', 'newestFirst', 'mediaAt']
const tables = ['needs', 'claims', 'offers', 'profiles', 'members']

const idOf = (row: Record<string, unknown>): string => String(row.id ?? row.deviceId)

/** One Yjs client for each person: ids as Yjs would have drawn them. */
const clientOf = (row: Record<string, unknown>): number => {
  const writer = String(row.creator ?? row.deviceId)
  let id = 1
  for (const letter of writer) id = (Math.imul(id, 31) + letter.charCodeAt(0)) >>> 0
  return id
}

const stateOf = (rows: Tables): Uint8Array => {
  const doc = new Y.Doc()
  for (const table of tables) {
    const records = doc.getMap(table) as Y.Map<Y.Map<unknown>>
    for (const row of (rows[table] ?? []) as Record<string, unknown>[]) {
      doc.clientID = clientOf(row)
      doc.transact(() => {
        const record = new Y.Map<unknown>()
        records.set(idOf(row), record)
        for (const [name, value] of Object.entries(row))
          if (!derived.includes(name) && value !== undefined) record.set(name, value)
      })
    }
  }
  return Y.encodeStateAsUpdate(doc)
}

/** Runs in the page: as y-indexeddb keeps a document once it has compacted it. */
const putState = async (base64: string): Promise<void> => {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  await new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('stock')
    opening.onerror = () => reject(opening.error)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('updates', { autoIncrement: true })
      opening.result.createObjectStore('custom')
    }
    opening.onsuccess = () => {
      const writing = opening.result.transaction('updates', 'readwrite')
      writing.objectStore('updates').add(bytes)
      writing.onerror = () => reject(writing.error)
      writing.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })
}

const buildPage = async (folder: string): Promise<void> => {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(root, 'tools', 'bench', 'start', 'stock-page'),
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      preact(),
      iconSprite(),
      {
        // the card asks our database whether two coordinators hid it; a stock app has no second database
        name: 'without-dexie',
        enforce: 'pre',
        resolveId: (id) => (id === 'dexie' ? '\0dexie' : undefined),
        load: (id) =>
          id === '\0dexie' ? 'export const liveQuery = undefined, Dexie = undefined' : undefined,
      },
    ],
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  })
}

export interface StockPhone {
  context: BrowserContext
  address: string
  /** bytes of the document */
  stateBytes: number
  remove(): Promise<void>
}

const fill = async (page: Page, origin: string, rows: Tables): Promise<number> => {
  // beside the app, not under it
  await page.goto(`${origin}/sw.js`)
  const state = stateOf(rows)
  await page.evaluate(putState, Buffer.from(state).toString('base64'))
  // the browser keeps compiled scripts after they have run a few times
  for (let n = 0; n < 4; n++) {
    await page.goto(origin)
    await page.locator('.record').first().waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  }
  await page.close()
  return state.length
}

export const openStockPhone = async (browser: Browser, rows: Tables): Promise<StockPhone> => {
  const folder = mkdtempSync(join(tmpdir(), 'tadamun-stock-'))
  await buildPage(folder)
  const server = await RelayProcess.start(folder)
  // its policy is that of our app
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'ar-IQ',
    hasTouch: true,
    bypassCSP: true,
  })
  const stateBytes = await fill(await context.newPage(), server.origin, rows)
  await server.kill()
  await context.setOffline(true)
  const remove = async () => {
    await context.close()
    await server.remove()
    rmSync(folder, { recursive: true, force: true })
  }
  return { context, address: `${server.origin}/`, stateBytes, remove }
}
