/** `/v1/blob` over HTTP: bounds of the request, then the desk, then its answer [R31]. */

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { answerHeaders } from './answer-headers.ts'
import type { BlobDesk } from './blob-desk.ts'
import { type BlobRefusal, encodeBlobRefused } from './protocol/blob-request.ts'
import { limits } from './protocol/limits.ts'
import { drainBody, readBody } from './request-body.ts'
import type { TokenBuckets } from './token-buckets.ts'

export interface BlobHandlerOptions {
  readonly blobs: BlobDesk
  readonly now: () => number
  /** [R32] requests by address */
  readonly requests: TokenBuckets
  readonly addressOf: (request: IncomingMessage) => string
  readonly originsOf: (request: IncomingMessage) => readonly string[]
  /** how long a sender may pause within its body */
  readonly bodyIdleMs: number
  /** bodies that are read and answered at once */
  readonly maxAtOnce: number
  /** for counting: how it ended, null = answered */
  readonly onAnswered: (refusal: BlobRefusal | 'cut' | null) => void
}

/** The HTTP status of each refusal (PROTOCOL.md, [R31]). */
const blobStatus: Readonly<Record<BlobRefusal, number>> = {
  malformed: 400,
  token: 401,
  clock: 401,
  notMember: 403,
  unknownNetwork: 404,
  notFound: 404,
  offset: 409,
  wrongHash: 422,
  quota: 507,
  diskFull: 507,
  tooFast: 429,
  tooLarge: 413,
}

export const createBlobHandler = ({ blobs, now, requests, addressOf, ...options }: BlobHandlerOptions) => {
  let atOnce = 0

  const refuse = (
    response: ServerResponse,
    reason: BlobRefusal,
    bytes = 0,
    extra: OutgoingHttpHeaders = {},
  ) => {
    response.writeHead(blobStatus[reason], { ...answerHeaders, ...extra })
    response.end(encodeBlobRefused({ reason, timeMs: now(), bytes }))
    options.onAnswered(reason)
  }
  /** Refused before its body was read: no other request can follow on this connection. */
  const refuseUnread = async (
    request: IncomingMessage,
    response: ServerResponse,
    reason: BlobRefusal,
    extra = {},
  ) => {
    await drainBody(request)
    refuse(response, reason, 0, { connection: 'close', ...extra })
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request, limits.blobRequestBytes, options.bodyIdleMs)
    if (!body.ok) {
      if (body.error === 'tooLarge') return refuseUnread(request, response, 'tooLarge')
      options.onAnswered('cut')
      response.destroy()
      return
    }
    const answered = await blobs.answer(body.value, options.originsOf(request))
    if (!answered.ok) return refuse(response, answered.error.reason, answered.error.bytes)
    response.writeHead(200, answerHeaders)
    response.end(answered.value)
    options.onAnswered(null)
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') {
      await drainBody(request)
      response.writeHead(405, { allow: 'POST', connection: 'close' })
      response.end()
      return
    }
    const address = addressOf(request)
    if (requests.take(address, 1) < 1 || atOnce >= options.maxAtOnce)
      return refuseUnread(request, response, 'tooFast', {
        'retry-after': String(requests.retryAfterS(address)),
      })
    atOnce++
    try {
      await answer(request, response)
    } finally {
      atOnce--
    }
  }
}
