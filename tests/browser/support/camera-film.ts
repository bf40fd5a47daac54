/** A film for Chromium's camera: QR codes read off another phone's screen, as a y4m file. */

import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'

/** Rows of modules, true for dark; with their quiet zone. */
export type Matrix = readonly (readonly boolean[])[]

/** What the drawing of a code says: the path of `components/qr-code.tsx`. */
const toMatrix = ({ path, size }: { path: string; size: number }): Matrix => {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    const row = rows[Number(y)]
    if (row) row[Number(x)] = true
  }
  return rows
}

/** Every code that the screen shows, and no less than it says there are. */
export const codesOnScreen = async (page: Page): Promise<Matrix[]> => {
  await page.locator('svg.qr').waitFor()
  const drawn = await page.evaluate(async () => {
    const seen = new Map<string, { path: string; size: number }>()
    const look = () => {
      const svg = document.querySelector('svg.qr')
      const path = svg?.querySelector('path')?.getAttribute('d') ?? ''
      const size = Number(svg?.getAttribute('viewBox')?.split(' ')[2])
      const isNew = !seen.has(path)
      seen.set(path, { path, size })
      return { path, isNew }
    }
    const first = look().path
    const parts = Number(document.querySelector<HTMLElement>('[data-parts]')?.dataset.parts ?? 1)
    if (parts < 2) return [...seen.values()]
    await new Promise<void>((resolve) => {
      const watching = new MutationObserver(() => {
        // a busy page may skip one of a round: until it comes in the next
        if (look().path !== first || seen.size < parts) return
        watching.disconnect()
        resolve()
      })
      watching.observe(document.body, { subtree: true, attributes: true, childList: true })
    })
    return [...seen.values()]
  })
  return drawn.map(toMatrix)
}

const [width, height] = [640, 480]
const paperLuma = 200
const inkLuma = 30

/** One picture, YUV 4:2:0: the code in the middle of grey paper, as large as fits. */
const frameOf = (matrix: Matrix): Buffer => {
  const luma = Buffer.alloc(width * height, paperLuma)
  const scale = Math.floor(height / matrix.length)
  const [startX, startY] = [(width - matrix.length * scale) >> 1, (height - matrix.length * scale) >> 1]
  matrix.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (!dark) return
      for (let line = 0; line < scale; line++) {
        const at = (startY + y * scale + line) * width + startX + x * scale
        luma.fill(inkLuma, at, at + scale)
      }
    })
  })
  return Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)])
}

/** As fast as the screen changes; Chromium plays it over and over. */
const framesPerSecond = 6

export const writeFilm = (file: string, codes: readonly Matrix[]): void => {
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`)
  writeFileSync(file, Buffer.concat([head, ...codes.map(frameOf)]))
}
