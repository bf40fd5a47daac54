/** A newer version arrives while somebody writes: it is offered, taken by a person, and nothing goes from under a hand. */

import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { builtApp, RelayProcess } from './support/relay-process.ts'

const app = mkdtempSync(join(tmpdir(), 'tadamun-app-'))
let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  cpSync(builtApp(), app, { recursive: true })
  ;[browser, relay] = await Promise.all([launchBrowser(), RelayProcess.start(app)])
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
  rmSync(app, { recursive: true })
})

/** The relay serves another build from now on, and the phone has fetched it. */
const release = async (phone: BrowserPhone): Promise<void> => {
  await relay.kill()
  appendFileSync(join(app, 'sw.js'), '\n// a newer version\n')
  await relay.start()
  await phone.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready
    await registration.update()
  })
}

/** Whether this page is the one that was marked, and not loaded again since. */
const mark = (phone: BrowserPhone) => phone.page.evaluate(() => void Object.assign(window, { isSame: true }))
const isSame = (phone: BrowserPhone) => phone.page.evaluate(() => 'isSame' in window)

test('it is offered where nobody writes, and taken there the half-filled form stays until it is saved', async () => {
  const form = await BrowserPhone.open(browser, relay.origin)
  await form.found('شبكة حي الحرية', 'زينب')
  await form.isInstalled()
  await form.go('/add/need')
  await form.choose('cat.water')
  await form.field('form.title').fill('دينمو ماء')
  await form.isDraftKept()
  const other = await form.openTab('/people')
  await other.isShown(other.word('people.alone'))
  for (const tab of [form, other]) await mark(tab)

  await release(other)
  await other.button('act.update').waitFor()
  // no line moves what a hand is writing on
  expect(await form.button('act.update').count()).toBe(0)
  await other.button('act.update').click()
  await expect.poll(() => isSame(other).catch(() => true)).toBe(false)
  await other.isShown(other.word('people.alone'))

  expect(await isSame(form)).toBe(true)
  expect(await form.field('form.title').inputValue()).toBe('دينمو ماء')
  await form.choose('when.today')
  await form.button('act.save').click()
  await form.isHeaded('دينمو ماء')
  await expect.poll(() => isSame(form).catch(() => true)).toBe(false)
  await form.isHeaded('دينمو ماء')
  await form.go('/add/need')
  expect(await form.field('form.title').inputValue()).toBe('')
  expect(form.faults).toEqual([])
  await form.close()
})
