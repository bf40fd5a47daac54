/** How fast bytes go from screen to camera: with the real encoder and decoder, and a camera that misses much. */
import { decodeQR } from 'qr/decode.js'
import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { createQrCollector, splitToQrParts } from '../../src/sync/qr-parts.ts'
import { copyBytes } from '../../sync-server/protocol/bytes.ts'
import { fillBytes } from '../support/mutations.ts'

/** The pace of `components/qr-sequence.tsx`, and pictures that an old phone looks at in a second. */
const codesPerSecond = 5
const looksPerSecond = 8

/** The code as a camera has it: grey, five dots to a module. */
const picture = (text: string) => {
  const { data, size } = encode(text, { ecc: 'L', border: 4 })
  const scale = 5
  const width = size * scale
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255)
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++)
      if (data[Math.floor(y / scale)]?.[Math.floor(x / scale)]) pixels.set([40, 40, 40], (y * width + x) * 4)
  return { data: pixels, width, height: width }
}

test('sixteen kilobytes are over at more than one a second, though every fourth picture shows nothing', async () => {
  const bytes = copyBytes(fillBytes(16_000, 1))
  const parts = (await splitToQrParts(bytes)) ?? []
  const collector = createQrCollector()
  const read = new Map<number, string>()
  let looks = 0
  let progress = { got: 0, count: parts.length }
  while (progress.got < progress.count && looks < 1000) {
    const at = Math.floor((looks / looksPerSecond) * codesPerSecond) % parts.length
    looks++
    if (looks % 4 === 0) continue
    if (!read.has(at)) read.set(at, decodeQR(picture(String(parts[at]))))
    progress = collector.take(String(read.get(at))) ?? progress
  }
  expect(await collector.finish()).toEqual(bytes)
  const perSecond = bytes.length / (looks / looksPerSecond)
  expect(perSecond).toBeGreaterThan(1000)
})
