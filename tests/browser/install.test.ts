/** The app on the home screen: the browser agrees to put it there, and it starts from the phone alone. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { languages } from '../../src/i18n/languages.ts'
import { appFilesCache } from '../../src/storage/app-files.ts'
import { BrowserPhone, launchWholeBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'
import { type Language, words } from './support/words.ts'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchWholeBrowser(), RelayProcess.start()])
})
beforeEach(() => relay.start())
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

interface Manifest {
  id: string
  lang: string
  dir: string
  start_url: string
  scope: string
  display: string
  launch_handler: { client_mode: string }
  icons: { src: string; sizes: string; purpose: string }[]
  shortcuts: { name: string; url: string }[]
}

test('the browser finds nothing that keeps the app from the home screen, and the manifest says all it can', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.isInstalled()
  const devtools = await phone.context.newCDPSession(phone.page)
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
  // every context of a test is a private window
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])

  const { errors, data } = await devtools.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const manifest = JSON.parse(data ?? '') as Manifest
  expect(manifest).toMatchObject({
    id: '/',
    lang: 'ar',
    dir: 'rtl',
    start_url: '/',
    scope: '/',
    display: 'standalone',
    launch_handler: { client_mode: 'navigate-existing' },
  })
  const iconsFor = (purpose: string) =>
    manifest.icons.filter((icon) => icon.purpose === purpose).map(({ sizes }) => sizes)
  for (const purpose of ['any', 'maskable', 'monochrome'])
    expect(iconsFor(purpose)).toEqual(expect.arrayContaining(['192x192', '512x512']))
  for (const { src } of manifest.icons) {
    const icon = await phone.page.request.get(relay.origin + src)
    expect([src, icon.status(), icon.headers()['content-type']]).toEqual([src, 200, 'image/png'])
  }
  expect(manifest.shortcuts.map(({ url }) => url)).toEqual(['/add/need', '/add/offer'])
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a first visit reads in letters of the system and asks for no others; each later start has ours, from the phone', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  const asked: string[] = []
  phone.page.on('request', (request) => asked.push(request.url()))
  const statusOfOurs = () =>
    phone.page.evaluate(async () => {
      await document.fonts.ready
      return Array.from(document.fonts, ({ status }) => status)
    })
  await phone.isShown(phone.word('net.create'))
  await phone.isInstalled()
  expect(await statusOfOurs()).toEqual(['unloaded'])
  expect(asked.filter((url) => url.endsWith('.woff2'))).toEqual([])

  await relay.kill()
  await phone.reload()
  await phone.isShown(phone.word('net.create'))
  expect(await statusOfOurs()).toEqual(['loaded'])

  // who saves data stays with the system's
  await phone.go('/settings')
  await phone.page.getByRole('checkbox', { name: phone.word('saver.title') }).click()
  await phone.reload()
  await phone.isShown(phone.word('saver.title'))
  expect(await statusOfOurs()).toEqual(['unloaded'])
  expect(phone.faults).toEqual([])
  await phone.close()
})

const chooseLanguage = async (phone: BrowserPhone, language: Language) => {
  await phone.page.getByRole('radio', { name: languages[language].name }).click({ force: true })
  await phone.page.locator(`html[lang=${language}]`).waitFor()
}
/** Languages whose later words lie on the phone. */
const languagesHere = (phone: BrowserPhone) =>
  phone.page.evaluate(async (name) => {
    const kept = await (await caches.open(name)).keys()
    return kept.flatMap(({ url }) => /words-(\w+)-/.exec(url)?.[1] ?? []).sort()
  }, appFilesCache)

/** As in the web view of a chat app, in a window that keeps nothing. */
const insideChat =
  'Mozilla/5.0 (Linux; Android 11; SM-A125F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/128.0.0.0 Mobile Safari/537.36 Instagram 345.0.0.48.95 Android'
const closeDoors = (): void => {
  const refuse = () => Promise.reject(new DOMException('not here', 'SecurityError'))
  StorageManager.prototype.getDirectory = refuse
  Clipboard.prototype.writeText = refuse
}

