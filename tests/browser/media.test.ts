/** A need by voice and in pictures on the built app: made with no link, carried behind the words, heard and seen elsewhere. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BadLine } from './support/bad-line.ts'
import { BrowserPhone, launchBrowser, launchHearingBrowser } from './support/browser-phone.ts'
import { RelayProcess } from './support/relay-process.ts'
import { screenFaults } from './support/screen-rules.ts'
import type { Language } from './support/words.ts'

let browser: Browser
let relay: RelayProcess
let line: BadLine

beforeAll(async () => {
  ;[browser, relay] = await Promise.all([launchHearingBrowser(), RelayProcess.start()])
  line = await BadLine.open(relay.port)
})
afterAll(async () => {
  await browser.close()
  await line.close()
  await relay.remove()
})

/** In the place where cameras write where and by whom a picture was taken. */
const needle = 'GPS 33.3128N 44.3615E Um-Said'

/** A large photo as a camera writes it: JPEG with an Exif part that tells more than anybody wants. */
const cameraPhoto = async ({ page }: BrowserPhone): Promise<Buffer> => {
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 2400
    canvas.height = 1600
    const pen = canvas.getContext('2d')
    for (let i = 0; pen && i < 3000; i++) {
      pen.fillStyle = `hsl(${(i * 37) % 360} 60% ${30 + (i % 50)}%)`
      pen.fillRect((i * 97) % 2400, (i * 61) % 1600, 90, 60)
    }
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))
    return Array.from(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)))
  })
  const jpeg = Buffer.from(drawn)
  const exif = Buffer.from(`Exif\0\0${needle}`)
  const length = exif.length + 2
  const head = Buffer.from([0xff, 0xe1, length >> 8, length & 255])
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)])
}

const addPhoto = async (phone: BrowserPhone, count: number): Promise<void> => {
  const buffer = await cameraPhoto(phone)
  expect(buffer.includes(needle)).toBe(true)
  const photo = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer }
  await phone.page.locator('input[type=file]').setInputFiles([photo])
  await phone.page
    .locator('.photo img')
    .nth(count - 1)
    .waitFor()
}

/** As a thumb that holds; resolves when what was said can be heard again. */
const speak = async ({ page }: BrowserPhone, ms: number): Promise<void> => {
  const button = page.locator('.speak')
  await button.scrollIntoViewIfNeeded()
  const box = await button.boundingBox()
  if (!box) throw new Error('the microphone has a place')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
  await page.locator('.speak.on').waitFor()
  // time itself is what is recorded
  await page.waitForTimeout(ms)
  await page.mouse.up()
  await page.locator('.voice-play').waitFor()
}

/** Plays until a moment of it has passed; gives how long the player believes it is, seconds. */
const hear = async ({ page }: BrowserPhone): Promise<number> => {
  await page.locator('.voice-play').click()
  // on its way to learn its length the player stands at an end that is none
  const length = await page.waitForFunction(() => {
    const { currentTime = 0, duration = Number.NaN } = document.querySelector('audio') ?? {}
    return Number.isFinite(duration) && currentTime > 0.3 && currentTime <= duration && duration
  })
  return Number(await length.jsonValue())
}

/** Runs in a page before it does: keeps what is given to pictures and players. */
const keepShown = (): void => {
  const shown: Blob[] = []
  Object.assign(globalThis, { shown })
  const { createObjectURL } = URL
  URL.createObjectURL = (blob) => {
    shown.push(blob as Blob)
    return createObjectURL.call(URL, blob)
  }
}

/** Everything that this page has shown or played since it was opened. */
const shownBytes = async ({ page }: BrowserPhone): Promise<Buffer[]> => {
  const all = await page.evaluate(() => {
    const { shown } = globalThis as unknown as { shown: Blob[] }
    return Promise.all(shown.map(async (blob) => Array.from(new Uint8Array(await blob.arrayBuffer()))))
  })
  return all.map((bytes) => Buffer.from(bytes))
}

/** An exchange, as somebody asks for it who waits for an answer. */
const lookForNew = async (phone: BrowserPhone): Promise<void> => {
  await phone.go('/outbox')
  await phone.button('outbox.look').click()
  await phone.isShown(phone.word('outbox.looked'))
}

const saveData = async (phone: BrowserPhone): Promise<void> => {
  await phone.go('/settings')
  await phone.page.getByRole('checkbox', { name: phone.word('saver.title') }).click()
}

const pathOf = ({ page }: BrowserPhone): string => new URL(page.url()).pathname

const said = 'سقف الغرفة يسقط علينا'

