/** A phone is lost: its backup opens on an empty one, which asks to be let in, is admitted, and has everything again. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess
const folder = mkdtempSync(join(tmpdir(), 'tadamun-backup-'))
const path = join(folder, 'copy.tdb')

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start()])
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
  rmSync(folder, { recursive: true })
})

const open = (address = '/'): Promise<BrowserPhone> =>
  BrowserPhone.open(browser, relay.origin, { path: address })
const pathOf = (link: string): string => link.slice(link.indexOf('/#j='))

/** Makes a backup with proposed words and saves the file; gives the words. */
const makeBackup = async (phone: BrowserPhone): Promise<string> => {
  await phone.go('/backup')
  const making = phone.page.locator('section').filter({ hasText: phone.word('backup.passHint') })
  await phone.button('backup.propose').click()
  const field = making.getByLabel(phone.word('backup.pass'))
  await expect.poll(() => field.inputValue()).not.toBe('')
  const words = await field.inputValue()
  await making.getByRole('button', { name: phone.word('backup.make'), exact: true }).click()
  await phone.isShown(phone.word('backup.ready'))
  const [download] = await Promise.all([
    phone.page.waitForEvent('download'),
    phone.button('backup.save').click(),
  ])
  await download.saveAs(path)
  return words
}

const openFile = async (phone: BrowserPhone, words: string, act: string): Promise<void> => {
  await phone.page.locator('input[type=file]').setInputFiles(path)
  await phone.field('backup.pass').last().fill(words)
  await phone.button(act).click()
}

test('what was on the lost phone is on the new one: read at once, written again once somebody has said yes', async () => {
  const zeinab = await open()
  await zeinab.found('شبكة حي الحرية', 'زينب')
  await zeinab.addNeed({ category: 'cat.water', title: 'خزان ماء' })
  await zeinab.sendAll()
  const soran = await open(pathOf(await zeinab.invite()))
  await soran.join('Soran')
  await soran.isShown('خزان ماء')
  await soran.addNeed({ category: 'cat.food', title: 'سلة غذائية' })
  await soran.sendAll()
  const words = await makeBackup(soran)
  expect(words.split(' ')).toHaveLength(6)
  await openFile(soran, words, 'backup.tryAct')
  await soran.isShown(soran.word('backup.entries_two'))
  await soran.close()

  const again = await open()
  await again.button('start.backup').click()
  await openFile(again, 'كلمات ليست هي', 'backup.restoreAct')
  await again.isShown(again.word('backup.wrongPassphrase'))
  await again.field('backup.pass').fill(words)
  await again.button('backup.restoreAct').click()
  await again.page.waitForURL(/\/today$/)
  await again.isShown(again.word('ended.back'))
  await again.go('/board')
  await again.isShown('خزان ماء')
  await again.isShown('سلة غذائية')
  expect(await again.page.locator('.add-button').count()).toBe(0)

  await again.go(pathOf(await zeinab.invite('onApproval')))
  await again.isShown(again.word('join.afterAsking'))
  await again.button('join.ask').click()
  const shown = await again.fourWords()
  await zeinab.sendAll()
  await zeinab.go('/requests')
  await zeinab.isShown('Soran')
  expect(await zeinab.fourWords()).toEqual(shown)
  await zeinab.page.getByRole('button', { name: zeinab.word('requests.same') }).click()
  await zeinab.isShown(zeinab.word('requests.none'))
  await zeinab.sendAll()
  await again
    .button('joining.look')
    .click({ noWaitAfter: true })
    .catch(() => undefined)
  await again.page.waitForURL(/\/board$/)
  await again.isShown('خزان ماء')
  await again.isShown('سلة غذائية')
  await again.addNeed({ category: 'cat.food', title: 'خبز' })
  await again.sendAll()
  expect([...zeinab.faults, ...soran.faults, ...again.faults]).toEqual([])
  await zeinab.close()
  await again.close()
})
