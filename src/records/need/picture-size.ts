/**
 * How large a picture becomes when it is drawn, read from its first bytes: 40 bytes of WebP can say 16,383 × 16,383 pixels,
 * and a small phone that draws them ends.
 */

type Size = { w: number; h: number }

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8)
const bigWord = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
const says = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))

/** RFC 9649: the first chunk is lossy, lossless, or says the canvas, which holds all that is in it. */
const webpSize = (bytes: Uint8Array): Size | null => {
  if (says(bytes, 12, 'VP8 ')) return { w: word(bytes, 26) & 0x3fff, h: word(bytes, 28) & 0x3fff }
  if (says(bytes, 12, 'VP8L')) {
    const [low, high] = [word(bytes, 21), word(bytes, 23)]
    return { w: (low & 0x3fff) + 1, h: (((high << 2) | (low >> 14)) & 0x3fff) + 1 }
  }
  if (!says(bytes, 12, 'VP8X')) return null
  return {
    w: (word(bytes, 24) | ((bytes[26] ?? 0) << 16)) + 1,
    h: (word(bytes, 27) | ((bytes[29] ?? 0) << 16)) + 1,
  }
}

/** ITU T.81: the frame header (SOF) stands behind segments that each say how long they are. */
const jpegSize = (bytes: Uint8Array): Size | null => {
  for (
    let at = 2;
    at + 9 <= bytes.length && bytes[at] === 0xff;
    at += 2 + Math.max(2, bigWord(bytes, at + 2))
  ) {
    const marker = bytes[at + 1] ?? 0
    // what has no length would let a decoder see another header than is read here
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9) || marker === 0xff) return null
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { w: bigWord(bytes, at + 7), h: bigWord(bytes, at + 5) }
  }
  return null
}

/** In pixels; null for what is neither WebP nor JPEG, the two that the app writes. */
export const pictureSize = (bytes: Uint8Array): Size | null => {
  if (says(bytes, 0, 'RIFF') && says(bytes, 8, 'WEBP')) return webpSize(bytes)
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSize(bytes) : null
}

/** Twice what the app makes of a photo, and of the small one in the record. */
const maxSide = { photo: 2560, thumb: 80 } as const

/** Whether it may be drawn. */
export const isDrawable = (bytes: Uint8Array, as: keyof typeof maxSide): boolean => {
  const size = pictureSize(bytes)
  return size !== null && size.w > 0 && size.h > 0 && Math.max(size.w, size.h) <= maxSide[as]
}
