/** Face to face with no internet: each phone's camera sees what stands on the other's screen, and nothing else connects them. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { codesOnScreen, writeFilm } from './support/camera-film.ts'
import { RelayProcess } from './support/relay-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tadamun-cameras-'))
const films = { zeinab: join(folder, 'zeinab.y4m'), karim: join(folder, 'karim.y4m') }
let relay: RelayProcess
let browsers: { zeinab: Browser; karim: Browser }

beforeAll(async () => {
  const [zeinab, karim, started] = await Promise.all([
    launchBrowser(films.zeinab),
    launchBrowser(films.karim),
    RelayProcess.start(),
  ])
  browsers = { zeinab, karim }
  relay = started
})
afterAll(async () => {
  await browsers.zeinab.close()
  await browsers.karim.close()
  await relay.remove()
  rmSync(folder, { recursive: true })
})

const open = (browser: Browser): Promise<BrowserPhone> =>
  BrowserPhone.open(browser, relay.origin, { path: '/' })

/** Both have the app on the phone; then there is no internet any more, for either. */
const goOffline = async (...phones: BrowserPhone[]): Promise<void> => {
  for (const phone of phones) {
    await phone.isInstalled()
    await phone.context.setOffline(true)
  }
  await relay.kill()
}

/** Up to the card on the joiner's screen. */
const showCard = async (phone: BrowserPhone, nickname: string): Promise<void> => {
  await phone.go('/join')
  await phone.page.getByText(phone.word('join.face')).click()
  await phone.field('me.name').fill(nickname)
  await phone.button('meet.makeCard').click()
  await phone.isShown(phone.word('meet.cardWhat'))
}

test('two phones without internet: a card, a look back, and he reads what was written and writes himself', async () => {
  const [zeinab, karim] = [await open(browsers.zeinab), await open(browsers.karim)]
  await zeinab.found('شبكة الزقاق', 'زينب')
  await goOffline(zeinab, karim)

  await showCard(karim, 'حجي كريم')
  writeFilm(films.zeinab, await codesOnScreen(karim.page))
  await zeinab.go('/invite')
  await zeinab.page.getByText(zeinab.word('meet.invite')).click()
  await zeinab.isShown(zeinab.word('meet.confirmWhat'))
  await zeinab.isShown('حجي كريم')
  await zeinab.button('join.approve').click()
  await zeinab.isHeaded(zeinab.word('meet.show'))
  writeFilm(films.karim, await codesOnScreen(zeinab.page))

  await karim.button('meet.then').click()
  await karim.page.waitForURL(/\/board$/)
  await karim.go('/people')
  await karim.isShown('زينب')
  await karim.addNeed({ category: 'cat.water', title: 'ماء للزقاق' })
  expect([...zeinab.faults, ...karim.faults]).toEqual([])

  // when there is internet again, each has what the other wrote meanwhile
  await relay.start()
  for (const phone of [zeinab, karim]) await phone.context.setOffline(false)
  await karim.sendAll()
  await zeinab.sendAll()
  await zeinab.go('/board')
  await zeinab.isShown('ماء للزقاق')
  await zeinab.openCard('ماء للزقاق')
  await zeinab.isShown('حجي كريم')
  await zeinab.close()
  await karim.close()
})

test('an invite on another screen is scanned from within the app, which leads to what it opens', async () => {
  const [zeinab, karim] = [await open(browsers.zeinab), await open(browsers.karim)]
  await zeinab.found('شبكة الزقاق', 'زينب')
  await zeinab.invite()
  writeFilm(films.karim, await codesOnScreen(zeinab.page))
  await karim.go('/join')
  await karim.button('join.scan').click()
  await karim.isShown(karim.word('join.after'))
  expect([...zeinab.faults, ...karim.faults]).toEqual([])
  await zeinab.close()
  await karim.close()
})

