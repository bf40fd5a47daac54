/** Reads bytes from anybody: every length is checked against what is left before anything is taken. */

import type { Bytes } from './bytes.ts'
import { copyBytes } from './bytes.ts'
import type { Result } from './result.ts'

class Malformed extends Error {}

/** Inside {@link read} only: what was read breaks the format. */
export const malformed = (why: string): never => {
  throw new Malformed(why)
}

export class Reader {
  readonly bytes: Uint8Array
  position = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get left(): number {
    return this.bytes.length - this.position
  }

  byte(): number {
    if (this.left < 1) malformed('cut short')
    return this.bytes[this.position++] as number
  }

  /** A copy of the next `length` bytes. */
  take(length: number): Bytes {
    if (length > this.left) malformed('cut short')
    const start = this.position
    this.position += length
    return copyBytes(this.bytes.subarray(start, this.position))
  }

  /** Unsigned LEB128 as lib0's varUint, at most 2^53 - 1 and in its one shortest form. */
  varUint(max = Number.MAX_SAFE_INTEGER): number {
    let value = 0
    let scale = 1
    for (let length = 1; ; length++) {
      const byte = this.byte()
      value += (byte & 127) * scale
      if (value > max) malformed('number too large')
      if (byte < 128) {
        if (byte === 0 && length > 1) malformed('number not in its shortest form')
        return value
      }
      if (length === 8) malformed('number too long')
      scale *= 128
    }
  }

  varBytes(max: number): Bytes {
    const length = this.varUint()
    if (length > max) malformed('too long')
    return this.take(length)
  }

  varText(maxBytes: number): string {
    const bytes = this.varBytes(maxBytes)
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      return malformed('not UTF-8')
    }
  }

  /** A count of things that take at least `bytesEach`: never more than what is left can hold. */
  count(bytesEach: number, max = Number.MAX_SAFE_INTEGER): number {
    return this.varUint(Math.min(max, Math.floor(this.left / bytesEach)))
  }

  end(): void {
    if (this.left > 0) malformed('bytes left over')
  }
}

/** Runs `parse` over the whole of `bytes`; anything short, long, or out of bounds is `malformed`. */
export const read = <Value>(
  bytes: Uint8Array,
  parse: (reader: Reader) => Value,
): Result<Value, 'malformed'> => {
  const reader = new Reader(bytes)
  try {
    const value = parse(reader)
    reader.end()
    return { ok: true, value }
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, error: 'malformed' }
    throw error
  }
}
