/** The bytes of a table of any hand as text: UTF-8, UTF-16 as Excel's «Unicode text», or the Arabic code page of old Windows. */

const startsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, i) => bytes[i] === byte)

/** UTF-16 without a mark: every second byte of plain marks and digits is 0. */
const wideWithoutMark = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const looked = bytes.subarray(0, 2000)
  const noughts = [0, 0]
  for (const [i, byte] of looked.entries()) if (byte === 0) noughts[i % 2] = (noughts[i % 2] ?? 0) + 1
  const [even = 0, odd = 0] = noughts
  if (odd > looked.length / 16 && even < odd / 4) return 'utf-16le'
  return even > looked.length / 16 && odd < even / 4 ? 'utf-16be' : null
}

const utf8 = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (reason) {
    // anything else is a fault of ours
    if (reason instanceof TypeError) return null
    throw reason
  }
}

/** Never fails: what is not UTF is read as windows-1256, which knows every byte. NUL is left out. */
export const decodeText = (bytes: Uint8Array): string => {
  const wide = startsWith(bytes, [0xff, 0xfe])
    ? 'utf-16le'
    : startsWith(bytes, [0xfe, 0xff])
      ? 'utf-16be'
      : wideWithoutMark(bytes)
  const text = wide
    ? new TextDecoder(wide).decode(bytes)
    : (utf8(bytes) ?? new TextDecoder('windows-1256').decode(bytes))
  return text.replaceAll('\0', '').replace(/^\ufeff/, '')
}
