/** Voice messages and pictures that another app shares, on the built app with no network at all: they become a need. */

import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { oggVoice } from '../support/ogg-voice.ts'
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

interface SentFile {
  name: string
  mimeType: string
  buffer: Buffer
}

const voiceMessage = (seconds: number): SentFile => ({
  name: 'PTT-20261112-WA0003.opus',
  mimeType: 'audio/ogg; codecs=opus',
  buffer: oggVoice(seconds),
})
/** In the place where cameras write where a picture was taken. */
const needle = 'GPS 33.3128N 44.3615E'

const photo = async ({ page }: BrowserPhone): Promise<SentFile> => {
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 900
    canvas.height = 600
    canvas.getContext('2d')?.fillRect(100, 100, 300, 200)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg'))
    return Array.from(new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0)))
  })
  const jpeg = Buffer.from(drawn)
  const exif = Buffer.from(`Exif\0\0${needle}`)
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return {
    name: 'IMG-20261112-WA0001.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]),
  }
}

const offline = async (): Promise<BrowserPhone> => {
  const phone = await BrowserPhone.open(browser, relay.origin)
  await phone.found('شبكة حي الحرية', 'زينب')
  await phone.isInstalled()
  await phone.context.setOffline(true)
  return phone
}

/** The system posts it from outside of the app, whose own pages may send no form. */
const share = async ({ page }: BrowserPhone, text: string, files: SentFile[]): Promise<void> => {
  await page.goto('about:blank')
  await page.setContent(
    `<form method="post" action="${relay.origin}/paste" enctype="multipart/form-data">
      <textarea name="text"></textarea><input type="file" name="media" multiple></form>`,
  )
  await page.locator('textarea').fill(text)
  await page.locator('input').setInputFiles(files)
  await page.evaluate(() => document.querySelector('form')?.submit())
  await page.waitForURL(/add\/need\?from=share/)
}

/** Files that wait for a form; no address of the relay holds them. */
const waiting = ({ page }: BrowserPhone): Promise<number> =>
  page.evaluate(async () => (await (await caches.open('shared-files')).keys()).length)

/** Runs in a page before it does: notes how large what is given to players and pictures is. */
const noteSizes = (): void => {
  const sizes: number[] = []
  Object.assign(globalThis, { sizes })
  const { createObjectURL } = URL
  URL.createObjectURL = (blob) => {
    sizes.push((blob as Blob).size)
    return createObjectURL.call(URL, blob)
  }
}
const sizesShown = ({ page }: BrowserPhone): Promise<unknown> =>
  page.evaluate(() => (globalThis as unknown as { sizes: number[] }).sizes)

test('a voice message with a picture and words becomes one need, saved with no link', async () => {
  const phone = await offline()
  const picture = await photo(phone)
  expect(picture.buffer.includes(needle)).toBe(true)
  await share(phone, 'محتاجين حليب اطفال، شارع ٤، ٠٧٧٠١٢٣٤٥٦٧', [voiceMessage(4), picture])
  await phone.page.locator('.voice-play').waitFor()
  await phone.page.locator('.photo img').waitFor()
  await expect.poll(() => phone.field('form.area').inputValue(), patient).toBe('شارع ٤')
  expect(await phone.field('contact.phone').inputValue()).toBe('07701234567')
  expect(new URL(phone.page.url()).hash).toBe('')
  await expect.poll(() => waiting(phone), patient).toBe(0)

  // nothing is lost by a phone that closes the app now
  await phone.isDraftKept()
  await phone.page.addInitScript(noteSizes)
  await phone.reload()
  await phone.page.locator('.voice-play').waitFor()
  await phone.button('act.save').click()
  await phone.page.waitForURL(/\/need\//)
  await phone.putOffKeeping()
  await phone.page.locator('.photo img').waitFor()
  await phone.page.locator('.voice-play').click()
  await phone.page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.2)
  // what was recorded elsewhere is not recorded anew
  expect(await sizesShown(phone)).toContain(oggVoice(4).length)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('a long voice message is cut with a word; a second one waits until the first is saved', async () => {
  const phone = await offline()
  await share(phone, '', [voiceMessage(75)])
  await phone.isShown(phone.word('shared.cut'))
  await phone.page.locator('.voice-play').waitFor()
  await share(phone, '', [voiceMessage(5)])
  await phone.isShown(phone.word('shared.waiting_one'))
  expect(await waiting(phone)).toBe(1)

  // it is found again from the place where messages are read
  await phone.isDraftKept()
  await phone.go('/paste')
  await phone.page.getByRole('link', { name: phone.word('shared.unsaved') }).click()
  await phone.isShown(phone.word('shared.waiting_one'))
  await phone.button('act.save').click()
  await expect.poll(() => waiting(phone), patient).toBe(0)
  await phone.page.locator('.voice-play').waitFor()
  await phone.button('act.save').click()
  await phone.page.waitForURL(/\/need\//)
  expect(phone.faults).toEqual([])
  await phone.close()
})

test('what is no picture and no sound stays outside, and the form says so', async () => {
  const phone = await offline()
  const broken = { ...voiceMessage(1), buffer: Buffer.from('OggS and then nothing') }
  const paper = { name: 'list.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') }
  await share(phone, '', [paper, broken])
  await phone.isShown(phone.word('shared.left_one'))
  await phone.isShown(phone.word('shared.unreadable'))
  await expect.poll(() => waiting(phone), patient).toBe(0)
  expect(await phone.page.locator('.voice-play').count()).toBe(0)
  expect(phone.faults).toEqual([])
  await phone.close()
})
