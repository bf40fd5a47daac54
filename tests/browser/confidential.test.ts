/** A need for the coordinators alone on the built app: proposed, kept from others, handed to one, opened to all. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'
import type { Language } from './support/words.ts'

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

/** What is wrong with the screen as it stands, in both themes. */
const check = async (phone: BrowserPhone, name: string): Promise<void> => {
  const faults = [
    ...(await phone.accessibilityFaults('all')),
    ...(await screenFaults(phone.page, phone.language)),
  ]
  await phone.page.emulateMedia({ colorScheme: 'dark' })
  faults.push(...(await phone.accessibilityFaults('colours')))
  await phone.page.emulateMedia({ colorScheme: 'light' })
  phone.faults.push(...faults.map((fault) => `${name}: ${fault}`))
}

const look = async (phone: BrowserPhone): Promise<void> => {
  await phone.sendAll()
  await phone.go('/outbox')
  await phone.button('outbox.look').click()
  await phone.go('/board')
}

test.each<Language>(['ar', 'en'])(
  'in %s a need for mental health begins with the coordinators, is handed to one and opened to all',
  async (language) => {
    const title = language === 'ar' ? 'لا ينام منذ شهر' : 'No sleep for a month'
    const size = { language, width: 320, height: 2400 }
    const salma = await BrowserPhone.open(browser, relay.origin, size)
    await salma.found(language === 'ar' ? 'حي الحرية' : 'Old town', 'سلمى')
    const link = await salma.invite()
    const path = link.slice(link.indexOf('/#j='))
    const hiwa = await BrowserPhone.open(browser, relay.origin, { ...size, path })
    await hiwa.join('هيوا')
    await hiwa.sendAll()

    await salma.go('/add/need')
    await salma.choose('cat.mental')
    await salma.field('form.title').fill(title)
    await salma.isShown(salma.word('few.coordinatorsWhy'))
    await salma.isShown(salma.word('few.mental'))
    await check(salma, 'form')
    await salma.button('act.save').click()
    await salma.isHeaded(title)
    await salma.putOffKeeping()
    await salma.isShown(salma.word('few.readers'))
    expect(await salma.button('act.share').count()).toBe(0)
    await look(salma)
    await salma.isShown(salma.word('contact.coordinatorsOnly'))
    await check(salma, 'board')

    await look(hiwa)
    expect(await hiwa.page.getByText(title).count()).toBe(0)

    await salma.openCard(title)
    await check(salma, 'page')
    await salma.button('few.hand').click()
    await check(salma, 'to whom')
    await salma.page.getByRole('button', { name: 'هيوا' }).click()
    await salma.isShown(new RegExp(salma.word('few.handed', { name: '.?هيوا.?' })))
    await salma.sendAll()
    await look(hiwa)
    await hiwa.openCard(title)
    await hiwa.isShown(hiwa.word('few.title'))
    expect(await hiwa.button('few.hand').count()).toBe(0)
    await check(hiwa, 'page of whom it was handed to')

    await salma.openCard(title)
    await salma.button('few.open').click()
    await salma.page.getByRole('checkbox', { name: salma.word('few.agreed') }).check()
    await check(salma, 'question')
    await salma.page
      .getByRole('dialog')
      .getByRole('button', { name: salma.word('few.open') })
      .click()
    await salma.isShown(salma.word('few.opened'))
    await salma.button('act.share').waitFor()
    expect([...salma.faults, ...hiwa.faults]).toEqual([])
    await salma.close()
    await hiwa.close()
  },
)
