/** Pictures and voice notes between phones of one process and a relay in it; a test may cut the line or change what comes. */
import type { BlobAnswer } from '../../src/sync/post-blob.ts'
import {
  type BlobRequest,
  encodeBlobRefused,
  parseBlobRequest,
} from '../../sync-server/protocol/blob-request.ts'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import type { Relay } from '../../sync-server/relay.ts'
import { type Line, lineTo, testOrigin } from './phone.ts'

export interface BlobRoad extends Line {
  /** what phones said of blobs, in order */
  asked: BlobRequest['type'][]
  /** bytes of requests */
  sentBytes: number
  /** may take the answer away, or change it; the relay has done what it was asked to */
  meddle: (answer: BlobAnswer, request: BlobRequest) => BlobAnswer | null
}

export const blobRoad = (relay: Relay): BlobRoad => {
  const road: BlobRoad = {
    ...lineTo(relay),
    asked: [],
    sentBytes: 0,
    meddle: (answer) => answer,
    async postBlob(body: Bytes) {
      const request = parseBlobRequest(body)
      if (!request.ok) throw new Error('a phone writes what can be read')
      road.asked.push(request.value.type)
      road.sentBytes += body.length
      const answered = await relay.blobs.answer(body, [testOrigin])
      if (answered.ok) return road.meddle({ status: 200, body: answered.value }, request.value)
      return road.meddle(
        { status: 400, body: encodeBlobRefused({ ...answered.error, timeMs: 0 }) },
        request.value,
      )
    },
  }
  return road
}
