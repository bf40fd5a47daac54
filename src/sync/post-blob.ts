/** Sends one request about pictures and voice notes to a relay; of an answer that breaks off, what came is given. */

import { type Bytes, concatBytes } from '../../sync-server/protocol/bytes.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { simplePost } from './simple-post.ts'

export interface BlobAnswer {
  readonly status: number
  readonly body: Bytes
}

/** Null when nobody answered. `relay` is an origin; an aborted `signal` is a line that broke. */
export type PostBlob = (relay: string, body: Bytes, signal: AbortSignal) => Promise<BlobAnswer | null>

/** 16 KiB on the slowest 2G take as long. */
const patienceMs = 120_000
/** More than any answer has: a relay that goes on is not heard to its end. */
const maxAnswerBytes = limits.blobBytes + 64

const readUntilCut = async (body: ReadableStream<Uint8Array>): Promise<Bytes> => {
  const reader = body.getReader()
  const pieces: Uint8Array[] = []
  let length = 0
  try {
    while (length <= maxAnswerBytes) {
      const { done, value } = await reader.read()
      if (done) break
      pieces.push(value)
      length += value.length
    }
  } catch {
    // cut: what came is good, and the next request goes on behind it
  }
  reader.cancel().catch(() => undefined)
  return concatBytes(...pieces)
}

export const postBlobToRelay: PostBlob = async (relay, body, signal) => {
  try {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])
    const response = await simplePost(`${relay}/v1/blob`, body, ending)
    return {
      status: response.status,
      body: response.body ? await readUntilCut(response.body) : new Uint8Array(),
    }
  } catch {
    // nobody answered
    return null
  }
}
