/** With the app closed: what waits leaves, what is new comes, and one of the phone's programs at a time talks to the relay. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backgroundTag } from '../../src/storage/schema.ts'
import { closeApp } from './support/background.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

test('what was saved without a link leaves with the app closed and comes to a neighbour; what he wrote is there without one', async () => {
  const zeinab = await BrowserPhone.open(browser, relay.origin)
  await zeinab.found('شبكة حي الحرية', 'زينب')
  const link = await zeinab.invite()
  const ahmad = await BrowserPhone.open(browser, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await ahmad.join('أحمد')
  await ahmad.isInstalled()
  await zeinab.addNeed({ category: 'cat.winter', title: 'بطانية' })
  await zeinab.sendAll()

  await relay.kill()
  await ahmad.addNeed({ category: 'cat.food', title: 'حليب أطفال' })
  await ahmad.isShown(ahmad.word('state.local'))
  const wake = await closeApp(ahmad)
  await wake(backgroundTag)
  await relay.start()
  await wake(backgroundTag)

  // she asks at once, and hears of what comes later
  await zeinab.reload()
  await zeinab.openCard('حليب أطفال')
  await relay.kill()

  const tab = await ahmad.openTab('/board')
  await tab.isShown('بطانية')
  await tab.openCard('حليب أطفال')
  await tab.isShown(tab.word('state.delivered'))
  expect([...zeinab.faults, ...ahmad.faults]).toEqual([])
  await zeinab.close()
  await ahmad.close()
})
