/** `/v1/code` over HTTP: bounds of the request, a budget for look-ups that is far below that of exchanges, the answer [R34]. */

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { answerHeaders } from './answer-headers.ts'
import type { CodeDesk, CodeRefusal } from './code-desk.ts'
import { limits } from './protocol/limits.ts'
import { drainBody, readBody } from './request-body.ts'
import { createTokenBuckets, type TokenBuckets } from './token-buckets.ts'

export interface CodeHandlerOptions {
  readonly codes: CodeDesk
  readonly now: () => number
  /** [R32] requests by address */
  readonly requests: TokenBuckets
  readonly addressOf: (request: IncomingMessage) => string
  readonly originsOf: (request: IncomingMessage) => readonly string[]
  /** how long a sender may pause within its body */
  readonly bodyIdleMs: number
}

/** The HTTP status of each refusal (PROTOCOL.md, [R34]). */
export const codeStatus: Readonly<Record<CodeRefusal, number>> = {
  malformed: 400,
  token: 401,
  clock: 401,
  notAllowed: 403,
  notFound: 404,
  over: 410,
  quota: 409,
  diskFull: 507,
}

export const createCodeHandler = ({ codes, now, requests, addressOf, ...options }: CodeHandlerOptions) => {
  const finds = createTokenBuckets(limits.codeFindsPerMinute / 60, limits.codeFindsPerMinute, now)

  const end = (response: ServerResponse, status: number, body: Uint8Array, extra = {}): void => {
    response.writeHead(status, { ...answerHeaders, ...extra })
    response.end(body)
  }
  const refuse = async (
    request: IncomingMessage,
    response: ServerResponse,
    status: number,
    extra: OutgoingHttpHeaders = {},
  ): Promise<void> => {
    await drainBody(request)
    end(response, status, new Uint8Array(), { connection: 'close', ...extra })
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'POST') return refuse(request, response, 405, { allow: 'POST' })
    const address = addressOf(request)
    if (requests.take(address, 1) < 1)
      return refuse(request, response, 429, { 'retry-after': String(requests.retryAfterS(address)) })
    const body = await readBody(request, limits.codeRequestBytes, options.bodyIdleMs)
    if (!body.ok) {
      if (body.error === 'tooLarge') return refuse(request, response, 413)
      response.destroy()
      return
    }
    if (codes.isFind(body.value) && finds.take(address, 1) < 1)
      return end(response, 429, new Uint8Array(), { 'retry-after': String(finds.retryAfterS(address)) })
    const answer = await codes.answer(body.value, options.originsOf(request))
    if (answer.ok) end(response, 200, answer.value ?? new Uint8Array())
    else end(response, codeStatus[answer.error], new Uint8Array())
  }
}
