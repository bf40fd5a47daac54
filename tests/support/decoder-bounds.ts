/** Counts the steps of a decoder: how often it read, and how many bytes it copied. */
import { Reader } from '../../sync-server/protocol/reader.ts'

export interface Bounded<Value> {
  result: Value
  /** single bytes that were looked at */
  reads: number
  /** bytes that were copied out */
  copied: number
}

/** Runs a decoder with its reader counted; nothing else may run meanwhile (decoders are synchronous). */
export const parseWithin = <Value>(
  bytes: Uint8Array,
  parse: (bytes: Uint8Array) => Value,
): Bounded<Value> => {
  const { byte, take } = Reader.prototype
  let reads = 0
  let copied = 0
  Reader.prototype.byte = function (this: Reader): number {
    const value = byte.call(this)
    reads++
    return value
  }
  Reader.prototype.take = function (this: Reader, length: number) {
    const taken = take.call(this, length)
    copied += taken.length
    return taken
  }
  try {
    return { result: parse(bytes), reads, copied }
  } finally {
    Object.assign(Reader.prototype, { byte, take })
  }
}
