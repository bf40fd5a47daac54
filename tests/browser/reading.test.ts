/** For those who read little or see little: everything larger, and read aloud by a voice of the phone itself. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

/** A phone's voice, which says nothing aloud and keeps what it was given; `endWords()` ends what it says now. */
const voiceOf = (lang: string, localService: boolean): string => `{
  const voice = { lang: '${lang}', localService: ${localService}, default: true, name: 'v', voiceURI: 'v' }
  let present = null
  globalThis.said = []
  globalThis.endWords = () => present?.dispatchEvent(new Event('end'))
  globalThis.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text }
  }
  const speech = {
    getVoices: () => [voice],
    speak: (words) => { present = words; said.push(words.text) },
    cancel: () => { present = null },
    addEventListener: () => {},
    removeEventListener: () => {},
  }
  Object.defineProperty(globalThis, 'speechSynthesis', { value: speech })
}`

const open = async (voice?: string): Promise<BrowserPhone> => {
  const phone = await BrowserPhone.open(browser, relay.origin, { width: 320, height: 3000 })
  if (voice !== undefined) {
    await phone.context.addInitScript(voice)
    await phone.reload()
  }
  return phone
}

const said = (phone: BrowserPhone): Promise<string[]> => phone.page.evaluate('[...said]')
const lastSaid = async (phone: BrowserPhone): Promise<string> => (await said(phone)).at(-1) ?? ''
/** Ends what is being said, and gives what is said then. */
const saidNext = (phone: BrowserPhone): Promise<string> => phone.page.evaluate('endWords(), said.at(-1)')

test('the largest text stays within the narrowest phone on every place, and is there again the next time', async () => {
  const phone = await open()
  await phone.go('/settings')
  await phone.choose('reading.largest')
  const sizePx = () => phone.page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))
  await expect.poll(sizePx).toBeGreaterThan(23)
  await phone.go('/')
  await phone.found('شبكة حي الحرية', 'أم سارة')
  expect(await sizePx()).toBeGreaterThan(23)
  await phone.addNeed({ category: 'cat.winter', title: '١٢ بطانية لعائلة نازحة', quantity: '12' })
  for (const [path, key] of [
    ['/today', 'today.mine'],
    ['/board', 'board.needs'],
    ['/add/need', 'form.what'],
    ['/people', 'people.me'],
    ['/network', 'network.myPlace'],
    ['/settings', 'reading.text'],
  ] as const) {
    await phone.go(path)
    await phone.isShown(phone.word(key))
    for (const fault of await screenFaults(phone.page, 'ar')) phone.faults.push(`${path}: ${fault}`)
  }
  // not by our setting but by the phone's own, which knows twice the size (WCAG 1.4.4)
  await phone.page.setViewportSize({ width: 360, height: 3000 })
  await phone.page.evaluate(() => {
    const twice = new CSSStyleSheet()
    twice.replaceSync(':root { font-size: 200% !important }')
    document.adoptedStyleSheets.push(twice)
  })
  for (const [path, key] of [
    ['/board', 'board.needs'],
    ['/invite', 'invite.make'],
  ] as const) {
    await phone.go(path)
    await phone.isShown(phone.word(key))
    for (const fault of await screenFaults(phone.page, 'ar')) phone.faults.push(`${path}, twice: ${fault}`)
  }
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a page is read from its heading on, and what is touched is said', async () => {
  const phone = await open(voiceOf('ar-SA', true))
  await phone.go('/settings')
  await phone.page.getByRole('checkbox', { name: phone.word('reading.aloud') }).check()
  await phone.button('reading.listen').click()
  expect(await lastSaid(phone)).toBe(phone.word('settings.title'))
  expect(await saidNext(phone)).toBe(phone.word('settings.language'))
  expect(await saidNext(phone)).toBe('العربية')
  expect(await phone.page.locator('[data-said]').textContent()).toBe('العربية')
  await phone.button('reading.stop').click()
  expect(await phone.page.locator('[data-said]').count()).toBe(0)
  const before = await said(phone)
  expect(await saidNext(phone)).toBe(before.at(-1))

  await phone.choose('settings.themeDark')
  expect(await lastSaid(phone)).toBe(phone.word('settings.themeDark'))
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a locked address is not said, and everything else of the need is', async () => {
  const phone = await open(voiceOf('ar-SA', true))
  await phone.go('/settings')
  await phone.page.getByRole('checkbox', { name: phone.word('reading.aloud') }).check()
  await phone.go('/')
  await phone.found('شبكة حي الحرية', 'أم سارة')
  await phone.go('/add/need')
  await phone.choose('cat.winter')
  await phone.field('form.title').fill('بطانيات')
  for (const fold of await phone.page.locator('summary').all()) await fold.click()
  await phone.field('contact.address').fill('زقاق سبعة، باب أزرق')
  await phone.button('act.save').click()
  // the question after the first save is said as a whole
  await phone.button('act.notNow').waitFor()
  await expect.poll(() => lastSaid(phone)).toContain(phone.word('state.saved').replace('هاتفك', 'هذا الهاتف'))
  await phone.button('act.notNow').click()
  await phone.isShown('زقاق سبعة، باب أزرق')
  await phone.button('reading.listen').click()
  const whole = await phone.page.evaluate(
    '(() => { const from = said.length - 1; for (let n = 0; n < 200; n++) endWords(); return said.slice(from).join() })()',
  )
  expect(whole).toContain('بطانيات')
  expect(whole).toContain(phone.word('type.contact'))
  expect(whole).not.toContain('زقاق')
  expect(whole).not.toContain('هاتفك')
  await phone.close()
})

test('a phone whose voices are made elsewhere, or speak other languages, does not offer to read', async () => {
  for (const voice of [voiceOf('ar-SA', false), voiceOf('de-DE', true)]) {
    const phone = await open(voice)
    await phone.go('/settings')
    await phone.isShown(phone.word('reading.text'))
    expect(await phone.page.getByText(phone.word('reading.aloud')).count()).toBe(0)
    await phone.close()
  }
})
