/** The phone is full: the save in hand succeeds, the person is told, and when there is room again all is as before. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone } from './support/browser-phone.ts'
import { OwnBrowser } from './support/own-browser.ts'
import { RelayProcess } from './support/relay-process.ts'

const ballastBytes = 2 * 1024 * 1024

let browser: OwnBrowser
let relay: RelayProcess

beforeAll(async () => {
  relay = await RelayProcess.start()
  browser = new OwnBrowser()
})
afterAll(async () => {
  await browser.remove()
  await relay.remove()
})

const open = async (path: string): Promise<BrowserPhone> =>
  BrowserPhone.over(await browser.open(relay.origin + path), relay.origin, 'en')

/** Bytes that lie set aside. */
const ballast = (phone: BrowserPhone): Promise<number> =>
  phone.page.evaluate(async () => {
    const root = await navigator.storage.getDirectory()
    const file = await root.getFileHandle('ballast').catch(() => null)
    return file ? (await file.getFile()).size : 0
  })
const usage = (phone: BrowserPhone): Promise<number> =>
  phone.page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0)

/** Once the service worker has fetched what it fetches ahead: it would use up the room that is made. */
const settledUsage = async (phone: BrowserPhone): Promise<number> => {
  let before = 0
  const isSame = async () => {
    const now = await usage(phone)
    const same = now === before
    before = now
    return same
  }
  await expect.poll(isSame, { interval: 1000 }).toBe(true)
  return before
}

test('a save on a full phone is saved, the app says that there is no more room, and goes on when there is', async () => {
  const first = await open('')
  await first.found('quarter', 'Zeinab')
  await first.addNeed({ category: 'cat.food', title: 'bread' })
  await first.isInstalled()
  await expect.poll(() => ballast(first)).toBe(ballastBytes)
  const used = await settledUsage(first)
  // a browser that runs believes for half a minute that there is as much room as when it last asked
  await browser.kill()

  const full = await open('/healthz')
  const system = await full.context.newCDPSession(full.page)
  await system.send('Storage.overrideQuotaForOrigin', {
    origin: relay.origin,
    quotaSize: used - ballastBytes / 2,
  })
  await full.go('/add/need')
  await full.choose('cat.water')
  await full.field('form.title').fill('water')
  await full.button('act.save').click()
  await full.isHeaded('water')
  await full.isShown(full.word('problem.diskFull'))
  expect(await ballast(full)).toBe(0)

  await browser.kill()
  const again = await open('/board')
  await expect.poll(() => ballast(again)).toBe(ballastBytes)
  expect(await again.page.getByText(again.word('problem.diskFull')).count()).toBe(0)
  for (const title of ['bread', 'water']) await again.isShown(title)
  expect([...first.faults, ...again.faults]).toEqual([])
})
