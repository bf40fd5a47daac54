/**
 * What it costs a phone to come into a quarter that is in use: 5,000 needs of three months, fetched, opened and made into
 * rows by the built app in Chromium, its page slowed to a sixth. The engine's worker cannot be slowed: what it works is
 * reported times six, and beside it what it works when that phone starts the next time.
 */
import { type Browser, chromium, type Page } from 'playwright-core'
import { BrowserPhone } from '../../tests/browser/support/browser-phone.ts'
import { lineTo, startPhone } from '../../tests/browser/support/neighbours.ts'
import { RelayProcess } from '../../tests/browser/support/relay-process.ts'
import { launchOptions } from '../../tests/support/chromium.ts'
import type { Phone } from '../../tests/support/phone.ts'
import type { BenchOptions } from '../bench.ts'
import { buildIfNeeded } from '../build.ts'
import { withWorkerMs } from './board/worker-time.ts'
import { loadPerCore } from './live/load-per-core.ts'
import { msFromPressing } from './start/painted.ts'

const slowdown = 6
const needs = 5000
/** So long after its first card an app that starts has come to rest. */
const restMs = 5000
const dayMs = 24 * 3600_000
/** Over so long they were written, evenly. */
const spanMs = 90 * dayMs
/** Needs that the writer sends at once: a day's work of a coordinator who types a notebook in. */
const sentAtOnce = 250

/** A coordinator in this process who has written all of it; gives the way in. */
const writeQuarter = async (origin: string): Promise<{ writer: Phone; link: string }> => {
  const nowMs = Date.now()
  const writer = await startPhone('زينب', { ms: nowMs - spanMs }, origin)
  writer.line = lineTo(origin)
  await writer.found('شبكة حي الحرية')
  for (let n = 0; n < needs; n++) {
    writer.time.ms = nowMs - spanMs + Math.round((n / needs) * spanMs)
    await writer.addNeed(`سلة غذائية رقم ${n}`, { urgency: 'week', area: `شارع ${n % 40}` })
    if (n % sentAtOnce === sentAtOnce - 1) await writer.exchange()
  }
  writer.time.ms = nowMs
  await writer.exchange()
  const link = await writer.invite()
  await writer.exchange()
  return { writer, link }
}

/** Runs in the page: rows of needs that this phone has. */
const countNeeds = async (): Promise<number> => {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
  const name = names.find((each) => each.startsWith('tadamun-') && !each.includes('-room-'))
  if (!name) return 0
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name)
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const database = opening.result
      const counting = database.transaction('needs').objectStore('needs').count()
      counting.onerror = () => reject(counting.error)
      counting.onsuccess = () => {
        database.close()
        resolve(counting.result)
      }
    }
  })
}

const untilAllAreThere = async (page: Page): Promise<void> => {
  while ((await page.evaluate(countNeeds)) < needs) await page.waitForTimeout(500)
}

const measureJoin = async (browser: Browser, link: string) => {
  const { origin, pathname, hash } = new URL(link)
  const phone = await BrowserPhone.open(browser, origin, { path: pathname + hash })
  const { context, page } = phone
  const session = await context.newCDPSession(page)
  await phone.field('me.name').fill('نور')
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  const begunAtMs = performance.now()
  const [firstCardMs, workerMs] = await withWorkerMs(async () => {
    const first = await msFromPressing(page, phone.word('join.act'), '.record')
    await untilAllAreThere(page)
    return first
  })
  const allMs = performance.now() - begunAtMs
  await page.close()
  // what waited beside it is done
  const next = await context.newPage()
  await next.goto(`${origin}/board`)
  await next.locator('.record').first().waitFor()
  await next.waitForTimeout(restMs)
  await next.close()
  const again = await context.newPage()
  const [, openWorkerMs] = await withWorkerMs(async () => {
    await again.goto(`${origin}/board`)
    await again.locator('.record').first().waitFor()
    await again.waitForTimeout(restMs)
  })
  await context.close()
  return { firstCardMs, allMs, workerMs, openWorkerMs }
}

const times6 = (ms: number | null): number | null => ms && Math.round(ms * slowdown)

export default async ({ isJson }: BenchOptions): Promise<void> => {
  if (!process.env.TADAMUN_STATIC && !buildIfNeeded()) process.exit(1)
  const relay = await RelayProcess.start()
  const browser = await chromium.launch(launchOptions)
  try {
    const { writer, link } = await writeQuarter(relay.origin)
    if (!isJson) console.log(`${needs} needs lie on the relay`)
    const { firstCardMs, allMs, workerMs, openWorkerMs } = await measureJoin(browser, link)
    const figures = {
      firstCardMs: Math.round(firstCardMs),
      allMs: Math.round(allMs),
      workerMsTimes6: times6(workerMs),
      /** a later start of the same phone, an exchange without news with it */
      openWorkerMsTimes6: times6(openWorkerMs),
    }
    console.log(JSON.stringify({ name: 'join', needs, ...figures, loadPerCore: loadPerCore() }))
    await writer.end()
  } finally {
    await browser.close()
    await relay.remove()
  }
}
