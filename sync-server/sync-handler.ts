/** `/v1/sync` over HTTP: bounds of the request, then the relay, then its answer as it is made. */

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { answerHeaders } from './answer-headers.ts'
import { type Answer, refusedAnswer } from './exchange.ts'
import type { Log } from './log.ts'
import type { Refusal } from './protocol/exchange.ts'
import { limits } from './protocol/limits.ts'
import type { Relay } from './relay.ts'
import { drainBody, readBody } from './request-body.ts'
import type { TokenBuckets } from './token-buckets.ts'

export interface SyncHandlerOptions {
  readonly relay: Relay
  readonly now: () => number
  readonly log: Log
  /** [R32] requests by address */
  readonly requests: TokenBuckets
  /** the key of the asker's address for `requests` */
  readonly addressOf: (request: IncomingMessage) => string
  /** empty = the address that the phone used */
  readonly origins: readonly string[]
  /** how long a sender may pause within its body */
  readonly bodyIdleMs: number
  /** bodies that are read and answered at once */
  readonly maxExchanges: number
  /** from 0 up to 1, for spreading returns */
  readonly random: () => number
  /** for counting: how it ended, null = answered, and in how many seconds */
  readonly onExchanged: (refusal: Refusal | 'cut' | null, seconds: number) => void
}

/** Phones that were refused together come back spread over so many seconds. */
const retrySpreadS = 20

const statusByRefusal: Readonly<Record<Refusal, number>> = {
  malformed: 400,
  token: 401,
  clock: 401,
  notMember: 403,
  unknownNetwork: 404,
  tooLarge: 413,
  tooFast: 429,
  quota: 507,
  diskFull: 507,
}

/** The addresses that a phone may have meant, where the operator named none. */
export const originsOf = (request: IncomingMessage): string[] => {
  const host = request.headers.host ?? ''
  return [`http://${host}`, `https://${host}`]
}

const send = async (
  response: ServerResponse,
  answer: Answer,
  extraHeaders: OutgoingHttpHeaders = {},
): Promise<void> => {
  const status = answer.refusal ? statusByRefusal[answer.refusal] : 200
  response.writeHead(status, { ...answerHeaders, ...extraHeaders })
  await pipeline(Readable.from(answer.messages), response)
}

/** Refused before its body was read: no other request can follow on this connection. */
const refuseUnread = async (
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  extraHeaders: OutgoingHttpHeaders = {},
) => {
  await drainBody(request)
  await send(response, answer, { connection: 'close', ...extraHeaders })
}

const answerPreflight = (response: ServerResponse): void => {
  response.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '86400',
  })
  response.end()
}

export const createSyncHandler = (options: SyncHandlerOptions) => {
  const { relay, now, log, requests, addressOf } = options
  let exchanges = 0

  /** Gives how it ended. */
  const exchange = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Refusal | 'cut' | null> => {
    const address = addressOf(request)
    const isTooFast = requests.take(address, 1) < 1 || exchanges >= options.maxExchanges
    if (isTooFast) {
      const retryAfterS = requests.retryAfterS(address) + Math.floor(options.random() * retrySpreadS)
      const answer = refusedAnswer('tooFast', now(), retryAfterS)
      await refuseUnread(request, response, answer, { 'retry-after': String(retryAfterS) })
      return 'tooFast'
    }
    exchanges++
    try {
      const body = await readBody(request, limits.requestBytes, options.bodyIdleMs)
      if (!body.ok) {
        if (body.error === 'tooLarge') await refuseUnread(request, response, refusedAnswer('tooLarge', now()))
        else response.destroy()
        return body.error === 'tooLarge' ? 'tooLarge' : 'cut'
      }
      const origins = options.origins.length > 0 ? options.origins : originsOf(request)
      const answer = await relay.exchange(body.value, origins)
      await send(response, answer)
      return answer.refusal
    } finally {
      exchanges--
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'OPTIONS') return answerPreflight(response)
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST, OPTIONS' })
      response.end()
      return
    }
    const startMs = performance.now()
    let ending: Refusal | 'cut' | null = 'cut'
    try {
      ending = await exchange(request, response)
    } catch (cause) {
      // the phone keeps the whole messages that it got and asks again [R12]
      response.destroy()
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'none'
      if (code !== 'ERR_STREAM_PREMATURE_CLOSE')
        log.error({ code, error: cause instanceof Error ? cause.message : 'unknown' }, 'exchange failed')
    } finally {
      options.onExchanged(ending, (performance.now() - startMs) / 1000)
    }
  }
}