test.each<Language>(['ar', 'en'])(
  'in %s: said and photographed with no link, it leaves later and is heard and seen on another phone, and the relay knows nothing',
  async (language) => {
    const asker = await BrowserPhone.open(browser, line.origin, { language, height: 1600 })
    await asker.found('شبكة حي الحرية', 'أم سعيد')
    const link = await asker.invite()
    const path = link.slice(link.indexOf('/#j='))
    const helper = await BrowserPhone.open(browser, line.origin, { language, path, height: 1600 })
    await helper.join('هيوا')
    await asker.isInstalled()
    await asker.context.addInitScript(keepShown)
    await asker.reload()
    await asker.context.setOffline(true)

    await asker.go('/add/need')
    await speak(asker, 1600)
    await asker.field('voice.text').fill(said)
    await addPhoto(asker, 1)
    // a form that is left is there again, with what was said and seen
    await asker.isDraftKept()
    await asker.reload()
    await asker.page.locator('.voice-play').waitFor()
    expect(await hear(asker)).toBeGreaterThan(1)
    expect(await asker.page.locator('.photo').count()).toBe(1)
    const faults = await asker.accessibilityFaults('all')
    await asker.button('act.save').click()
    await asker.putOffKeeping()
    await asker.isShown(asker.word('voice.left'))
    await asker.isShown(asker.word('photo.left_one', { count: '1' }))
    await asker.page.locator('.photo:not(.small-only) img').waitFor()
    await asker.reload()
    await asker.page.locator('.photo:not(.small-only) img').waitFor()
    const shown = await shownBytes(asker)
    expect(shown.length).toBeGreaterThan(1)
    for (const bytes of shown) expect([bytes.length < 130_000, bytes.includes(needle)]).toEqual([true, false])
    const needPath = pathOf(asker)
    faults.push(...(await asker.accessibilityFaults('all')), ...(await screenFaults(asker.page, language)))
    await asker.go('/outbox')
    await asker.isShown(asker.word('media.voice'))

    // the words leave, what lies beside them does not yet
    line.missing = /\/v1\/blob/
    await asker.context.setOffline(false)
    await asker.button('act.sendNow').click()
    await asker.page.locator('.list-row-detail').nth(2).waitFor({ state: 'detached' })
    await asker.isShown(asker.word('media.photo'))
    await lookForNew(helper)
    await helper.go(needPath)
    await helper.isShown(said)
    await helper.isShown(helper.word('voice.offline'))
    await helper.page.locator('.photo.small-only img').waitFor()

    line.missing = null
    await asker.sendAll()
    if (language === 'ar') await saveData(helper)
    await lookForNew(helper)
    await helper.go(needPath)
    expect(await hear(helper)).toBeGreaterThan(1)
    const place = helper.page.locator('.wave input')
    await place.focus()
    await helper.page.keyboard.press('Home')
    await helper.page.keyboard.press(language === 'ar' ? 'ArrowLeft' : 'ArrowRight')
    expect(await place.inputValue()).toBe('1000')
    // who saves data sees what it would cost, and touches what he wants
    const photo = language === 'ar' ? '.photo.small-only:has(.photo-cost)' : '.photo:not(.small-only)'
    await helper.page.locator(photo).click()
    await helper.page.locator('.photo-large').waitFor()
    await helper.page.locator('.photo:not(.small-only)').waitFor()
    faults.push(...(await helper.accessibilityFaults('all')), ...(await screenFaults(helper.page, language)))

    for (const text of [said, needle, 'Um-Said']) {
      expect(relay.storedBytes().includes(text)).toBe(false)
      for (const sent of [...asker.sent, ...helper.sent]) expect(sent.includes(text)).toBe(false)
    }
    expect([...faults, ...asker.faults, ...helper.faults]).toEqual([])
    await asker.close()
    await helper.close()
  },
)

test('a microphone that is not allowed is said in words, and the need can be written', async () => {
  const quiet = await launchBrowser()
  const phone = await BrowserPhone.open(quiet, relay.origin)
  await phone.found('شبكة الزقاق السابع', 'أحمد')
  await phone.go('/add/need')
  const button = phone.page.locator('.speak')
  // a key, as those press it who do not see the button
  await button.focus()
  await phone.page.keyboard.press('Enter')
  await phone.isShown(
    new RegExp(`${phone.word('voice.refused')}|${phone.word('voice.none')}|${phone.word('voice.failed')}`),
  )
  await phone.choose('cat.water')
  await phone.button('act.save').click()
  await phone.isHeaded(phone.word('cat.water'))
  expect(phone.faults).toEqual([])
  await quiet.close()
})