test('inside a chat app a page says so, and leads to the browser with its invite; whoever stays comes in all the same', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('شبكة حي الحرية', 'زينب')
  const link = await phone.invite()
  const viewport = { width: 360, height: 740 }
  const context = await browser.newContext({ userAgent: insideChat, locale: 'ar-IQ', viewport })
  await context.addInitScript(closeDoors)
  const page = await context.newPage()
  await page.goto(relay.origin)
  const inside = BrowserPhone.over(page, relay.origin, 'ar')
  await inside.isShown(inside.word('start.noAccount'))
  // as a link that is opened in a window which is there already: only what stands behind the # changes
  await page.goto(link)
  await inside.isShown(inside.word('sto.inApp', { app: '\u2068Instagram\u2069' }))
  await inside.isShown(inside.word('sto.private'))
  expect(await inside.button('inApp.open').getAttribute('href')).toBe(
    `${link.replace('http:', 'intent:')}#Intent;scheme=http;action=android.intent.action.VIEW;end`,
  )
  await inside.button('inApp.copy').click()
  await inside.isShown(link)
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations())).toEqual([])
  expect(await screenFaults(page, 'ar')).toEqual([])
  await inside.join('أحمد')
  await inside.isInstalled()
  expect([...phone.faults, ...inside.faults]).toEqual([])
  await context.close()
  await phone.close()
})

test('a browser that cannot read the app’s scripts says so, and has the invite in its address again for another one', async () => {
  const context = await browser.newContext({ locale: 'ar-IQ', serviceWorkers: 'block' })
  await context.route(/\/assets\/.*\.js$/, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: 'words of a later language' }),
  )
  const page = await context.newPage()
  await page.goto(`${relay.origin}/#j=AbCd`)
  const old = BrowserPhone.over(page, relay.origin, 'ar')
  await old.isShown(old.word('err.browser'))
  expect(new URL(page.url()).hash).toBe('#j=AbCd')
  await context.close()
})

describe.each<Language>(['ar', 'en'])('without relay and link, in %s', (language) => {
  test('a new page starts on every place, saves, and speaks each language that was chosen before, and no other', async () => {
    const other = language === 'ar' ? 'en' : 'ar'
    const phone = await BrowserPhone.open(browser, relay.origin, { language })
    await phone.found('شبكة حي الحرية', 'زينب')
    await phone.isInstalled()
    expect(await languagesHere(phone)).toEqual([language])
    await phone.go('/settings')
    await chooseLanguage(phone, other)
    await expect.poll(() => languagesHere(phone)).toEqual(['ar', 'en'])
    await chooseLanguage(phone, language)
    await relay.kill()
    await phone.context.setOffline(true)

    // the first page is left as it is: only the cache can answer the new one
    const tab = await phone.openTab('/')
    await tab.isShown(tab.word('today.first'))
    for (const [path, key] of [
      ['/board', 'board.emptyNeeds'],
      ['/people', 'people.alone'],
      ['/help', 'help.notTitle'],
      ['/create', 'create.act'],
      ['/join', 'join.link'],
      ['/invite', 'invite.make'],
      ['/add/offer', 'offer.kind'],
    ] as const) {
      await tab.start(path)
      await tab.isShown(tab.word(key))
    }
    await tab.addNeed({ category: 'cat.water', title: 'دينمو ماء' })
    await tab.isShown(tab.word('state.local'))
    await tab.start('/settings')
    await chooseLanguage(tab, other)
    await tab.reload()
    // not that of the page that stands until the app is there
    await tab.page.locator('.screen h1').waitFor()
    expect(await screenFaults(tab.page, other)).toEqual([])
    await tab.page.getByRole('radio', { name: languages.fr.name }).click({ force: true })
    await tab.isShown(words(other, 'saver.language'))
    await tab.page
      .getByRole('radio', { name: languages[other].name, checked: true })
      .waitFor({ state: 'attached' })
    expect(phone.faults).toEqual([])
    await phone.close()
  })
})
