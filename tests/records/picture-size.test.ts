/** Which pictures of others are drawn. */

import { expect, test } from 'vitest'
import { isDrawable, pictureSize } from '../../src/records/need/picture-size.ts'

const fromHex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))

/** The first bytes of pictures of 40 × 30 pixels; Chromium's canvas writes the second and third kind. */
const lossy = fromHex('52494646 24000000 57454250 56503820 18000000 3001 00 9d012a 2800 1e00 0000')
const canvasOf = fromHex('52494646 24000000 57454250 56503858 0a000000 00000000 270000 1d0000')
const jpeg = fromHex('ffd8 ffe0 0010 4a46494600010100000100010000 ffc0 0011 08 001e 0028 03 0122')
/** 16,383 × 16,383 in 25 bytes. */
const bomb = fromHex('52494646 0d000000 57454250 5650384c 05000000 2f febfff0f')
/** A mark without a length: who takes the next bytes for one reads the small header, decoders the large one. */
const hidden = fromHex('ffd8 ff01 ffc2 0011 08 ffff ffff 03 0122 00000000 ffc0 0011 08 001e 0028 03 0122')
const jpegBomb = fromHex('ffd8 ffc2 0011 08 ffff ffff 03 0122')

test('the size of a picture is read from its first bytes', () => {
  for (const bytes of [lossy, canvasOf, jpeg]) expect(pictureSize(bytes)).toEqual({ w: 40, h: 30 })
  expect(pictureSize(bomb)).toEqual({ w: 16_383, h: 16_383 })
})

test('few bytes that would become a gigabyte are not drawn, nor what is no picture of this app', () => {
  expect([lossy, canvasOf, jpeg].map((bytes) => isDrawable(bytes, 'thumb'))).toEqual([true, true, true])
  const others = [
    bomb,
    jpegBomb,
    hidden,
    new Uint8Array(),
    fromHex('89504e470d0a1a0a'),
    jpeg.slice(0, 20),
    fromHex('ffd8ff'),
  ]
  for (const bytes of others) expect(isDrawable(bytes, 'photo')).toBe(false)
})
