/** On the built app: one field written twice, comments, what changed, undoing, and a report on which two coordinators decide. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { type Neighbours, settleNeighbours } from './support/neighbours.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'

let browser: Browser
let relay: RelayProcess
let neighbours: Neighbours
/** They coordinate: where three do, a fourth would take two of them. */
let huda: BrowserPhone
let nur: BrowserPhone

beforeAll(async () => {
  browser = await launchBrowser()
  relay = await RelayProcess.start()
  neighbours = await settleNeighbours(relay.origin)
  huda = await comeIn('هدى', neighbours.coordinatorLink)
  nur = await comeIn('نور', neighbours.coordinatorLink)
}, 90_000)
afterAll(async () => {
  await huda.close()
  await nur.close()
  await neighbours.end()
  await browser.close()
  await relay.remove()
})

const pathOf = (link: string): string => link.slice(link.indexOf('/#j='))

const comeIn = async (name: string, link: string): Promise<BrowserPhone> => {
  const phone = await BrowserPhone.open(browser, relay.origin, { path: pathOf(link) })
  await phone.join(name)
  await phone.isShown('حليب أطفال رقم ٢')
  return phone
}

const editArea = async (phone: BrowserPhone, path: string, area: string): Promise<void> => {
  await phone.go(path.replace('/need/', '/edit/need/'))
  await phone.field('form.area').fill(area)
  await phone.isDraftKept()
  await phone.button('act.save').click()
  await phone.page.waitForURL(/\/need\//)
}

/** Of the screen as it is: accessibility, and what lies outside the page or is too small to touch. */
const faultsOf = async (phone: BrowserPhone): Promise<string[]> => [
  ...(await phone.accessibilityFaults('all')),
  ...(await screenFaults(phone.page, phone.language)),
]

const pathIn = (phone: BrowserPhone): string => new URL(phone.page.url()).pathname

test('two who wrote one field at the same time read the same sentence, and take the other value back', async () => {
  await huda.openCard('كرسي متحرك')
  const path = pathIn(huda)
  for (const phone of [huda, nur]) await phone.isInstalled()
  for (const phone of [huda, nur]) await phone.context.setOffline(true)
  await editArea(huda, path, 'السوق')
  await editArea(nur, path, 'الساحة')
  for (const phone of [huda, nur]) await phone.context.setOffline(false)
  for (const phone of [huda, nur, huda]) await phone.sendAll()

  const card = (phone: BrowserPhone) =>
    phone.page.locator('section').filter({ hasText: phone.word('conflict.title') })
  const [first, second] = [huda, nur].map(async (phone) => {
    await phone.go(path)
    await card(phone).locator('.conflict p').first().waitFor()
    return (await card(phone).locator('.conflict p').allTextContents()).slice(0, 2)
  })
  expect(await first).toEqual(await second)
  await huda.go('/today')
  await huda.page.getByRole('link').filter({ hasText: 'كتابتان في وقت واحد' }).click()
  await huda.isHeaded(huda.word('changes.title'))
  await huda.page.getByRole('link').filter({ hasText: 'كرسي متحرك' }).click()
  await card(huda).getByRole('button').click()
  await card(huda).waitFor({ state: 'detached' })
  await huda.sendAll()
  await nur.sendAll()
  await nur.go(path)
  await nur.isHeaded('كرسي متحرك')
  await card(nur).waitFor({ state: 'detached' })
  expect([...huda.faults, ...nur.faults]).toEqual([])
})

test('a comment is news to the author, once, and an own edit is undone from what happened here', async () => {
  const salma = await comeIn('سلمى', neighbours.memberLink)
  await salma.addNeed({ category: 'cat.food', title: 'سلة لبيت الجدة' })
  const path = pathIn(salma)
  await salma.sendAll()
  const ahmad = await comeIn('أحمد', neighbours.memberLink)
  await ahmad.openCard('سلة لبيت الجدة')
  await ahmad.field('comment.write').fill('أي يوم يناسب؟')
  await ahmad.isDraftKept()
  await ahmad.reload()
  await ahmad.button('comment.add').click()
  await ahmad.isShown('أي يوم يناسب؟')
  await ahmad.sendAll()
  await salma.sendAll()

  await salma.go('/today')
  await salma.page.locator('a[href="/changes"]').click()
  await salma.isHeaded(salma.word('changes.title'))
  expect(await faultsOf(salma)).toEqual([])
  await salma.page.getByRole('link').filter({ hasText: 'سلة لبيت الجدة' }).click()
  await salma.isShown('أي يوم يناسب؟')
  expect(await faultsOf(salma)).toEqual([])
  await salma.go('/today')
  await salma.isShown(salma.word('today.mine'))
  expect(await salma.page.locator('a[href="/changes"]').count()).toBe(0)

  await editArea(salma, path, 'شارع ٥')
  await salma.button('history.title').click()
  await salma.page
    .getByRole('button', { name: /^تراجع/ })
    .first()
    .click()
  await salma.page
    .getByRole('dialog')
    .getByRole('button', { name: salma.word('history.undo') })
    .click()
  await salma.isShown(salma.word('history.undone'))
  expect(await faultsOf(salma)).toEqual([])
  await salma.go(path)
  await salma.isHeaded('سلة لبيت الجدة')
  expect(await salma.page.getByText('شارع ٥').count()).toBe(0)
  expect([...salma.faults, ...ahmad.faults]).toEqual([])
  await salma.close()
  await ahmad.close()
})

test('what a member reports is hidden by two coordinators, never by one, and a sentence stands in its place', async () => {
  const title = 'حليب أطفال رقم ٢'
  const mazen = await comeIn('مازن', neighbours.memberLink)
  await mazen.openCard(title)
  const path = pathIn(mazen)
  await mazen.button('report.open').click()
  const dialog = mazen.page.getByRole('dialog')
  await dialog.getByRole('button', { name: mazen.word('report.private') }).click()
  await dialog.getByRole('button', { name: mazen.word('report.send'), exact: true }).click()
  await mazen.isShown(mazen.word('report.done'))
  await mazen.sendAll()

  await huda.sendAll()
  await huda.go('/today')
  await huda.button('report.look').click()
  await huda.isShown('مازن')
  expect(await faultsOf(huda)).toEqual([])
  await huda.page
    .getByRole('button', { name: huda.word('hide.act'), exact: true })
    .first()
    .click()
  await huda.field('hide.note').fill('فيه رقم هاتف')
  await huda.page
    .getByRole('dialog')
    .getByRole('button', { name: huda.word('hide.act'), exact: true })
    .click()
  await huda.isShown(huda.word('hide.mineReview'))
  await huda.sendAll()
  await mazen.sendAll()
  await mazen.openCard(title)

  const { zeinab } = neighbours
  await zeinab.exchange()
  const id = path.replace('/need/', '')
  await zeinab.run({ type: 'hiding.add', aboutId: id, aboutType: 'need', note: '' })
  await zeinab.exchange()
  await mazen.sendAll()
  await mazen.go('/board')
  await mazen.isShown(mazen.word('state.hidden'))
  expect(await mazen.page.getByText(title).count()).toBe(0)
  await mazen.go(path)
  await mazen.isShown(mazen.word('hide.hidden'))
  expect(await faultsOf(mazen)).toEqual([])
  await mazen.isShown('فيه رقم هاتف')
  expect(await mazen.page.getByText(title).count()).toBe(0)

  await huda.sendAll()
  await huda.go(path)
  await huda.button('hide.lift').click()
  await huda.isShown(huda.word('hide.lifted'))
  await huda.sendAll()
  await mazen.sendAll()
  await mazen.go(path)
  await mazen.isHeaded(title)
  expect([...huda.faults, ...mazen.faults]).toEqual([])
  await mazen.close()
})
