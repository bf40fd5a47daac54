/** One phone, two tabs: one engine writes, both see, and it does not matter which one is closed. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess
let first: BrowserPhone

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
  first = await BrowserPhone.open(browser, relay.origin)
  await first.found('شبكة حي الحرية', 'زينب')
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

test('what the second tab saves is in both, what both save at once is in both, and the one left goes on alone', async () => {
  const second = await first.openTab('/board')
  await first.go('/board')
  await second.addNeed({ category: 'cat.food', title: 'من الصفحة الثانية' })
  await first.isShown('من الصفحة الثانية')

  await Promise.all([
    first.addNeed({ category: 'cat.water', title: 'ماء من الأولى' }),
    second.addNeed({ category: 'cat.winter', title: 'كسوة من الثانية' }),
  ])
  for (const tab of [first, second]) {
    await tab.go('/board')
    for (const title of ['من الصفحة الثانية', 'ماء من الأولى', 'كسوة من الثانية']) await tab.isShown(title)
  }

  // the first page was there first: it leads
  await first.page.close()
  await second.addNeed({ category: 'cat.repair', title: 'بعد إغلاق الأولى' })
  await second.sendAll()
  await second.go('/board')
  for (const title of ['ماء من الأولى', 'كسوة من الثانية', 'بعد إغلاق الأولى']) await second.isShown(title)
  expect(await second.page.locator('.record').count()).toBe(4)
  expect(first.faults).toEqual([])
})
