/** What was last seen is there again before the app is. */

import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchOptions } from '../support/chromium.ts'
import { BrowserPhone } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess
beforeAll(async () => {
  ;[browser, relay] = await Promise.all([chromium.launch(launchOptions), RelayProcess.start()])
})
afterAll(() => Promise.all([browser.close(), relay.remove()]))

const keptViews = (phone: BrowserPhone): Promise<string> =>
  phone.page.evaluate(async () => {
    const cache = await caches.open('last-view')
    const kept = await Promise.all((await cache.keys()).map((request) => cache.match(request)))
    return (await Promise.all(kept.map((view) => view?.text()))).join()
  })

test('without a link, before any script has run, in a language read from the left; a touch is done when the app is there; another network sees nothing of it', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin, { language: 'en' })
  await phone.found('Hay al-Hurriya', 'Zeinab')
  await phone.isInstalled()
  await phone.addNeed({ category: 'cat.food', title: 'حليب اطفال' })
  await phone.go('/board')
  await expect.poll(() => keptViews(phone), { timeout: 15_000 }).toContain('حليب اطفال')
  await phone.context.setOffline(true)

  const { page } = phone
  const session = await phone.context.newCDPSession(page)
  await session.send('Emulation.setScriptExecutionDisabled', { value: true })
  await page.goto(`${phone.origin}/board`, { waitUntil: 'commit' })
  const view = page.locator('#last-view')
  await view.getByRole('link', { name: 'حليب اطفال' }).waitFor()
  expect(await page.locator('html').getAttribute('dir')).toBe('ltr')
  const drawn = await view
    .locator('use')
    .evaluateAll((uses) => uses.map((use) => document.querySelector(use.getAttribute('href') ?? '') !== null))
  expect(new Set(drawn)).toEqual(new Set([true]))

  await session.send('Emulation.setScriptExecutionDisabled', { value: false })
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await page.reload({ waitUntil: 'commit' })
  await view.getByRole('link', { name: 'حليب اطفال' }).click()
  await page.waitForURL(/\/need\//)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.getByRole('heading', { level: 1, name: 'حليب اطفال' }).waitFor()

  await phone.go('/create')
  await phone.field('create.name').fill('Work')
  await phone.field('me.name').fill('Zeinab')
  await phone.button('create.act').click()
  await page.waitForURL(/\/(board|today)?$/)
  await expect.poll(() => keptViews(phone)).not.toContain('حليب اطفال')
})
