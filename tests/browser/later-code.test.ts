/** Code that the engine fetches when it is needed: where it does not come a sentence says so, and nothing is lost. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BadLine } from './support/bad-line.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess
let line: BadLine

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
  line = await BadLine.open(relay.port)
})
afterAll(async () => {
  await browser.close()
  await line.close()
  await relay.remove()
})

test('an invite whose code does not arrive is refused in words, and is made once it does', async () => {
  line.missing = /\/assets\/rare-acts-[^/]*\.js$/
  // without a service worker, which would have it on the phone
  const phone = await BrowserPhone.open(browser, line.origin, { clockErrorMs: 0 })
  await phone.found('شبكة الزقاق', 'زينب')
  await phone.addNeed({ category: 'cat.food', title: 'طحين لعائلتين' })
  // duties come in that code as well: the exchange itself goes well without them
  await phone.sendAll()
  await phone.go('/invite')
  await phone.choose('invite.atOnce')
  await phone.button('invite.make').click()
  await phone.isShown(phone.word('err.unexpected'))
  expect(line.spoiled).toBeGreaterThan(0)

  line.missing = null
  expect(await phone.invite()).toContain('#j=')
  await phone.openCard('طحين لعائلتين')
  expect(phone.faults).toEqual([])
  await phone.close()
})
