/** Forty needs in a row, by keys alone, as from a notebook. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

let browser: Browser
let relay: RelayProcess

beforeAll(async () => {
  browser = await launchBrowser()
  relay = await RelayProcess.start()
})
afterAll(async () => {
  await browser.close()
  await relay.remove()
})

const many = 40

test('forty needs are written without touching the screen; the street stays, and the last is taken back', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('شبكة حي الحرية', 'زينب')
  await phone.go('/add/need')
  const { keyboard } = phone.page
  const isFocused = (name: string) =>
    phone.page.evaluate((wanted) => document.activeElement?.getAttribute('name') === wanted, name)
  await phone.page.getByRole('radio').first().focus()
  for (let i = 1; i <= many; i++) {
    // the focus is on the drawings; a space takes the first
    await keyboard.press('Space')
    do await keyboard.press('Tab')
    while (!(await isFocused('title')))
    await keyboard.type(`حاجة رقم ${i}`)
    if (i === 1) {
      do await keyboard.press('Tab')
      while (!(await isFocused('area')))
      await keyboard.type('شارع ١٢')
    }
    await keyboard.press('Control+Enter')
    await phone.isShown(`حاجة رقم ${i}`)
    await expect
      .poll(() => phone.page.evaluate(() => document.activeElement?.getAttribute('type')))
      .toBe('radio')
    expect(await phone.field('form.title').inputValue()).toBe('')
  }
  await expect.poll(() => phone.page.locator('.screen-under').textContent()).toMatch(/40|٤٠/)
  expect(await phone.field('form.area').inputValue()).toBe('شارع ١٢')

  await phone.button('quick.takeBack').click()
  await expect.poll(() => phone.page.locator('.screen-under').textContent()).toMatch(/39|٣٩/)
  await expect.poll(() => phone.field('form.title').inputValue()).toBe(`حاجة رقم ${many}`)
  await phone.go('/board')
  await phone.putOffKeeping()
  await phone.isShown(`حاجة رقم ${many - 1}`)
  expect(await phone.page.getByText(`حاجة رقم ${many}`, { exact: true }).count()).toBe(0)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('the next need is for whom the last one was, and for the same street', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('شبكة حي الحرية', 'زينب')
  await phone.go('/add/need')
  const isForOther = () => phone.page.getByRole('radio', { name: phone.word('for.other') }).isChecked()
  await phone.choose('cat.water')
  await phone.field('form.title').fill('ماء للدار الأولى')
  await phone.field('form.area').fill('شارع ١٢')
  await phone.choose('for.other')
  for (const title of ['ماء للدار الثانية', 'ماء للدار الثالثة']) {
    await phone.button('act.saveNext').click()
    await expect.poll(() => phone.field('form.title').inputValue()).toBe('')
    expect(await isForOther()).toBe(true)
    expect(await phone.field('form.area').inputValue()).toBe('شارع ١٢')
    await phone.choose('cat.water')
    await phone.field('form.title').fill(title)
    expect(await isForOther()).toBe(true)
  }
  expect(phone.faults).toEqual([])
  await phone.close()
})
