/** The relay on the network: HTTP for exchanges, the app's files, and what machines of the operator ask; WebSockets for live rooms. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { addressKey } from './address-key.ts'
import { createBlobHandler } from './blob-handler.ts'
import { createCodeHandler } from './code-handler.ts'
import { createLiveUpgrade, type LiveUpgrade } from './live/live-upgrade.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { createOperatorPages } from './operator-pages.ts'
import { limits } from './protocol/limits.ts'
import type { Relay } from './relay.ts'
import { securityHeaders } from './security-headers.ts'
import { serveFile } from './serve-file.ts'
import type { StaticFiles } from './static-files.ts'
import { createSyncHandler, originsOf } from './sync-handler.ts'
import { createTokenBuckets, type TokenBuckets } from './token-buckets.ts'
import { watchTraffic } from './traffic.ts'
import { usualBounds } from './usual-bounds.ts'

export interface ServerOptions {
  readonly relay: Relay
  readonly files: StaticFiles
  readonly log: Log
  /** ms since 1970 */
  readonly now?: () => number
  readonly origins?: readonly string[]
  readonly otherRelays?: readonly string[]
  readonly isBehindProxy?: boolean
  /** [R32]; `limits` of the protocol unless said otherwise */
  readonly requestsPerSecond?: number
  readonly requestBurst?: number
  /** how long a sender may pause within its head or body */
  readonly idleMs?: number
  readonly maxExchanges?: number
  readonly maxConnections?: number
  /** for one request as a whole */
  readonly requestTimeoutMs?: number
  /** live sockets in all, and of one address */
  readonly maxSockets?: number
  readonly maxSocketsOfAddress?: number
  /** between two receipts on a silent socket [R20] */
  readonly tickMs?: number
  /** from 0 up to 1, for spreading returns */
  readonly random?: () => number
  /** null = nothing is counted */
  readonly metrics?: Metrics | null
  /** who shows it may read `/metrics`; null = only who asks from this machine itself */
  readonly metricsToken?: string | null
}

export interface RelayServer {
  /** Resolves with the port, rejects when nobody can listen there; port 0 = any free one. */
  listen(port: number, host: string): Promise<number>
  /** Takes no more requests, lets those under way finish for up to `graceMs`. */
  close(graceMs?: number): Promise<void>
}

/** How often Node looks at how long heads and requests take, at most. */
const maxCheckMs = 30_000

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void

const reply = (response: ServerResponse, status: number, text: string, headers = {}): void => {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(text)
}

/** [R32] one budget of requests for every address, whatever it asks for */
const createRequests = ({ now = Date.now, ...options }: ServerOptions): TokenBuckets => {
  const { requestsPerSecond = limits.requestsPerSecond, requestBurst = limits.requestBurst } = options
  return createTokenBuckets(requestsPerSecond, requestBurst, now)
}

