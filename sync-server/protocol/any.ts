/** lib0's `any` encoding, read within bounds: lib0's own reader overflows the stack at 8,000 levels within 16 KiB. */

import * as encoding from 'lib0/encoding'
import { type Bytes, copyBytes } from './bytes.ts'
import { malformed, type Reader, read } from './reader.ts'
import type { Result } from './result.ts'

const maxDepth = 8
const maxTextBytes = 16 * 1024

/** What lib0's `any` can carry, without undefined inside objects. */
export type AnyValue =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly AnyValue[]
  | { readonly [key: string]: AnyValue }

/** The bytes of a value; the caller gives plain data (what came from a schema). */
export const encodeAny = (value: AnyValue): Bytes => {
  const encoder = encoding.createEncoder()
  encoding.writeAny(encoder, value as Parameters<typeof encoding.writeAny>[1])
  return copyBytes(encoding.toUint8Array(encoder))
}

/** lib0's varInt: bit 8 = more, bit 7 of the first byte = sign, then 6, 7, 7 … bits. */
const readVarInt = (reader: Reader): number => {
  const first = reader.byte()
  let value = first & 63
  let scale = 64
  let more = first > 127
  for (let length = 1; more; length++) {
    if (length === 8) malformed('number too long')
    const byte = reader.byte()
    value += (byte & 127) * scale
    if (value > Number.MAX_SAFE_INTEGER) malformed('number too large')
    scale *= 128
    more = byte > 127
  }
  return first & 64 ? -value : value
}

const readFloat = (reader: Reader, bytes: 4 | 8): number => {
  const view = new DataView(reader.take(bytes).buffer)
  return bytes === 4 ? view.getFloat32(0, false) : view.getFloat64(0, false)
}

const readObject = (reader: Reader, depth: number): Record<string, unknown> => {
  const object: Record<string, unknown> = {}
  const count = reader.count(2)
  for (let i = 0; i < count; i++) {
    const key = reader.varText(256)
    if (key === '__proto__' || Object.hasOwn(object, key)) malformed('key not allowed')
    object[key] = readValue(reader, depth + 1)
  }
  return object
}

const readArray = (reader: Reader, depth: number): unknown[] => {
  const array: unknown[] = []
  const count = reader.count(1)
  for (let i = 0; i < count; i++) array.push(readValue(reader, depth + 1))
  return array
}

const readValue = (reader: Reader, depth: number): unknown => {
  if (depth > maxDepth) malformed('too deep')
  switch (127 - reader.byte()) {
    case 0:
      return undefined
    case 1:
      return null
    case 2:
      return readVarInt(reader)
    case 3:
      return readFloat(reader, 4)
    case 4:
      return readFloat(reader, 8)
    case 5:
      return new DataView(reader.take(8).buffer).getBigInt64(0, false)
    case 6:
      return false
    case 7:
      return true
    case 8:
      return reader.varText(maxTextBytes)
    case 9:
      return readObject(reader, depth)
    case 10:
      return readArray(reader, depth)
    case 11:
      return reader.varBytes(maxTextBytes)
    default:
      return malformed('unknown type')
  }
}

/** One value, at most 8 levels deep, no `__proto__`, no key twice, nothing after it. */
export const readBoundedAny = (bytes: Uint8Array): Result<unknown, 'malformed'> =>
  read(bytes, (reader) => readValue(reader, 1))

/** A plain object, or null: for reading fields of what somebody else wrote. */
export const asObject = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
    ? (value as Record<string, unknown>)
    : null
