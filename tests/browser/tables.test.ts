/** Tables in and out on the built app: another hand's file becomes needs, and a list leaves without names or with a reason. */

import { readFile } from 'node:fs/promises'
import type { Browser, Download } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BrowserPhone, launchBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'

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

const table = `الاسم;رقم الهاتف;الاحتياج;العدد;الحي;الأولوية
أم نور;07701234567;بطانيات شتوية;5;شارع ١٢ بيت ٤;عاجل
أبو كرم;7.70123E+09;دواء ضغط;1;حي الزهور;
بيت أم عمر;;"سلة غذائية; كاملة";2;شارع ١٢;هذا الأسبوع
بيت أم عمر;;"سلة غذائية; كاملة";2;شارع ١٢;هذا الأسبوع
`

const give = async (phone: BrowserPhone, name: string, bytes: Buffer): Promise<void> => {
  await phone.go('/import')
  await phone.field('import.choose').setInputFiles({ name, mimeType: 'text/csv', buffer: bytes })
}

const text = async (download: Download): Promise<string> => readFile(await download.path(), 'utf8')

test('a table becomes needs, and a list of them leaves without names, or with names, a reason and a mark', async () => {
  const zeinab = await BrowserPhone.open(browser, relay.origin)
  await zeinab.found('شبكة حي الحرية', 'زينب')
  const link = await zeinab.invite()
  // on paper, also of a dark phone: the code and the link in black on white, and nothing to press
  const { page } = zeinab
  const ground = (selector: string) =>
    page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor)
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  expect(await ground('body')).toBe('rgb(255, 255, 255)')
  expect(await page.locator('.qr').isVisible()).toBe(true)
  expect(await page.getByText(/#j=/).isVisible()).toBe(true)
  expect(await page.locator('.button, .action-bar, .bottom-bar').filter({ visible: true }).count()).toBe(0)
  // a camera reads it where the phone forces its colours, too
  await page.emulateMedia({ media: null, forcedColors: 'active' })
  expect(await ground('body')).toBe('rgb(0, 0, 0)')
  expect(await ground('.qr')).toBe('rgb(255, 255, 255)')
  await page.emulateMedia({ colorScheme: null, forcedColors: null })
  const ahmad = await BrowserPhone.open(browser, relay.origin, { path: link.slice(link.indexOf('/#j=')) })
  await ahmad.join('أحمد')
  await zeinab.isInstalled()
  await zeinab.context.setOffline(true)

  await give(zeinab, 'حاجات.csv', Buffer.from(table))
  await zeinab.isShown(zeinab.word('import.wrong_one'))
  await zeinab.isShown(zeinab.word('import.phoneCut'))
  await zeinab.isShown(zeinab.word('import.known_one'))
  await zeinab.isShown(zeinab.word('import.above'))
  await zeinab.isShown(zeinab.word('import.new_two'))
  await zeinab.page.setViewportSize({ width: 320, height: 2400 })
  zeinab.faults.push(...(await screenFaults(zeinab.page, 'ar')))
  await zeinab.page.getByRole('button', { name: zeinab.word('import.write_two') }).click()
  await zeinab.isShown(zeinab.word('import.finished_two'))
  await zeinab.openCard('بطانيات شتوية')
  await zeinab.isShown('07701234567')

  await zeinab.go('/export')
  await zeinab.button('export.make').click()
  await zeinab.isShown(zeinab.word('export.made_two'))
  const plain = await Promise.all([
    zeinab.page.waitForEvent('download'),
    zeinab.button('export.file').click(),
  ])
  const told = await text(plain[0])
  expect(told.startsWith('\ufeff')).toBe(true)
  expect(told).not.toMatch(/نور|عمر|0770|بيت|زينب|بطانيات/)
  expect(told).toContain('شارع ١٢')

  await zeinab.choose('export.full')
  await zeinab.button('export.make').click()
  await zeinab.isShown(zeinab.word('err.required'))
  expect(await zeinab.button('export.file').count()).toBe(0)
  await zeinab.field('export.why').fill('توزيع الخميس')
  await zeinab.button('export.make').click()
  await zeinab.isShown(zeinab.word('export.made_two'))
  const full = await Promise.all([zeinab.page.waitForEvent('download'), zeinab.button('export.file').click()])
  expect(full[0].suggestedFilename()).toMatch(/زينب.*\.csv$/)
  zeinab.faults.push(...(await screenFaults(zeinab.page, 'ar')))
  const names = await text(full[0])
  expect(names).toMatch(/^\ufeff"?# [^\n]*زينب[^\n]*توزيع الخميس/)
  expect(names).toContain('0770 123 4567')

  // printed: the same lines over the table, which a browser repeats on each page
  await zeinab.page.evaluate(() => {
    globalThis.print = () => document.body.setAttribute('data-printed', 'yes')
  })
  await zeinab.button('export.print').click()
  await zeinab.page.locator('body[data-printed]').waitFor()
  await zeinab.page.emulateMedia({ media: 'print' })
  const sheet = zeinab.page.locator('.print-sheet')
  expect(await sheet.isVisible()).toBe(true)
  expect(await zeinab.page.locator('h1').first().isVisible()).toBe(false)
  expect(await sheet.locator('thead').textContent()).toMatch(/زينب[\s\S]*توزيع الخميس/)
  expect(await sheet.locator('tbody tr').count()).toBe(2)
  await zeinab.page.emulateMedia({ media: null })

  // others see that it was done, and cannot do it
  await zeinab.context.setOffline(false)
  await zeinab.sendAll()
  await ahmad.sendAll()
  await ahmad.go('/export')
  await ahmad.isShown('توزيع الخميس')
  expect(await ahmad.page.getByText(ahmad.word('export.full'), { exact: true }).count()).toBe(0)

  // the list of one network is the table of another
  const far = await BrowserPhone.open(browser, relay.origin)
  await far.found('شبكة أخرى', 'سلمى')
  await give(far, 'from-zeinab.csv', Buffer.from(names))
  await far.isShown(far.word('import.new_two'))
  await far.page.getByRole('button', { name: far.word('import.write_two') }).click()
  await far.isShown(far.word('import.finished_two'))
  await far.openCard('بطانيات شتوية')
  await far.isShown('07701234567')
  await far.isShown('أم نور')
  for (const phone of [zeinab, ahmad, far]) {
    expect(phone.faults).toEqual([])
    await phone.close()
  }
})

/** As an app that was closed between a batch and the word that it is written leaves it. */
const forgetLastBatch = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('tadamun')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const drafts = opening.result.transaction('drafts', 'readwrite').objectStore('drafts')
      const reading = drafts.getAll()
      reading.onsuccess = () => {
        const row = reading.result.find(({ key }) => /^import\.[^.]+$/.test(key))
        const { done, open } = row.value
        const value = { ...row.value, done: done - 20, open: { rows: 20, ownBefore: done - 20 } }
        drafts.put({ ...row, value: open ? row.value : value })
        drafts.transaction.oncomplete = () => {
          opening.result.close()
          resolve(done)
        }
      }
    }
  })

