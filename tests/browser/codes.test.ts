/** The third way in: a short code that one person reads out and another types, in the place where links are pasted. */

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

const shape = /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/

test('a code read from one phone and typed on another leads in; wrong, cancelled or without internet it says so', async () => {
  const first = await BrowserPhone.open(browser, relay.origin)
  await first.found('شبكة حي الحرية', 'زينب')
  await first.addNeed({ category: 'cat.food', title: 'سلة غذائية' })
  const shown = first.page.locator('.short-code bdi')
  const readOut = async () => {
    await first.invite()
    return ((await shown.textContent()) ?? '').trim()
  }
  const code = await readOut()
  expect(code).toMatch(shape)
  expect(await shown.getAttribute('dir')).toBe('ltr')
  expect(await first.accessibilityFaults('all')).toEqual([])

  const second = await BrowserPhone.open(browser, relay.origin)
  await second.isInstalled()
  const type = async (text: string) => {
    await second.field('join.link').fill(text)
    await second.button('act.next').click()
  }
  await second.button('start.have').click()
  await type('OOOO-1111-ZZZZ')
  await second.isShown(second.word('code.codeUnknown'))
  await second.context.setOffline(true)
  await type(code)
  await second.isShown(second.word('err.offline'))
  await second.context.setOffline(false)
  await type(code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('2', '٢'))
  await second.join('أحمد')
  await second.go('/board')
  await second.isShown('سلة غذائية')

  const later = await readOut()
  await first.button('invite.again').click()
  await first.page.locator('.invite-row').getByText(later).waitFor()
  await first.page.locator('.invite-row').getByText(first.word('invite.cancel')).click()
  await first.page.getByRole('dialog').getByText(first.word('invite.cancel'), { exact: true }).click()
  await first.isShown(first.word('invite.cancelled'))
  await first.sendAll()
  const third = await BrowserPhone.open(browser, relay.origin, { language: 'en', path: '/join' })
  await third.field('join.link').fill(later)
  await third.button('act.next').click()
  await third.isShown(third.word('code.codeOver'))
  for (const phone of [first, second, third]) {
    expect(phone.faults).toEqual([])
    await phone.close()
  }
})
