/** Messages become needs on the built app: pasted, or shared in by another app, with no network at all. */

import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'

/** A busy machine is slower than the second that a poll has. */
const patient = { timeout: 15_000 }

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

const offline = async (): Promise<BrowserPhone> => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('شبكة حي الحرية', 'زينب')
  await phone.isInstalled()
  await phone.context.setOffline(true)
  return phone
}

const chat = `[١٢/١١/٢٠٢٦، ٩:١٥ ص] أم نور: السلام عليكم، محتاجين خمس بطانيات شارع ١٢ ضروري ٠٧٧٠١٢٣٤٥٦٧
[١٢/١١/٢٠٢٦، ٩:١٧ ص] حجي كريم: دواء ضغط لأمي، حي الزهور`

test('a pasted chat is two needs; each is corrected and saved, and its phone is under the lock', async () => {
  const phone = await offline()
  await phone.go('/board')
  await phone.button('act.add').click()
  await phone.page.getByRole('link', { name: phone.word('act.paste') }).click()
  await phone.field('paste.text').fill(chat)
  await phone.button('paste.read').click()
  await phone.isShown(phone.word('paste.found_two'))

  const review = phone.page.getByRole('button', { name: new RegExp(`^${phone.word('paste.review')}`) })
  await review.first().click()
  await phone.page.waitForURL(/add\/need/)
  await expect.poll(() => phone.field('form.title').inputValue(), patient).toBe('بطانيات')
  expect(await phone.field('form.quantity').inputValue()).toMatch(/^[5٥]$/)
  expect(await phone.field('form.area').inputValue()).toBe('شارع ١٢')
  expect(await phone.field('contact.phone').inputValue()).toBe('07701234567')
  expect(await phone.field('contact.name').inputValue()).toBe('أم نور')
  await phone.field('form.title').fill('بطانيات شتوية')
  // the message names people: it is read here, and kept only by choice
  expect(await phone.page.locator('.quoted').textContent()).toContain('محتاجين خمس بطانيات')
  const keep = phone.page.getByRole('checkbox', { name: phone.word('more.keepOriginal') })
  expect(await keep.isChecked()).toBe(false)
  await phone.isShown(phone.word('more.originalForAll'))
  await phone.button('act.save').click()
  await phone.page.waitForURL(/paste$/)
  await phone.putOffKeeping()

  // what was saved is marked, also after the page is opened anew
  await phone.isDraftKept()
  await phone.reload()
  await phone.isShown(phone.word('state.saved'))
  expect(await review.count()).toBe(1)
  await phone.page.getByRole('link', { name: phone.word('paste.see') }).click()
  await phone.isHeaded('بطانيات شتوية')
  expect(await phone.page.locator('.quoted').count()).toBe(0)

  await phone.go('/paste')
  await review.click()
  await phone.page.waitForURL(/add\/need/)
  await keep.check({ force: true })
  await phone.button('act.save').click()
  await phone.page.waitForURL(/paste$/)
  await phone.page
    .getByRole('link', { name: phone.word('paste.see') })
    .last()
    .click()
  await phone.page.waitForURL(/\/need\//)
  await phone.page.getByText(phone.word('more.original')).first().click()
  expect(await phone.page.locator('.quoted').textContent()).toContain('دواء ضغط')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('an offer in a chat is saved as one and marked; an offer that was being written stays as it was', async () => {
  const phone = await offline()
  await phone.go('/add/offer')
  await phone.field('form.title').fill('دروس رياضيات')
  await phone.isDraftKept()
  await phone.go('/paste')
  await phone.field('paste.text').fill('عندي سيارة أقدر أوصل المرضى للمستشفى، شارع ١٢')
  await phone.button('paste.read').click()
  await phone.isShown(phone.word('paste.found_one'))
  await phone.page.getByRole('button', { name: new RegExp(`^${phone.word('paste.review')}`) }).click()
  await phone.page.waitForURL(/add\/offer\?from=paste/)
  await expect.poll(() => phone.field('form.title').inputValue(), patient).toMatch(/سيارة/)
  await phone.choose('offer.standing')
  await phone.page.getByRole('checkbox').first().check({ force: true })
  await phone.button('act.save').click()
  await phone.page.waitForURL(/paste$/)
  await phone.putOffKeeping()
  await phone.isShown(phone.word('state.saved'))
  await phone.page.getByRole('link', { name: phone.word('paste.see') }).click()
  await phone.page.waitForURL(/\/offer\//)

  await phone.go('/add/offer')
  await expect.poll(() => phone.field('form.title').inputValue(), patient).toBe('دروس رياضيات')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('what another app shares is read on the phone, and no relay sees it', async () => {
  const phone = await offline()
  const text = 'محتاجين حليب اطفال رقم 2 عدد 4 علب & بسرعة #شارع ٤'
  // the system posts it from outside of the app, whose own pages may send no form
  await phone.page.goto('about:blank')
  await phone.page.setContent(
    `<form method="post" action="${relay.origin}/paste" enctype="multipart/form-data"><textarea name="text"></textarea></form>`,
  )
  await phone.page.locator('textarea').fill(text)
  await phone.page.evaluate(() => document.querySelector('form')?.submit())
  await phone.isShown(phone.word('paste.found_one'))
  expect(await phone.field('paste.text').inputValue()).toBe(text)
  await phone.isShown(phone.word('cat.children'))
  expect(new URL(phone.page.url()).hash).toBe('')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a link replaces no message that is not finished without asking', async () => {
  const phone = await offline()
  const openSent = async (text: string) => {
    await phone.page.goto('about:blank')
    await phone.go(`/paste#t=${encodeURIComponent(text)}`)
  }
  await openSent(chat)
  await phone.isShown(phone.word('paste.found_two'))
  await phone.isDraftKept()
  await openSent('نبيع ساعات')
  await phone.isShown(phone.word('paste.replaceAsk'))
  expect(await phone.field('paste.text').inputValue()).toBe(chat)
  await phone.button('act.dismiss').click()
  await phone.isShown(phone.word('paste.found_two'))
  await openSent('محتاجين حليب أطفال')
  await phone.isShown(phone.word('paste.replaceAsk'))
  await phone.page
    .getByRole('dialog')
    .getByRole('button', { name: phone.word('paste.read') })
    .click()
  await phone.isShown(phone.word('paste.found_one'))
  expect(await phone.field('paste.text').inputValue()).toBe('محتاجين حليب أطفال')
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a need is a picture of at most 60 kB without the phone in its text', async () => {
  const phone = await offline()
  await phone.go('/add/need')
  await phone.choose('cat.medicine')
  await phone.field('form.title').fill('إنسولين لانتوس لأمي ٠٧٧٠١٢٣٤٥٦٧')
  await phone.field('form.details').fill('قلمان في الشهر، ويُحفظ بارداً. '.repeat(20))
  await phone.button('act.save').click()
  await phone.page.waitForURL(/\/need\//)
  await phone.putOffKeeping()
  const coming = phone.page.waitForEvent('download')
  await phone.button('act.picture').click()
  const bytes = await readFile(await (await coming).path())
  expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
  expect(bytes.length).toBeLessThanOrEqual(60_000)
  expect(phone.faults).toEqual([])
  await phone.close()
})
