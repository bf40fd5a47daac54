/** The files of the browser's database are damaged between two starts: what was saved or delivered is there again. */

import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone } from './support/browser-phone.ts'
import { OwnBrowser } from './support/own-browser.ts'
import { RelayProcess } from './support/relay-process.ts'

const language = 'en'

let relay: RelayProcess
let browser: OwnBrowser
/** the browser's folder before any damage */
const whole = mkdtempSync(join(tmpdir(), 'tadamun-whole-'))

const databaseFolder = (): string => {
  const databases = join(browser.folder, 'Default', 'IndexedDB')
  const name = readdirSync(databases).find((each) => each.endsWith('.indexeddb.leveldb'))
  if (!name) throw new Error('Chromium keeps the databases of an origin in a folder')
  return join(databases, name)
}
const files = (ending: RegExp): string[] =>
  readdirSync(databaseFolder())
    .filter((name) => ending.test(name))
    .map((name) => join(databaseFolder(), name))

const flip = (file: string, at: number): void => {
  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at)
  writeFileSync(file, bytes)
}
/** The log that holds the most. */
const log = (): string => {
  const bySize = files(/\.log$/).sort((a, b) => statSync(b).size - statSync(a).size)
  if (!bySize[0]) throw new Error('Chromium keeps a log')
  return bySize[0]
}

/** `isTold`: the browser lost everything; where it lost only the end, there is nothing to tell. */
const damages: [string, boolean, () => void][] = [
  ['a byte of the log has turned', true, () => flip(log(), statSync(log()).size >> 1)],
  ['half of the log is cut off', false, () => truncateSync(log(), statSync(log()).size >> 1)],
  ['the end of the log is cut off', false, () => truncateSync(log(), statSync(log()).size - 6000)],
  ['the log is all zeros', true, () => writeFileSync(log(), new Uint8Array(statSync(log()).size))],
  ['a byte of the manifest has turned', true, () => flip(files(/MANIFEST/)[0] ?? '', 12)],
  ['the folder is gone', true, () => rmSync(databaseFolder(), { recursive: true })],
]

/** Resolves when keys and roster lie in the bucket: the engine puts them there beside its work. */
const isKeptOnceMore = (phone: BrowserPhone): Promise<void> =>
  phone.page.evaluate(async () => {
    const { storageBuckets } = navigator as unknown as {
      storageBuckets: { open(name: string): Promise<{ indexedDB: IDBFactory }> }
    }
    const requested = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const { indexedDB: factory } = await storageBuckets.open('tadamun-spare')
    const database = await requested(factory.open('tadamun-spare'))
    const read = () => requested(database.transaction('places').objectStore('places').getAll())
    // founder, invite, and the neighbour who came by it
    while (((await read())[0]?.roster.length ?? 0) < 6)
      await new Promise((resolve) => {
        setTimeout(resolve, 50)
      })
    database.close()
  })

/** A neighbour writes something, and both exchange. */
const hearNeighbour = async (phone: BrowserPhone): Promise<void> => {
  const link = await phone.invite()
  const neighbours = phone.context.browser()
  if (!neighbours) throw new Error('a context has its browser')
  const path = link.slice(link.indexOf('/#j='))
  const ahmad = await BrowserPhone.open(neighbours, relay.origin, { language, path })
  await ahmad.join('Ahmad')
  await ahmad.addNeed({ category: 'cat.food', title: 'milk' })
  await ahmad.sendAll()
  await ahmad.close()
  await phone.go('/board')
  await phone.isShown('milk')
}

const open = async (path = ''): Promise<BrowserPhone> =>
  BrowserPhone.over(await browser.open(relay.origin + path), relay.origin, language)

beforeAll(async () => {
  relay = await RelayProcess.start()
  browser = new OwnBrowser()
  const phone = await open()
  await phone.found('quarter', 'Zeinab')
  await phone.addNeed({ category: 'cat.food', title: 'bread' })
  await phone.sendAll()
  await hearNeighbour(phone)
  await phone.isInstalled()
  await relay.kill()
  await phone.addNeed({ category: 'cat.water', title: 'water' })
  await isKeptOnceMore(phone)
  await browser.kill()
  cpSync(browser.folder, whole, { recursive: true, verbatimSymlinks: true })
})
afterAll(async () => {
  await browser.remove()
  rmSync(whole, { recursive: true, force: true })
  await relay.remove()
})

test.each(damages)('%s', async (_, isTold, damage) => {
  await browser.kill()
  rmSync(browser.folder, { recursive: true, force: true })
  cpSync(whole, browser.folder, { recursive: true, verbatimSymlinks: true })
  // left by a browser that was killed
  for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket', 'DevToolsActivePort'])
    rmSync(join(browser.folder, name), { force: true })
  damage()
  await relay.start()
  const phone = await open('/board')
  for (const title of ['bread', 'water', 'milk']) await phone.isShown(title)
  const told = phone.page.getByText(phone.word('regained.line'))
  if (isTold) await told.waitFor()
  else expect(await told.count()).toBe(0)
})
