/** Takes a picture of a page for the manifest: small, because a browser may fetch it on paid data before it offers to install. */

import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { palettePng } from './palette-png.ts'

/** Text on paper has few colours; more make it larger and no clearer. */
const maxColors = 64

/** Runs in the browser: gives the pixels of a PNG, four bytes each, in base64. */
const pixelsOf = async (png: string): Promise<{ rgba: string; width: number; height: number }> => {
  const image = new Image()
  image.src = `data:image/png;base64,${png}`
  await image.decode()
  const { naturalWidth: width, naturalHeight: height } = image
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context?.drawImage(image, 0, 0)
  const bytes = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return { rgba: btoa(text), width, height }
}

export const takeStorePicture = async (page: Page, path: string): Promise<void> => {
  const png = await page.screenshot({ animations: 'disabled' })
  const blank = await page.context().newPage()
  const { rgba, width, height } = await blank.evaluate(pixelsOf, png.toString('base64'))
  await blank.close()
  writeFileSync(path, palettePng(Buffer.from(rgba, 'base64'), width, height, maxColors))
}
