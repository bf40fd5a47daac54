/** What machines of the operator ask: is it alive, may phones be sent here, and what has it counted. */

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Metrics } from './metrics.ts'

export interface OperatorPagesOptions {
  /** null = nothing is counted */
  readonly metrics: Pick<Metrics, 'text' | 'contentType'> | null
  /** null = only who asks from this machine itself, and not through a proxy on it */
  readonly metricsToken: string | null
  readonly isStoreUp: () => Promise<boolean>
  readonly isDraining: () => boolean
}

type Reply = (
  response: ServerResponse,
  status: number,
  text: string,
  headers?: Record<string, string>,
) => void

const loopback = /^(?:::ffff:)?127\.|^::1$/
/** A proxy says for whom it asks in one of these: whoever comes through it may come from anywhere. */
const proxyHeaders = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via']

const isFromThisMachine = ({ headers, socket }: IncomingMessage): boolean =>
  loopback.test(socket.remoteAddress ?? '') && !proxyHeaders.some((name) => headers[name] !== undefined)

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

const mayReadMetrics = (request: IncomingMessage, token: string | null): boolean =>
  token === null
    ? isFromThisMachine(request)
    : timingSafeEqual(hashOf(request.headers.authorization ?? ''), hashOf(`Bearer ${token}`))

/** Answers these three paths; false for every other one. */
export const createOperatorPages = (options: OperatorPagesOptions, reply: Reply) => {
  const { metrics, metricsToken, isStoreUp, isDraining } = options

  const sayReady = async (response: ServerResponse): Promise<void> => {
    const isUp = isDraining() || (await isStoreUp())
    if (isDraining()) reply(response, 503, 'draining\n')
    else if (isUp) reply(response, 200, 'ready\n')
    else reply(response, 503, 'store\n')
  }

  const sayMetrics = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!metrics || !mayReadMetrics(request, metricsToken)) reply(response, 404, 'Not here.\n')
    else reply(response, 200, await metrics.text(), { 'content-type': metrics.contentType })
  }

  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> => {
    if (path === '/healthz') reply(response, 200, 'ok\n')
    else if (path === '/readyz') await sayReady(response)
    else if (path === '/metrics') await sayMetrics(request, response)
    else return false
    return true
  }
}
