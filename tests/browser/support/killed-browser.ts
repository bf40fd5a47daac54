/** The browser's process killed in the middle of saving: what was shown as saved is there when it comes back. */
import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { BrowserPhone } from './browser-phone.ts'
import { OwnBrowser } from './own-browser.ts'
import { RelayProcess } from './relay-process.ts'
import { words } from './words.ts'

export interface KillVerdict {
  runs: number
  /** saves that were on the screen as saved */
  shown: number
  /** titles of those that were not there after the next start */
  lost: string[]
}

const language = 'en'
const shownMark = 'shown as saved: '
/** Saves of one life at the most; after them up to so many ms until the kill. */
const savesOfLife = 5
const lastMomentMs = 120

/** In the page: one need after the other through the form, and a line of the console for each that is shown as saved. */
const writeOn = async ({ life, next, mark }: { life: number; next: string; mark: string }): Promise<void> => {
  const until = <Found>(find: () => Found | null | undefined | false): Promise<Found> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find()
        if (found) resolve(found)
        else setTimeout(look, 2)
      }
      look()
    })
  const buttons = () => [...document.querySelectorAll('button')]
  for (let n = 1; ; n++) {
    const title = `need ${life}/${n}`
    const field = await until(() => document.querySelector<HTMLInputElement>('input[name=title]'))
    const drawing = await until(() => document.querySelector<HTMLInputElement>('input[type=radio]'))
    drawing.click()
    field.value = title
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await until(() => document.querySelector<HTMLInputElement>('input[type=radio]')?.checked)
    const save = await until(() => buttons().find((each) => each.textContent?.trim() === next))
    save.click()
    await until(() => document.querySelector('.screen-under')?.textContent?.includes(title))
    console.log(mark + title)
  }
}

/** Writes until it is killed; gives what was shown as saved. */
const liveAndDie = async (browser: OwnBrowser, page: Page, life: number): Promise<string[]> => {
  const shown: string[] = []
  const { promise: isDue, resolve: kill } = Promise.withResolvers<void>()
  const last = randomInt(1, savesOfLife + 1)
  page.on('console', (message) => {
    if (!message.text().startsWith(shownMark)) return
    shown.push(message.text().slice(shownMark.length))
    if (shown.length === last) kill()
  })
  const next = words(language, 'act.saveNext')
  const writing = page.evaluate(writeOn, { life, next, mark: shownMark })
  // it never ends by itself: an end before the kill is a fault of the form
  const failed = writing.then(() => kill(), kill)
  await isDue
  await sleep(randomInt(0, lastMomentMs))
  await browser.kill()
  await failed
  if (shown.length < last) throw new Error('the form stopped before the browser was killed')
  return shown
}

/** Titles of the needs that the screens of this phone read. */
const titlesIn = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const request = <Value>(asked: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
    const name = names.find((each) => /^tadamun-[\w-]{45}$/.test(each))
    if (!name) return []
    const database = await request(indexedDB.open(name))
    const rows = await request(database.transaction('needs').objectStore('needs').getAll())
    database.close()
    return rows.map(({ title }) => String(title))
  })

/** What of `shown` is not on the phone once its engine is awake. */
const missingOf = async (page: Page, shown: readonly string[]): Promise<string[]> => {
  let missing: string[] = []
  for (let tries = 0; tries < 100; tries++) {
    const titles = new Set(await titlesIn(page))
    missing = shown.filter((title) => !titles.has(title))
    if (missing.length === 0) break
    await sleep(100)
  }
  return missing
}

/** Kills so many times; each time at another moment. */
export const killBrowsers = async (runs: number): Promise<KillVerdict> => {
  const verdict: KillVerdict = { runs: 0, shown: 0, lost: [] }
  if (runs === 0) return verdict
  const relay = await RelayProcess.start()
  const browser = new OwnBrowser()
  try {
    const all: string[] = []
    const first = BrowserPhone.over(await browser.open(relay.origin), relay.origin, language)
    await first.found('quarter', 'Zeinab')
    for (let life = 1; life <= runs; life++) {
      const page = await browser.open(`${relay.origin}/add/need`)
      const shown = await liveAndDie(browser, page, life)
      verdict.runs++
      verdict.shown += shown.length
      all.push(...shown)
    }
    verdict.lost = await missingOf(await browser.open(`${relay.origin}/board`), all)
  } finally {
    await browser.remove()
    await relay.remove()
  }
  return verdict
}
