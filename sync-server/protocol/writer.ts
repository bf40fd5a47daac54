/** Writes the wire's bytes: thin over lib0, so that both directions of a codec read alike. */

import * as encoding from 'lib0/encoding'
import { type Bytes, utf8 } from './bytes.ts'

export class Writer {
  readonly #encoder = encoding.createEncoder()

  byte(value: number): this {
    encoding.writeUint8(this.#encoder, value)
    return this
  }

  raw(bytes: Uint8Array): this {
    encoding.writeUint8Array(this.#encoder, bytes)
    return this
  }

  varUint(value: number): this {
    encoding.writeVarUint(this.#encoder, value)
    return this
  }

  varBytes(bytes: Uint8Array): this {
    encoding.writeVarUint8Array(this.#encoder, bytes)
    return this
  }

  varText(text: string): this {
    return this.varBytes(utf8(text))
  }

  bytes(): Bytes {
    return encoding.toUint8Array(this.#encoder)
  }
}
