/** Writes a picture of few colours as a PNG with a palette: half of what a browser's own PNG takes for the app's icons. */

import { crc32, deflateSync } from 'node:zlib'

/** Bytes of a chunk of PNG (https://www.w3.org/TR/png-3/#5Chunk-layout). */
const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

const channels = (color: number): number[] => [24, 16, 8, 0].map((shift) => (color >>> shift) & 255)

const distance = (one: number, other: number): number => {
  const others = channels(other)
  return channels(one).reduce((sum, value, i) => sum + (value - (others[i] ?? 0)) ** 2, 0)
}

/** The colours that most pixels have, and the place of each colour among them; a rarer one takes its nearest. */
const paletteOf = (
  colors: readonly number[],
  maxColors: number,
): { palette: number[]; places: Map<number, number> } => {
  const counts = new Map<number, number>()
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1)
  const palette = [...counts.keys()]
    .sort((one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0))
    .slice(0, maxColors)
  const nearest = (color: number): number => {
    const distances = palette.map((other) => distance(color, other))
    return distances.indexOf(Math.min(...distances))
  }
  return { palette, places: new Map([...counts.keys()].map((color) => [color, nearest(color)])) }
}

/** `rgba`: four bytes for each pixel, row by row, of `width` by `height` pixels. At most 256 colours. */
export const palettePng = (rgba: Buffer, width: number, height = width, maxColors = 256): Buffer => {
  const colors = Array.from({ length: width * height }, (_, i) => rgba.readUInt32BE(4 * i))
  const { palette, places } = paletteOf(colors, maxColors)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  // 8 bits for each pixel, which is a place in the palette
  header.set([8, 3], 8)
  const rows = Buffer.alloc(height * (width + 1))
  colors.forEach((color, i) => {
    rows[i + Math.floor(i / width) + 1] = places.get(color) ?? 0
  })
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => channels(color).slice(0, 3)))),
    chunk('tRNS', Buffer.from(palette.map((color) => color & 255))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
