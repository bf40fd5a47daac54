import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { type Neighbours, settleNeighbours } from './support/neighbours.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess
let neighbours: Neighbours
let phone: BrowserPhone

const search = () => phone.page.locator('search input')
const titles = (): Promise<string[]> => phone.page.locator('.records .record-title').allTextContents()

beforeAll(async () => {
  relay = await RelayProcess.start()
  neighbours = await settleNeighbours(relay.origin)
  browser = await launchBrowser()
  const link = neighbours.memberLink
  phone = await BrowserPhone.open(browser, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await phone.join('فاطمة الزهراء')
  await phone.go('/board')
  await phone.isShown('بطانيات لعائلة نازحة')
})

afterAll(async () => {
  await browser.close()
  await neighbours.end()
  await relay.remove()
})

describe('the board', () => {
  test.each([
    ['a need in another spelling and number', 'بطّانية', 'بطانيات لعائلة نازحة'],
    ['a need by chat Latin', '7aleeb', 'حليب أطفال رقم ٢'],
    ['a need by its category', 'طعام', 'سلة'],
    ['an offer by its details', 'الدوام', 'سيارة بيك أب'],
    ['a person without the marks of the name', 'ayse', 'Ayşe Türkmen'],
    ['a person by another script', 'هيوا', 'هێوا'],
  ])('one line finds %s', async (what, text, found) => {
    if (what === 'a need by its category')
      await neighbours.zeinab.addNeed('سلة', { category: 'food', area: '' })
    if (what === 'a need by its category') await neighbours.meet()
    await search().fill(text)
    await phone.page.locator('.found').getByText(found).first().waitFor()
    await search().fill('')
    await phone.isShown(phone.word('board.orderNeeds'))
  })

  test('a search without an answer says what may help, and leads to a need of one’s own', async () => {
    await search().fill('قطط برية')
    await phone.isShown(phone.word('board.noMatchWhy'))
    expect(await phone.button('act.need').getAttribute('href')).toBe('/add/need')
    await phone.button('act.all').click()
    await phone.isShown('بطانيات لعائلة نازحة')
  })

  test('filters narrow the list together, say how many are on, and go by one press', async () => {
    await phone.button('board.filters').click()
    const sheet = phone.page.getByRole('dialog')
    await sheet.getByRole('button', { name: phone.word('cat.winter') }).click()
    await sheet.getByRole('button', { name: phone.word('state.covered') }).click()
    await sheet.getByRole('button', { name: phone.word('search.showNeeds_zero') }).waitFor()
    await sheet.getByRole('button', { name: phone.word('state.open') }).click()
    await sheet.getByRole('button', { name: phone.word('search.showNeeds_one') }).click()
    expect(await titles()).toEqual(['بطانيات لعائلة نازحة'])
    await phone.page
      .getByRole('button', { name: new RegExp(`^${phone.word('board.filters')}.*[2٢]$`) })
      .click()
    await sheet.getByRole('button', { name: phone.word('search.none') }).click()
    await phone.page.keyboard.press('Escape')
    await phone.isShown('ماء للزقاق السابع')
  })

  test('what a neighbour writes or edits stands on the open board without being asked for', async () => {
    const id = await neighbours.zeinab.addNeed('مظلة للسوق', { category: 'other', area: 'السوق' })
    await neighbours.meet()
    await phone.isShown('مظلة للسوق')
    await neighbours.zeinab.run({
      type: 'need.edit',
      id,
      changes: { title: 'مظلتان للسوق' },
    })
    await neighbours.meet()
    await phone.isShown('مظلتان للسوق')
    expect(await phone.page.getByText('مظلة للسوق').count()).toBe(0)
  })

  test('by the keyboard alone: from the search to what it found, and back to the same search', async () => {
    await search().focus()
    await phone.page.keyboard.type('ممرضه')
    await phone.page.locator('.found').getByText('ممرضة لإبرة كل ١٢ ساعة').first().waitFor()
    const focused = () =>
      phone.page.evaluate(() => document.activeElement?.closest('.found') !== null && document.activeElement)
    for (let press = 0; press < 40 && !(await focused()); press++) await phone.page.keyboard.press('Tab')
    await phone.page.keyboard.press('Enter')
    await phone.isHeaded('ممرضة لإبرة كل ١٢ ساعة')
    await phone.page.goBack()
    await phone.page.locator('.found').getByText('ممرضة لإبرة كل ١٢ ساعة').first().waitFor()
    expect(await search().inputValue()).toBe('ممرضه')
  })

  test('without a link the next start shows what stood first, and then all of it', async () => {
    await phone.isInstalled()
    await search().fill('')
    const before = await titles()
    // what is kept for the next start is written when the board has been at rest for a while
    await phone.page.waitForFunction(
      () =>
        new Promise((resolve) => {
          void indexedDB.databases().then((all) => {
            const name = all
              .map((one) => one.name ?? '')
              .find((one) => /^tadamun-/.test(one) && !/-room-/.test(one))
            const opening = indexedDB.open(String(name))
            opening.onsuccess = () => {
              const reading = opening.result.transaction('meta').objectStore('meta').get('first-of-board')
              reading.onsuccess = () => {
                opening.result.close()
                resolve(JSON.stringify(reading.result?.value ?? '').includes('مظلتان'))
              }
            }
          })
        }),
    )
    await relay.kill()
    await phone.context.setOffline(true)
    await phone.reload()
    await phone.isShown('بطانيات لعائلة نازحة')
    await phone.page
      .getByRole('radio', { name: new RegExp(`^${phone.word('board.needs')} `) })
      .waitFor({ state: 'attached' })
    expect(await titles()).toEqual(before)
    expect(phone.faults).toEqual([])
  })
})
