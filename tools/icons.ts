/** Draws the app's icons: public/icons/icon.svg, and PNGs of it in each size and purpose by a Chromium on this machine. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { palettePng } from './palette-png.ts'
import { root } from './root.ts'

const folder = join(root, 'public', 'icons')

/** Two houses under one line, the smaller leaning on the larger: strokes on a field of 64. */
const houses = `<path d="M10.5 50V32.5L23 22l5.6 4.7"/><path d="M27 50V29L40.5 17 54 29v21"/><path d="M8 50h48"/><path d="M40.500 43.500c-3.800-2.600-6-4.700-6-7.300a3.200 3.200 0 0 1 6-1.500 3.200 3.200 0 0 1 6 1.500c0 2.600-2.200 4.700-6 7.300Z" class="heart"/>`

const purposes = {
  any: { scale: 0.92, corner: 14, field: '#0F6B5C', line: '#FFFFFF', heart: '#F2B75C' },
  // the safe zone of a maskable icon is a circle of 80 % (https://w3c.github.io/manifest/#icon-masks)
  maskable: { scale: 0.72, corner: 0, field: '#0F6B5C', line: '#FFFFFF', heart: '#F2B75C' },
  monochrome: { scale: 0.86, corner: 0, field: 'none', line: '#000000', heart: '#000000' },
} as const

type Purpose = keyof typeof purposes

const drawing = (purpose: Purpose): string => {
  const { scale, corner, field, line, heart } = purposes[purpose]
  const shift = 32 - 32 * scale
  const body = houses.replace('class="heart"', `fill="${heart}" stroke="none"`)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="${corner}" fill="${field}"/><g transform="translate(${shift} ${shift - 1}) scale(${scale})" fill="none" stroke="${line}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">${body}</g></svg>`
}

/** Runs in the browser: gives the pixels, four bytes each, in base64. */
const paint = async ({ svg, size }: { svg: string; size: number }): Promise<string> => {
  const image = new Image()
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`
  await image.decode()
  const context = new OffscreenCanvas(size, size).getContext('2d')
  context?.drawImage(image, 0, 0, size, size)
  const bytes = context?.getImageData(0, 0, size, size).data ?? []
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'icon.svg'), `${drawing('any')}\n`)

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
})
try {
  const page = await browser.newPage()
  for (const purpose of Object.keys(purposes) as Purpose[]) {
    for (const size of [192, 512]) {
      const rgba = await page.evaluate(paint, { svg: drawing(purpose), size })
      writeFileSync(join(folder, `${purpose}-${size}.png`), palettePng(Buffer.from(rgba, 'base64'), size))
    }
  }
} finally {
  await browser.close()
}
