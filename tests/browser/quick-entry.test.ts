/** Many needs in a row: forty by keys alone, as from a notebook, and from door to door with a thumb. */

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

/** Of a visit: what stands on the page does not reach under its lower edge. */
const fits = (phone: BrowserPhone) =>
  phone.page.evaluate(() => document.documentElement.scrollHeight <= innerHeight)

test('at two doors with no link: one question a page, found again after a fall, and the street goes along', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin, { width: 320, height: 640 })
  const visit = async (): Promise<void> => {
    await phone.page.locator('.add-button').click()
    await phone.page.getByRole('dialog').getByText(phone.word('add.visit'), { exact: true }).click()
  }
  const next = async (...keys: string[]): Promise<void> => {
    for (const key of keys) {
      await phone.button('act.next').click()
      await phone.isHeaded(phone.word(`visit.${key}`))
      expect([key, await fits(phone)]).toEqual([key, true])
    }
  }
  await phone.found('شبكة حي الحرية', 'زينب')
  await phone.isInstalled()
  await phone.context.setOffline(true)
  await visit()
  await phone.isHeaded(phone.word('visit.what'))
  await phone.button('act.next').click()
  await phone.isShown(phone.word('err.required'))
  await phone.choose('cat.winter')
  await next('say')
  await phone.field('form.title').fill('بطانيات لأم عمر')
  await next('when')
  await phone.page.goBack()
  await phone.isHeaded(phone.word('visit.say'))
  expect(await phone.field('form.title').inputValue()).toBe('بطانيات لأم عمر')
  await next('when', 'amount')
  await phone.page.getByRole('button', { name: new RegExp(`^${phone.word('act.more')}`) }).click()
  await next('where')
  await phone.field('form.area').fill('شارع ١٢')
  await phone.isDraftKept()

  // the battery is out; the app is opened from the home screen
  await phone.start('/board')
  await visit()
  await phone.isHeaded(phone.word('visit.where'))
  expect(await phone.field('form.area').inputValue()).toBe('شارع ١٢')
  await next('agree')
  await phone.choose('act.no')
  await phone.isShown(phone.word('visit.noWrite'))
  expect(await phone.button('act.next').count()).toBe(0)
  await phone.choose('visit.yesAll')
  await next('check')
  for (const words of ['بطانيات لأم عمر', 'شارع ١٢', phone.word('visit.agreedAll')])
    await phone.isShown(words)
  await phone.button('act.save').click()
  await phone.button('visit.nextHouse').click()
  await phone.isHeaded(phone.word('visit.what'))
  await phone.choose('cat.water')
  await next('say')
  await phone.field('form.title').fill('خزان لسطح الدار')
  await next('when', 'amount', 'where')
  expect(await phone.field('form.area').inputValue()).toBe('شارع ١٢')
  await next('agree')
  await phone.choose('visit.yesFew')
  await next('check')
  await phone.button('act.save').click()
  await phone.button('visit.end').click()

  await phone.putOffKeeping()
  await phone.isShown('بطانيات لأم عمر')
  await phone.page.locator('.add-button').click()
  const first = phone.page.getByRole('dialog').getByRole('listitem').first()
  await first.getByText(phone.word('add.visit'), { exact: true }).waitFor()
  await phone.page.keyboard.press('Escape')
  await phone.openCard('خزان لسطح الدار')
  await phone.isShown(phone.word('few.title'))
  await phone.isShown(phone.word('more.consentGiven'))
  expect(phone.faults).toEqual([])
  await phone.close()
})
