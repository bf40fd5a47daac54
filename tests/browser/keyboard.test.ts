/** The way of one need without a finger on the screen, and what a screen reader is told on the way. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

/** Presses Tab until what has the focus is called so; more presses than a page has things is a trap. */
const tabTo = async (phone: BrowserPhone, name: string | RegExp): Promise<void> => {
  const { page } = phone
  const wanted = page
    .getByRole('button', { name })
    .or(page.getByRole('link', { name }))
    .or(page.getByRole('radio', { name }))
    .or(page.getByRole('textbox', { name }))
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const isThere = await wanted.evaluateAll((elements) =>
      elements.some((one) => one === document.activeElement),
    )
    if (isThere) return
  }
  throw new Error(`Tab never comes to ${name}`)
}
const press = async (phone: BrowserPhone, name: string | RegExp, key = 'Enter'): Promise<void> => {
  await tabTo(phone, name)
  await phone.page.keyboard.press(key)
}
const type = async (phone: BrowserPhone, name: string | RegExp, text: string): Promise<void> => {
  await tabTo(phone, name)
  await phone.page.keyboard.type(text)
}
const isHeadingFocused = (phone: BrowserPhone) =>
  expect
    .poll(() => phone.page.evaluate(() => document.activeElement?.tagName), { timeout: 15_000 })
    .toBe('H1')

test('create a network, write a need, take it and say done: by keyboard alone', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.isShown(phone.word('start.noAccount'))
  await press(phone, phone.word('net.create'))
  await isHeadingFocused(phone)
  await type(phone, new RegExp(phone.word('create.name')), 'شبكة حي الحرية')
  await type(phone, new RegExp(phone.word('me.name')), 'زينب')
  await phone.page.keyboard.press('Enter')
  await phone.page.waitForURL(/\/board$/)
  await isHeadingFocused(phone)

  await press(phone, phone.word('act.add'))
  await phone.page.getByRole('dialog').waitFor()
  await press(phone, new RegExp(phone.word('act.need')))
  await phone.isHeaded(phone.word('form.newNeed'))
  await isHeadingFocused(phone)
  await press(phone, phone.word('cat.food'), 'Space')
  await type(phone, new RegExp(phone.word('form.title')), 'سلة غذائية')
  // on behalf of somebody else: one's own need one does not promise to oneself
  await tabTo(phone, new RegExp(`^(${['for.self', 'for.house'].map((key) => phone.word(key)).join('|')})$`))
  await phone.page.keyboard.press('ArrowUp')
  await phone.page.getByRole('radio', { name: phone.word('for.other'), checked: true }).waitFor()
  await press(phone, phone.word('act.save'))
  await phone.isHeaded('سلة غذائية')
  // asked once whether to keep things: Escape is an answer, and no trap
  await phone.isShown(phone.word('sto.persist'))
  await phone.page.keyboard.press('Escape')
  await phone.page.getByRole('dialog').waitFor({ state: 'hidden' })

  await press(phone, phone.word('act.take'))
  // a bar that has just changed takes no second tap
  const isDone = async () => {
    if (await phone.button('act.done').isVisible()) await press(phone, phone.word('act.done'))
    return phone.page.getByText(phone.word('state.confirmed')).first().isVisible()
  }
  await expect.poll(isDone).toBe(true)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('focus goes to the heading of each new place, and Back comes to the same place of a long list', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin, { language: 'en' })
  await phone.found('Twelve streets', 'Soran')
  const titles = Array.from({ length: 12 }, (_, index) => `Blankets for street ${index + 1}`)
  for (const title of titles) await phone.addNeed({ category: 'cat.winter', title })
  await phone.go('/board')
  await phone.isShown(titles[0] ?? '')
  await phone.page.evaluate(() => scrollTo(0, 600))
  await phone.page.getByText(titles[4] ?? '', { exact: true }).click()
  await phone.isHeaded(titles[4] ?? '')
  await isHeadingFocused(phone)
  await phone.page.goBack()
  await phone.isHeaded(phone.word('board.title'))
  await expect.poll(() => phone.page.evaluate(() => scrollY)).toBeGreaterThan(300)
  expect(phone.faults).toEqual([])
  await phone.close()
})
