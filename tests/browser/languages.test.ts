/** The languages beside Arabic and English, on the narrowest phone: in one language, in its own direction, within the page. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { languageList, languages } from '../../src/i18n/languages.ts'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'

const narrowPx = 320
/** All of a page at once. */
const tallPx = 3000

const title = '١٢ بطانية'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

/** Places that have words of each kind: first and later ones, counts, dates, long buttons. */
const places = [
  ['/add/need', 'form.what'],
  ['/people', 'people.me'],
  ['/network', 'network.myPlace'],
  ['/invite', 'invite.make'],
  ['/settings', 'settings.digits'],
  ['/help', 'help.notTitle'],
] as const

test.each(languageList.filter((each) => each !== 'ar' && each !== 'en'))(
  'in %s the first screen is found in the browser’s language, and every place fits and speaks it',
  async (language) => {
    const phone = await BrowserPhone.open(browser, relay.origin, {
      language,
      width: narrowPx,
      height: tallPx,
      // the colours of all screens are looked at in Arabic and English (accessibility.test.ts); here in one theme each
      colorScheme: language === 'ckb' ? 'dark' : 'light',
    })
    const check = async (name: string) => {
      const faults = [
        ...(await screenFaults(phone.page, language)),
        ...(await phone.accessibilityFaults('all')),
      ]
      for (const fault of faults) phone.faults.push(`${name}: ${fault}`)
    }
    await phone.isShown(phone.word('start.noAccount'))
    const chosen = phone.page.getByRole('radio', { name: languages[language].name, checked: true })
    await chosen.waitFor({ state: 'attached' })
    // asked for with the first script, not one round trip later
    await phone.page
      .locator(`link[rel=modulepreload][href^="/assets/${language}-"]`)
      .waitFor({ state: 'attached' })
    await check('start')
    await phone.found('تضامن الشارع', 'أم سارة')
    await phone.addNeed({ category: 'cat.winter', title, quantity: '12' })
    await check('a need')
    const look = async (path: string, words: string) => {
      await phone.go(path)
      await phone.isShown(words)
      await check(path)
    }
    for (const path of ['/', '/board']) await look(path, title)
    for (const [path, key] of places) await look(path, phone.word(key))
    expect(phone.faults).toEqual([])
    await phone.close()
  },
)
