/** Cuts an Ogg recording, as messengers write voice notes, at the end of a page: nothing is decoded and nothing written anew. */

/** Of an Ogg page before its table of segments (RFC 3533, section 6). */
const headBytes = 27
const samplesPerMs = 48

const textAt = (bytes: Uint8Array, from: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[from + i] === letter.charCodeAt(0))

/** Bytes of the page that begins there, head and all; null where no whole page does. */
const pageBytes = (bytes: Uint8Array, from: number): number | null => {
  const segments = bytes[from + headBytes - 1]
  if (!textAt(bytes, from, 'OggS') || segments === undefined) return null
  const table = bytes.subarray(from + headBytes, from + headBytes + segments)
  const length = headBytes + segments + table.reduce((sum, bytesOfSegment) => sum + bytesOfSegment, 0)
  return from + length <= bytes.length ? length : null
}

/**
 * The whole pages whose sound ends within `maxMs` and `maxBytes`; null for what is no Opus in Ogg. An Opus stream counts
 * 48,000 samples a second, whatever it was recorded at (RFC 7845, section 4).
 */
export const cutOgg = (
  bytes: Uint8Array<ArrayBuffer>,
  { maxMs, maxBytes }: { maxMs: number; maxBytes: number },
): Uint8Array<ArrayBuffer> | null => {
  const first = pageBytes(bytes, 0)
  if (first === null || !textAt(bytes, headBytes + (bytes[headBytes - 1] ?? 0), 'OpusHead')) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = first
  while (end < bytes.length) {
    const length = pageBytes(bytes, end)
    if (length === null || end + length > maxBytes) break
    // -1: no packet ends on this page
    if (view.getBigInt64(end + 6, true) > maxMs * samplesPerMs) break
    end += length
  }
  return bytes.slice(0, end)
}