const titlesHere = async (): Promise<string[]> => {
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
  const opening = indexedDB.open(
    names.find((each) => /^tadamun-/.test(each) && !each.includes('-room-')) ?? '',
  )
  const rows = await new Promise<{ title: string }[]>((resolve) => {
    opening.onsuccess = () => {
      const reading = opening.result.transaction('needs').objectStore('needs').getAll()
      reading.onsuccess = () => resolve(reading.result)
    }
  })
  opening.result.close()
  return rows.map(({ title }) => title)
}

test('a table in the code page of old Windows is written to its end, once, though the app is closed in between', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('شبكة الزقاق', 'زينب')
  const many = 400
  // «حليب» and a number: needs that nobody takes for one
  const rows = Array.from({ length: many }, (_, i) => [
    ...[0xcd, 0xe1, 0xed, 0xc8, 0x20],
    ...Buffer.from(`${i * 7919}${i}\t${i + 1}\tStreet ${i}\r\n`),
  ])
  await give(phone, 'old.txt', Buffer.from([...Buffer.from('need\tqty\tarea\r\n'), ...rows.flat()]))
  await phone.page.getByRole('button', { name: /^كتابة/ }).click()
  await phone.isShown(/كُتبت \u2068?[١-٩]/)
  await phone.reload()
  await phone.button('import.goOn').waitFor()
  expect(await phone.page.evaluate(forgetLastBatch)).toBeLessThan(many)
  await phone.reload()
  await phone.button('import.goOn').click()
  await phone.page.getByText(/محفوظة? على هاتفك/).waitFor({ timeout: 60_000 })
  const titles = await phone.page.evaluate(titlesHere)
  expect(titles.every((title) => title.startsWith('حليب'))).toBe(true)
  expect(titles.length).toBe(many)
  expect(new Set(titles).size).toBe(many)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('what is no table says so in words, and hostile bytes break nothing', async () => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('شبكة الساحة', 'زينب')
  await give(phone, 'book.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0]))
  await phone.isShown(phone.word('import.workbook'))
  await give(phone, 'nothing.csv', Buffer.from('\r\n,,\r\n'))
  await phone.isShown(phone.word('import.empty'))
  await give(
    phone,
    'line.csv',
    Buffer.from(`title,phone\n"=HYPERLINK(""http://x"")",${'9'.repeat(1_000_000)}\n\0\0,\u0000`),
  )
  await phone.isShown(phone.word('import.wrong_one'))
  expect(phone.faults).toEqual([])
  await phone.close()
})