const createHandler = (
  options: ServerOptions,
  requests: TokenBuckets,
  isDraining: () => boolean,
): Handler => {
  const { relay, files, log, now = Date.now, origins = [], otherRelays = [], isBehindProxy = false } = options
  const {
    idleMs: bodyIdleMs = usualBounds.idleMs,
    maxExchanges = usualBounds.maxExchanges,
    random = Math.random,
  } = options
  const { metrics = null, metricsToken = null } = options
  const addressOf = (request: IncomingMessage): string => addressKey(request, isBehindProxy)
  const handleSync = createSyncHandler({
    relay,
    now,
    log,
    requests,
    addressOf,
    origins,
    bodyIdleMs,
    maxExchanges,
    random,
    onExchanged: (refusal, seconds) => metrics?.exchanged(refusal, seconds),
  })
  const doors = {
    now,
    requests,
    addressOf,
    originsOf: (request: IncomingMessage) => (origins.length > 0 ? origins : originsOf(request)),
    bodyIdleMs,
  }
  const handleCode = createCodeHandler({ ...doors, codes: relay.codes })
  const handleBlob = createBlobHandler({
    ...doors,
    blobs: relay.blobs,
    maxAtOnce: maxExchanges,
    onAnswered: (refusal) => metrics?.blobAnswered(refusal),
  })
  const headers = securityHeaders(otherRelays)
  const isStoreUp = () => relay.isStoreUp()
  const sayToOperator = createOperatorPages({ metrics, metricsToken, isStoreUp, isDraining }, reply)

  return async (request, response) => {
    const path = (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/'
    if (path === '/v1/sync') return handleSync(request, response)
    if (path === '/v1/code') return handleCode(request, response)
    if (path === '/v1/blob') return handleBlob(request, response)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return reply(response, 405, 'Only GET.\n', { allow: 'GET, HEAD' })
    if (await sayToOperator(request, response, path)) return
    if (path.startsWith('/v1/')) return reply(response, 404, 'Not here.\n')
    return serveFile(files, request, response, path, headers)
  }
}

const createUpgrade = (options: ServerOptions, requests: TokenBuckets): LiveUpgrade => {
  const { relay, log, origins = [], isBehindProxy = false, tickMs = limits.liveReceiptMs } = options
  const { maxSockets = usualBounds.maxSockets, maxSocketsOfAddress = usualBounds.maxSocketsOfAddress } =
    options
  const addressOf = (request: IncomingMessage): string => addressKey(request, isBehindProxy)
  return createLiveUpgrade({
    live: relay.live,
    log,
    takeRequest: (request) =>
      requests.take(addressOf(request), 1) === 1 ? 0 : requests.retryAfterS(addressOf(request)),
    addressOf,
    originsOf: (request) => (origins.length > 0 ? origins : originsOf(request)),
    maxSockets,
    maxSocketsOfAddress,
    tickMs,
  })
}

export const createRelayServer = (options: ServerOptions): RelayServer => {
  const { log, idleMs = usualBounds.idleMs } = options
  const { requestTimeoutMs = usualBounds.requestTimeoutMs, maxConnections = usualBounds.maxConnections } =
    options
  const requests = createRequests(options)
  let isDraining = false
  const handle = createHandler(options, requests, () => isDraining)
  const live = createUpgrade(options, requests)
  const server = createServer(
    {
      requestTimeout: requestTimeoutMs,
      headersTimeout: Math.min(idleMs, requestTimeoutMs),
      // how often both are looked at: Node's own 30 s would add half of itself to a short one
      connectionsCheckingInterval: Math.min(maxCheckMs, idleMs, requestTimeoutMs),
      // other upgrades that a browser or proxy offers are passed over, as if there were no sockets here
      shouldUpgradeCallback: (request) => live.isFor(request),
    },
    (request, response) => {
      request.on('error', () => response.destroy())
      response.on('error', () => response.destroy())
      Promise.resolve(handle(request, response)).catch((cause: unknown) => {
        response.destroy()
        log.error({ error: cause instanceof Error ? cause.message : 'unknown' }, 'request failed')
      })
    },
  )
  server.maxConnections = maxConnections
  options.metrics?.watch({ sessions: () => options.relay.live.sessions, traffic: watchTraffic(server) })
  server.keepAliveTimeout = 65_000
  // a reader that takes nothing for so long is gone
  server.setTimeout(idleMs * 2, (socket) => socket.destroy())
  server.on('upgrade', (request, socket, head) => live.handle(request, socket, head))
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })

  return {
    listen: (port, host) =>
      new Promise((resolve, refuse) => {
        server.once('error', refuse)
        server.listen(port, host, () => {
          server.off('error', refuse)
          server.on('error', (cause) => log.error({ error: cause.message }, 'server failed'))
          resolve((server.address() as AddressInfo).port)
        })
      }),
    close: (graceMs = usualBounds.drainMs) =>
      new Promise((resolve) => {
        isDraining = true
        const timer = setTimeout(() => server.closeAllConnections(), graceMs)
        live.close(graceMs)
        server.close(() => {
          clearTimeout(timer)
          resolve()
        })
        server.closeIdleConnections()
      }),
  }
}
