/** The way in: a broken, an expired and a used-up link each say so and lead on; a wrong clock keeps nobody out. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { type Neighbours, settleNeighbours } from './support/neighbours.ts'
import { RelayProcess } from './support/relay-process.ts'
import { words } from './support/words.ts'

let browser: Browser
let relay: RelayProcess
let neighbours: Neighbours

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
  neighbours = await settleNeighbours(relay.origin)
})
afterAll(async () => {
  await neighbours.end()
  await browser.close()
  await relay.remove()
})

const invite = async (terms: { hours: number; uses: number }): Promise<string> => {
  const made = await neighbours.zeinab.run({
    type: 'invite.make',
    role: 'member',
    approval: false,
    origin: relay.origin,
    ...terms,
  })
  if (made.link === undefined) throw new Error('an invite has a link')
  return made.link
}
const pathOf = (link: string): string => link.slice(link.indexOf('/#j='))
const known = 'بطانيات لعائلة نازحة'

test('the invite leaves the address bar even while the app does not come, and is there when it does', async () => {
  const link = await invite({ hours: 1, uses: 1 })
  const context = await browser.newContext({ locale: 'ar-IQ', serviceWorkers: 'block' })
  const page = await context.newPage()
  const scripts = /\/assets\/[^/]*\.js$/
  await context.route(scripts, (route) => route.abort())
  await page.goto(relay.origin + pathOf(link))
  expect(page.url()).toBe(`${relay.origin}/`)
  await context.unroute(scripts)
  await page.reload()
  await page.getByRole('button', { name: words('ar', 'join.act') }).waitFor()
  expect(page.url()).not.toContain('#')
  await context.close()
})

test('the invite leaves the address bar and the history before the first screen', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin, { path: '/' })
  await phone.page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    new MutationObserver(() => {
      if (document.querySelector('.screen') !== null) seen.push(location.href)
    }).observe(document, { childList: true, subtree: true })
  })
  const link = await invite({ hours: 1, uses: 1 })
  await phone.page.goto('about:blank')
  await phone.page.goto(link)
  await phone.isShown(phone.word('join.after'))
  const { seen, address, length } = await phone.page.evaluate(() => ({
    seen: (globalThis as unknown as { seen: string[] }).seen,
    address: location.href,
    length: history.length,
  }))
  expect([...seen, address].filter((each) => each.includes('#'))).toEqual([])
  await phone.page.goBack()
  await phone.page.goForward()
  expect(phone.page.url()).not.toContain('#')
  expect(length).toBeGreaterThan(1)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a broken link and an expired one say so, and a good one pasted there lets in', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin, { path: '/#j=AbCd' })
  await phone.isShown(phone.word('err.linkBroken'))
  const paste = async (link: string) => {
    await phone.field('join.link').fill(link)
    await phone.button('act.next').click()
  }
  const good = await invite({ hours: 1, uses: 1 })
  await paste(good.slice(0, -20))
  await phone.isShown(phone.word('err.linkBroken'))
  await paste(await invite({ hours: -1, uses: 1 }))
  await phone.isShown(phone.word('err.inviteExpired'))
  await paste(good)
  await phone.join('نور الهدى')
  await phone.isShown(known)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a link that was used up by another says so, keeps what was written, and a fresh one lets in', async () => {
  const link = await invite({ hours: 1, uses: 1 })
  const first = await BrowserPhone.open(browser, relay.origin, { path: pathOf(link) })
  await first.join('شيرين')
  await first.isShown(known)
  await first.close()

  const second = await BrowserPhone.open(browser, relay.origin, { path: pathOf(link) })
  await second.field('me.name').fill('Gülhan')
  await second.button('join.act').click()
  await second.isShown(second.word('err.inviteUsed'))
  await second.go(pathOf(await invite({ hours: 1, uses: 1 })))
  await second.join('Gülhan')
  await second.go('/board')
  await second.isShown(known)
  expect(second.faults).toEqual([])
  await second.close()
})

test('whoever began with a notebook alone joins a network from any place of the app', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('دفتري', 'كاوە عەلی')
  for (const place of ['/board', '/today', '/people', '/network']) {
    await phone.go(place)
    await phone.page.getByRole('heading', { level: 1 }).waitFor()
    const link = await invite({ hours: 1, uses: 1 })
    // an installed app that is open gets the link as a change of its address
    await phone.page.evaluate((hash) => location.assign(hash), link.slice(link.indexOf('#')))
    await phone.isShown(phone.word('join.after'))
    if (place === '/network') await phone.join('كاوە عەلی')
    else await phone.button('join.other').click()
  }
  await phone.isShown(known)
  for (const place of ['/today', '/people', '/network']) await phone.go(place)
  await phone.isShown(phone.word('network.people'))
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a member who wants to invite is told whom to ask, before filling in anything', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin, {
    path: pathOf(await invite({ hours: 1, uses: 1 })),
  })
  await phone.join('آراس')
  await phone.isShown(known)
  await phone.go('/invite')
  await phone.isShown(phone.word('invite.byCoordinators'))
  expect(await phone.button('invite.make').count()).toBe(0)
  await phone.page.getByRole('main').getByRole('link').click()
  await phone.isShown(phone.word('role.coordinator'))
  expect(phone.faults).toEqual([])
  await phone.close()
})

const dayMs = 24 * 3600_000

test.each([
  ['five days slow', -5 * dayMs],
  ['five days fast', 5 * dayMs],
  ['in 1970', -Date.now()],
])('a phone whose clock is %s joins, sends, and shows the true time', async (_name, errorMs) => {
  const link = await invite({ hours: 168, uses: 1 })
  const phone = await BrowserPhone.open(browser, relay.origin, { path: pathOf(link), clockErrorMs: errorMs })
  await phone.join('Soran')
  await phone.isShown(known)
  await phone.addNeed({ category: 'cat.food', title: 'سلة الآن' })
  await phone.isShown(phone.word('time.now'))
  await phone.sendAll()
  await phone.openCard('سلة الآن')
  await phone.isShown(phone.word('state.delivered'))
  await phone.isShown(phone.word('time.now'))
  await neighbours.zeinab.exchange()
  const titles = (await neighbours.zeinab.rows('needs')).map((row) => row.title)
  expect(titles).toContain('سلة الآن')
  expect(phone.faults).toEqual([])
  await phone.close()
})
