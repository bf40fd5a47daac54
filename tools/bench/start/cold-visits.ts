/** Somebody opens the app for the first time on a slow line: what he waits for, and what is fetched until then. */

import { type Browser, type BrowserContext, devices, type Page } from 'playwright-core'
import { BrowserPhone } from '../../../tests/browser/support/browser-phone.ts'
import { withWorkerMs } from '../board/worker-time.ts'
import { msFromPressing, paintedMs, watchFor } from './painted.ts'
import type { LineShape, PassedBytes, ShapedLine } from './shaped-line.ts'

export interface Conditions extends LineShape {
  /** how many times slower the page's processor is than this machine's */
  slowdown: number
}

export interface ColdVisit {
  /** from the tap on the link until the first screen's ways to begin are painted */
  usableMs: number
  /** what workers needed by then, as if they were slowed too; null where the system does not say */
  workerMs: number | null
  untilUsable: PassedBytes
}

/** The ways to begin; and where an invite asks for the name. */
const startActs = '.start-acts a'
const joinField = 'form input'

/** A browser that has never been here; `selector`: what is being waited for. */
const firstPage = async (
  browser: Browser,
  slowdown: number,
  selector: string,
): Promise<{ context: BrowserContext; page: Page }> => {
  const { userAgent } = devices['Galaxy S9+'] ?? {}
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'ar-IQ',
    hasTouch: true,
    ...(userAgent !== undefined && { userAgent }),
  })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  await watchFor(page, selector)
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return { context, page }
}

const visit = async (
  page: Page,
  line: ShapedLine,
  { slowdown, ...shape }: Conditions,
  path: string,
  selector: string,
) => {
  line.shape = shape
  line.beginVisit()
  const [usableMs, workerMs] = await withWorkerMs(async () => {
    await page.goto(line.origin + path, { waitUntil: 'commit' })
    return paintedMs(page, selector)
  })
  return { usableMs, workerMs: workerMs && workerMs * slowdown, untilUsable: line.passed() }
}

/** Without an invite: until the ways to begin can be tapped. */
export const coldVisit = async (
  browser: Browser,
  line: ShapedLine,
  conditions: Conditions,
): Promise<ColdVisit> => {
  const { context, page } = await firstPage(browser, conditions.slowdown, startActs)
  const seen = await visit(page, line, conditions, '/', startActs)
  await context.close()
  return seen
}

export interface ColdJoin extends ColdVisit {
  /** from pressing «join», which is when what the network holds is fetched, until the first card is painted */
  listMs: number
}

/** With an invite, `path` and all: until it asks for the name, and from the name until the first card. */
export const coldJoin = async (
  browser: Browser,
  line: ShapedLine,
  conditions: Conditions,
  path: string,
): Promise<ColdJoin> => {
  const { context, page } = await firstPage(browser, conditions.slowdown, joinField)
  const seen = await visit(page, line, conditions, path, joinField)
  const phone = BrowserPhone.over(page, line.origin, 'ar')
  await phone.field('me.name').fill('نور')
  const listMs = await msFromPressing(page, phone.word('join.act'), '.record')
  await context.close()
  return { ...seen, listMs }
}

export interface Behind {
  /** ms since the navigation began when the app would have started again without a link; on the line of `conditions` */
  installedMs: number
  /** until then */
  untilInstalled: PassedBytes
  /** until there was nothing left to fetch */
  inAll: PassedBytes
}

/** What is fetched behind the first screen. */
export const fetchedBehind = async (
  browser: Browser,
  line: ShapedLine,
  conditions: Conditions,
): Promise<Behind> => {
  const { context, page } = await firstPage(browser, conditions.slowdown, startActs)
  await visit(page, line, conditions, '/', startActs)
  const installedMs = await page.evaluate(() => navigator.serviceWorker.ready.then(() => performance.now()))
  const untilInstalled = line.passed()
  line.shape = null
  await BrowserPhone.over(page, line.origin, 'ar').isInstalled()
  await line.isQuiet(1000)
  const inAll = line.passed()
  await context.close()
  return { installedMs, untilInstalled, inAll }
}
