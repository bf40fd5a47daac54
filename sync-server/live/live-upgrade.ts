/**
 * `/v1/live/…` over WebSocket: bounds of the connection, then the relay's live rooms. A browser cannot read why an
 * upgrade failed, so whoever is refused is let in first and told by a close code; how many may be is bounded before.
 */

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Log } from '../log.ts'
import { limits } from '../protocol/limits.ts'
import { liveSubprotocol, parseLivePath, tokenOfProtocols } from '../protocol/live.ts'
import type { LiveLine } from './live-line.ts'
import type { LiveRooms } from './live-rooms.ts'
import type { LiveSession } from './live-session.ts'

export interface LiveUpgradeOptions {
  readonly live: LiveRooms
  readonly log: Log
  /** one request of this address; gives 0, or the seconds to wait */
  readonly takeRequest: (request: IncomingMessage) => number
  /** the key by which an address is counted */
  readonly addressOf: (request: IncomingMessage) => string
  /** origins under which the phone may know this relay */
  readonly originsOf: (request: IncomingMessage) => readonly string[]
  readonly maxSockets: number
  /** a whole neighbourhood may stand behind one address */
  readonly maxSocketsOfAddress: number
  readonly tickMs: number
}

export interface LiveUpgrade {
  /** Is this the path of a live room? Everything else stays HTTP. */
  isFor(request: IncomingMessage): boolean
  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Says 1012 to all and hangs up on those who stay on. */
  close(graceMs: number): void
}

/** A message of 256 KiB needs no more pieces [R2]. */
const maxFragments = 16
/** How long the other side may take to answer a close. */
const closeTimeoutMs = 3000
/** What the relay says of its live rooms in its log: every so many ticks, if anybody is there. */
const ticksPerLogLine = 15

const pathOf = (request: IncomingMessage): string => (request.url ?? '').split(/[?#]/, 1)[0] ?? ''

const offeredBy = (request: IncomingMessage): string[] =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())

type HttpRefusal = readonly [status: string, ...headers: string[]]

const refuseUpgrade = (socket: Duplex, [status, ...headers]: HttpRefusal): void => {
  socket.on('error', () => socket.destroy())
  const lines = [`HTTP/1.1 ${status}`, 'Connection: close', 'Content-Length: 0', ...headers, '', '']
  socket.end(lines.join('\r\n'), () => socket.destroy())
}

/** One WebSocket as a line; it reads nothing until `resume`. What is sent in one turn goes to the system at once. */
const lineOf = (socket: WebSocket, stream: Duplex, onDrained: () => void): LiveLine => {
  socket.pause()
  let isHolding = false
  const hold = (): void => {
    if (isHolding) return
    isHolding = true
    stream.cork()
    process.nextTick(() => {
      isHolding = false
      stream.uncork()
    })
  }
  return {
    send(message) {
      hold()
      socket.send(message, { binary: true }, (error) => {
        if (!error) onDrained()
      })
    },
    get bufferedBytes() {
      return socket.bufferedAmount
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close(code, text) {
      socket.close(code, text)
      // whoever was never let in is still paused: its own close must be read
      socket.resume()
    },
    drop: () => socket.terminate(),
  }
}

class Upgrade implements LiveUpgrade {
  readonly #options: LiveUpgradeOptions
  readonly #server: WebSocketServer
  readonly #timer: NodeJS.Timeout
  readonly #socketsByAddress = new Map<string, number>()
  /** heard since the last tick */
  readonly #alive = new WeakSet<WebSocket>()
  #ticks = 0

  constructor(options: LiveUpgradeOptions) {
    this.#options = options
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: limits.liveMessageBytes,
      maxFragments,
      // ciphertext does not compress
      perMessageDeflate: false,
      handleProtocols: () => liveSubprotocol,
      ...{ closeTimeout: closeTimeoutMs },
    })
    this.#timer = setInterval(() => this.#tick(), options.tickMs)
    this.#timer.unref()
  }

  isFor(request: IncomingMessage): boolean {
    return parseLivePath(pathOf(request)) !== null
  }

  handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const address = this.#options.addressOf(request)
    const refusal = this.#refusalOf(request, address)
    const room = parseLivePath(pathOf(request))
    const token = tokenOfProtocols(offeredBy(request))
    if (refusal || !room || !token) {
      refuseUpgrade(socket, refusal ?? ['400 Bad Request'])
      return
    }
    this.#server.handleUpgrade(request, socket, head, (accepted) => {
      this.#count(accepted, address)
      const visit = { ...room, token, origins: this.#options.originsOf(request) }
      this.#begin(accepted, socket, visit).catch((cause: unknown) => {
        accepted.terminate()
        this.#options.log.error({ error: cause instanceof Error ? cause.message : 'unknown' }, 'live failed')
      })
    })
  }

  close(graceMs: number): void {
    clearInterval(this.#timer)
    this.#options.live.close()
    const timer = setTimeout(() => {
      for (const socket of this.#server.clients) socket.terminate()
    }, graceMs)
    timer.unref()
    this.#server.close(() => clearTimeout(timer))
  }

  #refusalOf(request: IncomingMessage, address: string): HttpRefusal | null {
    const { takeRequest, maxSockets, maxSocketsOfAddress } = this.#options
    const waitS = takeRequest(request)
    if (waitS > 0 || (this.#socketsByAddress.get(address) ?? 0) >= maxSocketsOfAddress)
      return ['429 Too Many Requests', `Retry-After: ${Math.max(waitS, 10)}`]
    if (this.#server.clients.size >= maxSockets) return ['503 Service Unavailable', 'Retry-After: 30']
    return null
  }

  async #begin(socket: WebSocket, stream: Duplex, visit: Parameters<LiveRooms['open']>[0]): Promise<void> {
    let session: LiveSession | null = null
    // it is asked for a sign of life only when it can give one
    this.#alive.add(socket)
    // a broken frame, or one that is too large: ws closes by itself with 1002, 1008 or 1009
    socket.on('error', () => session?.ended())
    socket.on('close', () => session?.ended())
    const line = lineOf(socket, stream, () => session?.drained())
    session = await this.#options.live.open(visit, line)
    if (!session) return
    const opened = session
    if (socket.readyState !== socket.OPEN) {
      opened.ended()
      return
    }
    socket.on('message', (data, isBinary) => {
      this.#alive.add(socket)
      // binaryType stays 'nodebuffer': one Buffer
      opened.receive(data as Buffer, isBinary)
    })
    socket.on('ping', () => opened.receiveControl())
    socket.on('pong', () => this.#alive.add(socket))
    this.#alive.add(socket)
    socket.resume()
  }

  #count(socket: WebSocket, address: string): void {
    this.#socketsByAddress.set(address, (this.#socketsByAddress.get(address) ?? 0) + 1)
    socket.on('close', () => {
      const left = (this.#socketsByAddress.get(address) ?? 1) - 1
      if (left > 0) this.#socketsByAddress.set(address, left)
      else this.#socketsByAddress.delete(address)
    })
  }

  #tick(): void {
    const { live, log } = this.#options
    for (const socket of this.#server.clients) {
      // TCP alone takes a quarter of an hour to notice that a phone is gone
      if (!this.#alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
    live.tick()
    const sockets = this.#server.clients.size
    if (++this.#ticks % ticksPerLogLine === 0 && sockets > 0)
      log.info({ sockets, sessions: live.sessions }, 'live')
  }
}

export const createLiveUpgrade = (options: LiveUpgradeOptions): LiveUpgrade => new Upgrade(options)
