/** From phone to phone with no internet: by codes that a camera sees, by a file, and by a neighbour of another network. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { codesOnScreen, writeFilm } from './support/camera-film.ts'
import { RelayProcess } from './support/relay-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tadamun-neighbours-'))
const films = { zeinab: join(folder, 'zeinab.y4m'), karim: join(folder, 'karim.y4m') }
let relay: RelayProcess
let browsers: { zeinab: Browser; karim: Browser }
let zeinab: BrowserPhone
let karim: BrowserPhone
let layla: BrowserPhone

beforeAll(async () => {
  const [first, second, started] = await Promise.all([
    launchBrowser(films.zeinab),
    launchBrowser(films.karim),
    RelayProcess.start(),
  ])
  browsers = { zeinab: first, karim: second }
  relay = started
  zeinab = await BrowserPhone.open(browsers.zeinab, relay.origin)
  await zeinab.found('شبكة الزقاق', 'زينب')
  const link = await zeinab.invite()
  karim = await BrowserPhone.open(browsers.karim, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await karim.join('حجي كريم')
  layla = await BrowserPhone.open(browsers.karim, relay.origin)
  await layla.found('شبكة أخرى', 'ليلى')
  // all have the app, and know who is in; from now on there is no internet for anybody
  await zeinab.sendAll()
  for (const phone of [zeinab, karim, layla]) {
    await phone.isInstalled()
    await phone.context.setOffline(true)
  }
  await relay.kill()
})
afterAll(async () => {
  await browsers.zeinab.close()
  await browsers.karim.close()
  await relay.remove()
  rmSync(folder, { recursive: true })
})

/** Shows the codes at their full pace: whoever wants little motion begins slower. */
const showCodes = async (phone: BrowserPhone, film: string): Promise<void> => {
  await phone.button('packet.codes').click()
  await phone.button('meet.slower').click()
  await phone.button('meet.faster').click()
  writeFilm(film, await codesOnScreen(phone.page))
}

const take = async (phone: BrowserPhone): Promise<void> => {
  await phone.button('packet.accept').click()
  await phone.isShown(phone.word('packet.taken'))
}

const giveFile = async (phone: BrowserPhone): Promise<string> => {
  const downloading = phone.page.waitForEvent('download')
  await phone.button('packet.file').click()
  return (await downloading).path()
}

const openFile = async (phone: BrowserPhone, file: string): Promise<void> => {
  await phone.go('/neighbour?do=take')
  await phone.page.locator('input[type=file]').setInputFiles(file)
}

test('each camera sees the other screen, and both phones have what the two have written', async () => {
  await zeinab.addNeed({ category: 'cat.water', title: 'ماء للزقاق' })
  await karim.addNeed({ category: 'cat.food', title: 'خبز لعائلة جديدة' })
  await zeinab.go('/network')
  await zeinab.page.getByRole('link', { name: new RegExp(zeinab.word('network.neighbour')) }).click()
  await zeinab.page.getByRole('link', { name: new RegExp(zeinab.word('packet.give')) }).click()
  await showCodes(zeinab, films.karim)

  await karim.go('/neighbour?do=take')
  await karim.isShown('زينب')
  await take(karim)
  await karim.button('packet.answer').click()
  await showCodes(karim, films.zeinab)

  await zeinab.go('/neighbour?do=take')
  await zeinab.isShown('حجي كريم')
  await take(zeinab)
  await zeinab.isShown(zeinab.word('packet.done'))
  for (const phone of [zeinab, karim]) {
    await phone.go('/board')
    await phone.isShown('ماء للزقاق')
    await phone.isShown('خبز لعائلة جديدة')
  }
  expect([...zeinab.faults, ...karim.faults]).toEqual([])
})

test('a file goes by the hand of a neighbour of another network, who cannot read it', async () => {
  await zeinab.addNeed({ category: 'cat.medicine', title: 'دواء للسكري' })
  await zeinab.go('/neighbour?do=give')
  const file = await giveFile(zeinab)

  await openFile(layla, file)
  await layla.isShown(layla.word('packet.foreign'))
  await layla.button('packet.carry').click()
  await layla.page.getByText(layla.word('packet.handOn')).click()
  const carried = await giveFile(layla)
  expect(await layla.page.content()).not.toContain('السكري')

  await openFile(karim, carried)
  await karim.isShown('زينب')
  await take(karim)
  await karim.openCard('دواء للسكري')
  // once more brings nothing
  await openFile(karim, carried)
  await karim.isShown(karim.word('packet.nothing'))
  expect(await karim.page.getByText(karim.word('packet.brings')).count()).toBe(0)
  expect([...zeinab.faults, ...karim.faults, ...layla.faults]).toEqual([])
})
