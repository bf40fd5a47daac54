/** The same family, written on two phones that were offline: compared, joined, taken apart. */

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

test('two phones offline write one family; a coordinator joins them, and takes them apart again', async () => {
  const zeinab = await BrowserPhone.open(browser, relay.origin)
  await zeinab.found('شبكة حي الحرية', 'زينب')
  const link = await zeinab.invite()
  const ahmad = await BrowserPhone.open(browser, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await ahmad.join('أحمد')
  for (const phone of [zeinab, ahmad]) {
    await phone.isInstalled()
    await phone.context.setOffline(true)
  }
  await zeinab.addNeed({ category: 'cat.food', title: 'سلة غذائية لأم عمر', area: 'شارع ١٢' })
  await ahmad.addNeed({ category: 'cat.food', title: 'سله غذائيه لبيت ام عمر', area: 'الشارع 12' })
  await ahmad.context.setOffline(false)
  await ahmad.sendAll()
  await zeinab.context.setOffline(false)
  await zeinab.sendAll()

  await zeinab.go('/today')
  await zeinab.isShown(zeinab.word('same.pairs_one'))
  await zeinab.page.getByRole('link', { name: zeinab.word('same.compare') }).click()
  await zeinab.isShown('سله غذائيه لبيت ام عمر')
  await zeinab.page.setViewportSize({ width: 320, height: 1600 })
  expect(await screenFaults(zeinab.page, 'ar')).toEqual([])
  await zeinab.button('same.merge').click()
  await zeinab.isShown(zeinab.word('same.merged'))

  await zeinab.go('/board')
  await zeinab.isShown('سلة غذائية لأم عمر')
  await expect.poll(() => zeinab.page.getByText('سله غذائيه لبيت ام عمر').count()).toBe(0)
  await zeinab.page.getByText('سلة غذائية لأم عمر').first().click()
  await zeinab.isShown(zeinab.word('same.holds_one'))
  await zeinab.isShown('سله غذائيه لبيت ام عمر')

  // on the other phone too, where he takes what stays: his own need says where it went
  await zeinab.sendAll()
  await ahmad.sendAll()
  await ahmad.go('/outbox')
  await ahmad.openCard('سلة غذائية لأم عمر')
  await ahmad.isShown(ahmad.word('same.holds_one'))

  await zeinab.go('/board')
  await zeinab.page.getByText('سلة غذائية لأم عمر').first().click()
  await zeinab.button('same.undo').click()
  await zeinab.page.getByText(zeinab.word('same.holds_one')).waitFor({ state: 'hidden' })
  await zeinab.go('/board')
  await zeinab.isShown('سله غذائيه لبيت ام عمر')
  for (const phone of [zeinab, ahmad]) {
    expect(phone.faults).toEqual([])
    await phone.close()
  }
})

test('while it is being typed, a need that stands here already is named', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('شبكة الزقاق', 'زينب')
  await phone.addNeed({ category: 'cat.food', title: 'سلة غذائية لبيت أم عمر الكبير', area: 'شارع ١٢' })
  await phone.go('/add/need')
  await phone.choose('cat.food')
  await phone.field('form.title').fill('سلة غذائية لبيت ام عمر الكبير')
  await phone.field('form.area').fill('12')
  await phone.isShown(phone.word('same.alreadyTold'))
  expect(phone.faults).toEqual([])
  await phone.close()
})
