/** Kinds of need of a network's own on the built app: added, used without a line, read on another phone, put away. */

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

const kind = 'حليب أطفال'

/** The cell of the form with this word. */
const cell = (phone: BrowserPhone, word: string) =>
  phone.page.locator('label.choice-cell').filter({ has: phone.page.getByRole('radio', { name: word }) })

/** On the board a filter has the same word. */
const openNeed = async (phone: BrowserPhone): Promise<void> => {
  await phone.go('/board')
  await phone.page.getByRole('main').getByRole('link', { name: kind }).click()
  await phone.isHeaded(kind)
}

const openSheet = async (phone: BrowserPhone) => {
  await phone.page.getByRole('button', { name: kind }).click()
  const sheet = phone.page.getByRole('dialog')
  await sheet.waitFor()
  return sheet
}

test('a coordinator adds one; it is used without a line, read on another phone, and kept when it is put away', async () => {
  const salma = await BrowserPhone.open(browser, relay.origin, { width: 320, height: 2400 })
  await salma.found('حي الحرية', 'سلمى')
  const link = await salma.invite()
  const path = link.slice(link.indexOf('/#j='))
  const hiwa = await BrowserPhone.open(browser, relay.origin, {
    ...{ width: 320, height: 2400, path },
    // beside words of another language it stands as what somebody typed
    language: 'en',
  })
  await hiwa.join('هيوا')
  await hiwa.sendAll()

  await salma.go('/categories')
  await salma.isShown(salma.word('own.none'))
  await salma.button('own.add').click()
  await salma.field('own.word').fill('طعام')
  await salma.button('act.save').click()
  await salma.isShown(salma.word('own.exists'))
  // the word may be a screen above the button
  await salma.page.locator('input[aria-invalid="true"]:focus').waitFor()
  await salma.field('own.word').fill(kind)
  await salma.choose('draw.milk')
  salma.faults.push(...(await salma.accessibilityFaults('all')), ...(await screenFaults(salma.page, 'ar')))
  await salma.button('act.save').click()
  await salma.page.getByRole('button', { name: kind }).waitFor()
  await salma.isInstalled()

  await salma.context.setOffline(true)
  await salma.go('/add/need')
  await cell(salma, kind).click()
  await salma.button('act.save').click()
  await salma.isHeaded(kind)
  await salma.putOffKeeping()
  await salma.context.setOffline(false)
  await salma.sendAll()

  await hiwa.sendAll()
  await hiwa.button('outbox.look').click()
  await hiwa.go('/board')
  await hiwa.page.getByRole('main').getByRole('link', { name: kind }).waitFor()
  hiwa.faults.push(...(await screenFaults(hiwa.page, 'en')))
  await hiwa.go('/add/need')
  await cell(hiwa, kind).waitFor()
  hiwa.faults.push(...(await screenFaults(hiwa.page, 'en')))
  await hiwa.go('/categories')
  await hiwa.isShown(hiwa.word('own.byTeam'))
  expect(await hiwa.button('own.add').count()).toBe(0)

  await salma.go('/categories')
  const sheet = await openSheet(salma)
  await sheet.getByRole('button', { name: salma.word('own.archive') }).click()
  await salma.page.getByRole('heading', { name: salma.word('own.archived') }).waitFor()
  await salma.go('/add/need')
  await cell(salma, salma.word('cat.food')).waitFor()
  expect(await cell(salma, kind).count()).toBe(0)
  // what carries it keeps its word
  await openNeed(salma)
  expect([...salma.faults, ...hiwa.faults]).toEqual([])
  await salma.close()
  await hiwa.close()
})
