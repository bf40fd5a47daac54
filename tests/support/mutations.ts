/** Bytes that are the same in every run: fillings, and changes of valid inputs for the fuzz tests. */
import { type Bytes, concatBytes, copyBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import { Writer } from '../../sync-server/protocol/writer.ts'

/** A generator of numbers from 0 up to, not including, `below`: mulberry32 (Tommy Ettinger, public domain). */
export type Random = (below: number) => number

export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

export const fillBytes = (length: number, seed: number): Bytes => {
  const random = randomFrom(seed)
  return Uint8Array.from({ length }, () => random(256))
}

/** 16 bytes as an id's text. */
export const fillId = (seed: number): string => toBase64url(fillBytes(16, seed))

/** Numbers at the edges of formats: of one byte, of 31, 32 and 53 bits. */
const edges = [
  0,
  1,
  2,
  63,
  64,
  127,
  128,
  255,
  256,
  16_383,
  16_384,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53 - 1,
]

const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[random(values.length)] as Value

/** A piece of the bytes: [from, to). */
const span = (random: Random, { length }: Uint8Array): [number, number] => {
  const from = random(length + 1)
  return [from, Math.min(length, from + random(random(4) === 0 ? length + 1 : 9))]
}

type Change = (bytes: Bytes, random: Random, corpus: readonly Bytes[]) => Bytes

const put = (bytes: Bytes, [from, to]: [number, number], piece: Uint8Array): Bytes =>
  concatBytes(bytes.subarray(0, from), piece, bytes.subarray(to))

const flipBits: Change = (bytes, random) => {
  const changed = copyBytes(bytes)
  for (let left = 1 + random(3); left > 0 && bytes.length > 0; left--) {
    const at = random(bytes.length)
    changed[at] = (changed[at] as number) ^ (1 << random(8))
  }
  return changed
}
const setByte: Change = (bytes, random) => {
  const changed = copyBytes(bytes)
  if (bytes.length > 0) changed[random(bytes.length)] = random(256)
  return changed
}
const truncate: Change = (bytes, random) => bytes.slice(0, random(bytes.length + 1))
const remove: Change = (bytes, random) => put(bytes, span(random, bytes), new Uint8Array())
const repeat: Change = (bytes, random) => {
  const [from, to] = span(random, bytes)
  return put(bytes, [from, from], bytes.subarray(from, to))
}
const insertNumber: Change = (bytes, random) => {
  const [from] = span(random, bytes)
  const replaced = random(2) === 0 ? from : Math.min(bytes.length, from + 1)
  return put(bytes, [from, replaced], new Writer().varUint(pick(random, edges)).bytes())
}
const insertLongNumber: Change = (bytes, random) => {
  const [from] = span(random, bytes)
  const byte = bytes[from] ?? 0
  return byte > 127 ? bytes : put(bytes, [from, from + 1], Uint8Array.of(byte | 128, 0))
}
const splice: Change = (bytes, random, corpus) => {
  const other = pick(random, corpus)
  const [from, to] = span(random, other)
  return put(bytes, span(random, bytes), other.subarray(from, to))
}
const cross: Change = (bytes, random, corpus) => {
  const other = pick(random, corpus)
  return concatBytes(bytes.subarray(0, random(bytes.length + 1)), other.subarray(random(other.length + 1)))
}
const rubbish: Change = (_, random) => Uint8Array.from({ length: random(200) }, () => random(256))

const changes = [
  flipBits,
  flipBits,
  setByte,
  truncate,
  remove,
  repeat,
  insertNumber,
  insertNumber,
  insertLongNumber,
  splice,
  splice,
  cross,
  rubbish,
]

/** A valid input with one to four changes, one time in fifty with none. */
export const mutated = (random: Random, corpus: readonly Bytes[]): Bytes => {
  let bytes = pick(random, corpus)
  if (random(50) === 0) return bytes
  const count = 1 + random(random(2) === 0 ? 1 : 4)
  for (let i = 0; i < count; i++) bytes = pick(random, changes)(bytes, random, corpus)
  return bytes
}
