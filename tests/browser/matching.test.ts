/** Who can help, on the built app: an offer on one phone, a need on another, a proposal with reasons, a request, a yes and a no. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { type Neighbours, settleNeighbours } from './support/neighbours.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'

let browser: Browser
let relay: RelayProcess
let neighbours: Neighbours

beforeAll(async () => {
  browser = await launchBrowser()
  relay = await RelayProcess.start()
  neighbours = await settleNeighbours(relay.origin)
}, 90_000)
afterAll(async () => {
  await neighbours.end()
  await browser.close()
  await relay.remove()
})

const comeIn = async (name: string): Promise<BrowserPhone> => {
  const link = neighbours.memberLink
  const phone = await BrowserPhone.open(browser, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await phone.join(name)
  return phone
}

const check = async (phone: BrowserPhone): Promise<void> => {
  expect([
    ...(await phone.accessibilityFaults('all')),
    ...(await screenFaults(phone.page, phone.language)),
  ]).toEqual([])
}

/** Brings what others have written. */
const hear = async (phone: BrowserPhone): Promise<void> => {
  await phone.go('/outbox')
  // while it exchanges by itself, a press does nothing
  const look = async () => {
    await phone.button('outbox.look').click()
    return phone.page.getByText(phone.word('outbox.looked')).count()
  }
  await expect.poll(look, { timeout: 15_000, interval: 300 }).toBeGreaterThan(0)
}

const linesOf = (phone: BrowserPhone, text: string) => phone.page.locator('li').filter({ hasText: text })

/** The button of the proposal or line that names somebody or something. */
const act = (phone: BrowserPhone, line: string, key: string) =>
  linesOf(phone, line).getByRole('button', { name: new RegExp(`^${phone.word(key)}`) })

test('who offers what is needed is proposed with why, asked, and takes it or says no unseen', async () => {
  const ahmad = await comeIn('أحمد')
  await ahmad.addOffer({ kind: 'offer.transport', title: 'عندي سيارة' })
  await ahmad.sendAll()

  const salma = await comeIn('سلمى')
  await hear(salma)
  await salma.go('/board')
  await salma.isShown('حليب أطفال رقم ٢')
  for (const title of ['توصيل إلى المستشفى', 'نقل خزانة']) {
    await salma.addNeed({ category: 'cat.transport', title })
    await salma.openCard(title)
    await salma.isShown(salma.word('match.title'))
    await linesOf(salma, 'أحمد').getByText(salma.word('match.transport')).waitFor()
    await act(salma, 'أحمد', 'ask.act').click()
    await salma.isShown(/طلب إلى/)
    expect(await act(salma, 'أحمد', 'ask.act').count()).toBe(0)
  }
  await check(salma)
  await salma.sendAll()

  await hear(ahmad)
  await ahmad.go('/today')
  await act(ahmad, 'توصيل إلى المستشفى', 'act.take').waitFor()
  await check(ahmad)
  await act(ahmad, 'نقل خزانة', 'ask.cannot').click()
  await act(ahmad, 'نقل خزانة', 'ask.cannot').waitFor({ state: 'detached' })
  await act(ahmad, 'توصيل إلى المستشفى', 'act.take').click()
  await act(ahmad, 'توصيل إلى المستشفى', 'act.take').waitFor({ state: 'detached' })
  await ahmad.sendAll()

  await ahmad.go('/board')
  await ahmad.page.getByRole('button', { name: ahmad.word('filter.fits') }).click()
  await linesOf(ahmad, 'نقل خزانة').getByText(ahmad.word('match.transport')).waitFor()
  expect(await ahmad.page.getByText('حقائب مدرسية').count()).toBe(0)
  await check(ahmad)
  await ahmad.page.getByRole('button', { name: ahmad.word('filter.fits') }).click()
  await ahmad.page.getByText('حقائب مدرسية').first().waitFor()

  await hear(salma)
  await salma.openCard('توصيل إلى المستشفى')
  await salma.isShown('أحمد')
  expect(await salma.page.getByText(/طلب إلى/).count()).toBe(0)
  await salma.openCard('نقل خزانة')
  await salma.isShown(/طلب إلى/)
  await act(salma, 'أحمد', 'ask.withdraw').click()
  await act(salma, 'أحمد', 'ask.act').waitFor()
  expect([...ahmad.faults, ...salma.faults]).toEqual([])
  await ahmad.close()
  await salma.close()
})

test('one sees on his own offer what it is good for, and is told how to be found where he offers nothing', async () => {
  const mazen = await comeIn('مازن')
  await mazen.isShown('حليب أطفال رقم ٢')
  await mazen.go('/board')
  await mazen.page.getByRole('button', { name: mazen.word('filter.fits') }).click()
  await mazen.isShown(mazen.word('fits.unknown'))
  await check(mazen)
  await mazen.addOffer({ kind: 'offer.goods', title: 'حليب أطفال' })
  await mazen.isShown(mazen.word('fits.offer'))
  await linesOf(mazen, 'حليب أطفال رقم ٢').first().waitFor()
  await check(mazen)
  await mazen.go('/today')
  await mazen.isShown(mazen.word('fits.title'))
  await linesOf(mazen, 'حليب أطفال رقم ٢')
    .getByText(/متوفر: /)
    .waitFor()
  await check(mazen)
  expect(mazen.faults).toEqual([])
  await mazen.close()
})