test('without a camera the same goes as text, and what is no card is said to be none', async () => {
  const [zeinab, karim] = [await open(browsers.zeinab), await open(browsers.karim)]
  for (const phone of [zeinab, karim]) await phone.context.clearPermissions()
  await zeinab.found('شبكة النهر', 'زينب')
  await karim.page.addInitScript(() => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined })
  })
  await goOffline(zeinab, karim)
  await showCard(karim, 'كريم')
  await karim.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await karim.button('meet.shareCard').click()
  const card = await karim.page.evaluate(() => navigator.clipboard.readText())
  expect(card).toMatch(/^TDM1/)

  await zeinab.page.addInitScript(() => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined })
  })
  await zeinab.start('/admit')
  await zeinab.isShown(zeinab.word('camera.none'))
  await zeinab.button('meet.noCamera').click()
  await zeinab.field('meet.paste').fill(card.slice(0, 200))
  await zeinab.button('act.next').click()
  await zeinab.isShown(zeinab.word('err.cardBroken'))
  await zeinab.field('meet.paste').fill(`هذا رمزي ${card}`)
  await zeinab.button('act.next').click()
  await zeinab.isShown('كريم')
  await zeinab.button('join.approve').click()
  await zeinab.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await zeinab.button('meet.shareWelcome').click()
  const welcome = await zeinab.page.evaluate(() => navigator.clipboard.readText())

  await karim.go('/meet')
  await karim.button('meet.then').click()
  await karim.button('meet.noCamera').click()
  await karim.field('meet.paste').fill(welcome)
  await karim.button('act.next').click()
  await karim.page.waitForURL(/\/board$/)
  await karim.go('/people')
  await karim.isShown('زينب')
  expect([...zeinab.faults, ...karim.faults]).toEqual([])
  await zeinab.close()
  await karim.close()
  await relay.start()
})

test('a second phone of mine writes as me, and a lost one is stopped', async () => {
  const [mine, second] = [await open(browsers.zeinab), await open(browsers.karim)]
  await mine.found('شبكة الجسر', 'زينب')
  await mine.addNeed({ category: 'cat.food', title: 'من الهاتف الأول' })
  await mine.sendAll()
  await showCard(second, 'زينب')
  writeFilm(films.zeinab, await codesOnScreen(second.page))
  await mine.go('/network')
  await mine.page.getByText(mine.word('network.myPlace')).click()
  await mine.page.getByText(mine.word('meet.ownPhone')).click()
  await mine.button('meet.addPhone').click()
  await mine.isHeaded(mine.word('meet.show'))
  writeFilm(films.karim, await codesOnScreen(mine.page))
  await mine.sendAll()
  await second.button('meet.then').click()
  await second.page.waitForURL(/\/board$/)
  await second.sendAll()
  await second.openCard('من الهاتف الأول')
  // it is mine on either phone
  await second.isShown(second.word('need.fromMe'))
  await second.addNeed({ category: 'cat.water', title: 'من الهاتف الثاني' })
  await second.sendAll()

  await mine.sendAll()
  await mine.openCard('من الهاتف الثاني')
  await mine.isShown(mine.word('need.fromMe'))
  await mine.go('/people')
  await mine.page.getByRole('main').getByRole('link', { name: /زينب/ }).first().waitFor()
  expect(await mine.page.getByRole('main').getByRole('link', { name: /زينب/ }).count()).toBe(1)
  await mine.page.getByRole('main').getByRole('link', { name: /زينب/ }).click()
  await mine.button('member.retire').click()
  await mine.page
    .getByRole('dialog')
    .getByRole('button', { name: mine.word('member.retireAct') })
    .click()
  await mine.isShown(mine.word('member.retireDone'))
  await mine.sendAll()
  await second.sendAll()
  await second.go('/today')
  await second.isShown(second.word('ended.stays'))
  expect([...mine.faults, ...second.faults]).toEqual([])
  await mine.close()
  await second.close()
})
