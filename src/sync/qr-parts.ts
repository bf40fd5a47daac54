/** Bytes as a sequence of QR codes: numbered, shown over and over, read in any order; one phone's light to another's eye. */

import { type Bytes, concatBytes, sha256 } from '../../sync-server/protocol/bytes.ts'

/**
 * A part is `T`, six signs that name the set, two each for its number and their count, then its bytes: base32 (RFC 4648
 * section 6) without padding, because QR codes pack capitals and digits into 5.5 bits (ISO/IEC 18004, alphanumeric mode)
 * and no chat or clipboard changes them.
 */
const mark = 'T'
const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const signValues = new Map(Array.from(signs, (sign, value) => [sign, value] as const))
const idSigns = 6
const numberSigns = 2
const headSigns = mark.length + idSigns + 2 * numberSigns
/** Two signs hold ten bits. */
const maxParts = 1023

/** 65 modules a side (version 12, level L): a cheap camera reads it at arm's length off a small screen. */
const smallPartBytes = 320
/** 85 modules a side (version 17): for more than forty small ones, where time matters more. */
const largePartBytes = 560
const smallSetBytes = 40 * smallPartBytes

/** What fits: more does not go by light in a time that anybody would wait. */
export const maxQrBytes = maxParts * largePartBytes

const toBase32 = (bytes: Uint8Array): string => {
  let text = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += signs[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + signs[(held << (5 - bits)) & 31] : text
}

/** null for a sign that is none. */
const fromBase32 = (text: string): Bytes | null => {
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8))
  let held = 0
  let bits = 0
  let at = 0
  for (const sign of text) {
    const value = signValues.get(sign)
    if (value === undefined) return null
    held = (held << 5) | value
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes[at++] = held >> bits
      held &= (1 << bits) - 1
    }
  }
  return bytes
}

const numberToSigns = (value: number): string => `${signs[value >> 5]}${signs[value & 31]}`
const signsToNumber = (text: string): number =>
  [...text].reduce((sum, sign) => sum * 32 + (signValues.get(sign) ?? Number.NaN), 0)

/** Thirty bits of SHA-256: names the set and proves that it was put together rightly. */
const setIdOf = async (bytes: Bytes): Promise<string> =>
  toBase32((await sha256(bytes)).subarray(0, 4)).slice(0, idSigns)

/** Texts of QR codes in their order; null for nothing, or more than {@link maxQrBytes}. */
export const splitToQrParts = async (bytes: Bytes): Promise<string[] | null> => {
  if (bytes.length === 0 || bytes.length > maxQrBytes) return null
  const partBytes = bytes.length > smallSetBytes ? largePartBytes : smallPartBytes
  const id = await setIdOf(bytes)
  const count = Math.ceil(bytes.length / partBytes)
  return Array.from({ length: count }, (_, index) => {
    const part = bytes.subarray(index * partBytes, (index + 1) * partBytes)
    return `${mark}${id}${numberToSigns(index)}${numberToSigns(count)}${toBase32(part)}`
  })
}

interface QrPart {
  id: string
  index: number
  count: number
  bytes: Bytes
}

const parsePart = (text: string): QrPart | null => {
  if (!text.startsWith(mark) || text.length <= headSigns) return null
  const id = text.slice(1, 1 + idSigns)
  const index = signsToNumber(text.slice(1 + idSigns, 1 + idSigns + numberSigns))
  const count = signsToNumber(text.slice(1 + idSigns + numberSigns, headSigns))
  const bytes = fromBase32(text.slice(headSigns))
  // NaN compares false with everything
  if (bytes === null || bytes.length === 0 || !(index < count) || bytes.length > largePartBytes) return null
  return { id, index, count, bytes }
}

export interface QrProgress {
  /** parts that are here, of `count` */
  got: number
  count: number
}

export interface QrCollector {
  /** null for a text that is no part; a part of another set begins anew with that one */
  take(text: string): QrProgress | null
  /** null until all are here, and for a set that does not fit together: that one is forgotten */
  finish(): Promise<Bytes | null>
}

export const createQrCollector = (): QrCollector => {
  let id = ''
  let count = 0
  let parts = new Map<number, Bytes>()
  return {
    take(text) {
      const part = parsePart(text.trim())
      if (!part) return null
      if (part.id !== id || part.count !== count) {
        id = part.id
        count = part.count
        parts = new Map()
      }
      parts.set(part.index, part.bytes)
      return { got: parts.size, count }
    },
    async finish() {
      if (count === 0 || parts.size < count) return null
      const [wantedId, held] = [id, parts]
      const whole = concatBytes(...Array.from({ length: count }, (_, index) => held.get(index) as Bytes))
      if ((await setIdOf(whole)) === wantedId) return whole
      if (parts === held) parts = new Map()
      return null
    },
  }
}
