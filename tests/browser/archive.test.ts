/** A need that has been over for a month, on the built app: gone from the board, found in the archive. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  browser = await launchBrowser()
  relay = await RelayProcess.start()
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

test.each(['ar', 'en'] as const)('in %s it leaves the board and is found by a word', async (language) => {
  const [title, other] = language === 'ar' ? ['مدفأة نفطية', 'ماء'] : ['Oil heater', 'Water']
  const phone = await BrowserPhone.open(browser, relay.origin, { language, width: 320, height: 2400 })
  await phone.found(language === 'ar' ? 'حي الحرية' : 'Old town', 'سلمى')
  await phone.addNeed({ category: 'cat.winter', title })
  await phone.cancelNeed('need.reasonGone')
  await phone.openClosedCard(title)
  await phone.page.clock.setSystemTime(Date.now() + 31 * 24 * 3600_000)
  await phone.start('/board')
  await phone.page.getByRole('link', { name: phone.word('board.archive') }).click()
  await phone.isHeaded(phone.word('board.archive'))
  await phone.isShown(title)
  phone.faults.push(
    ...(await phone.accessibilityFaults('all')),
    ...(await screenFaults(phone.page, language)),
  )
  await phone.field('archive.search').fill(other)
  await phone.isShown(phone.word('board.noMatch'))
  await phone.field('archive.search').fill(title.slice(0, 4))
  await phone.isShown(title)
  await phone.choose('search.met')
  await phone.isShown(phone.word('board.noMatch'))
  await phone.choose('state.cancelled')
  await phone.page.getByText(title).first().click()
  await phone.isHeaded(title)
  await phone.isShown(phone.word('need.reasonGone'))
  expect(phone.faults).toEqual([])
  await phone.close()
})
