/** A WebSocket of the browser's kind whose other end is a relay in this process; what happens on its way, a test says. */

import type { LiveLine } from '../../sync-server/live/live-line.ts'
import type { LiveSession } from '../../sync-server/live/live-session.ts'
import { type Bytes, copyBytes } from '../../sync-server/protocol/bytes.ts'
import { parseLivePath, tokenOfProtocols } from '../../sync-server/protocol/live.ts'
import type { Relay } from '../../sync-server/relay.ts'

/** What a message meets: it comes so often (0 = it is lost), or the line breaks at it. */
export type Fate = number | 'break'

export interface SocketRoad {
  readonly relay: Relay
  readonly origin: string
  /** false: nobody answers */
  readonly isOpen: boolean
  /** a message of the phone */
  up(message: Bytes): Fate
  /** a message of the relay */
  down(message: Bytes, socket: RelaySocket): Fate
  /** before each delivery */
  wait(): Promise<void>
  onSocket(socket: RelaySocket): void
}

type Listener<Event> = ((event: Event) => void) | null

/** As much of a WebSocket as y-websocket uses. */
export class RelaySocket {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readyState = 0
  binaryType = 'blob'
  onopen: Listener<object> = null
  onmessage: Listener<{ data: ArrayBuffer }> = null
  onerror: Listener<object> = null
  onclose: Listener<{ code: number; reason: string }> = null
  /** '' where the address names none */
  readonly room: string
  readonly #road: SocketRoad
  #session: LiveSession | null = null
  #ways: Record<'up' | 'down', Promise<void>>

  constructor(road: SocketRoad, url: string, protocols: readonly string[]) {
    this.#road = road
    const { pathname } = new URL(url)
    this.room = parseLivePath(pathname)?.room ?? ''
    const opening = this.#open(pathname, protocols)
    this.#ways = { up: opening, down: Promise.resolve() }
    road.onSocket(this)
  }

  get isClosed(): boolean {
    return this.readyState === this.CLOSED
  }

  send(message: Uint8Array): void {
    if (this.readyState !== this.OPEN) return
    const copy = copyBytes(message)
    this.#pass('up', copy, this.#road.up(copy), () => this.#session?.receive(copy, true))
  }

  close(): void {
    this.#end(1000, '', false)
  }

  /** The line breaks: what is on its way is lost. */
  break(): void {
    this.#end(1006, '', true)
  }

  async #open(path: string, protocols: readonly string[]): Promise<void> {
    const visit = parseLivePath(path)
    const token = tokenOfProtocols(protocols)
    // the handlers are set after this constructor
    await null
    if (!this.#road.isOpen || !visit || !token) return this.break()
    const { relay, origin } = this.#road
    this.readyState = this.OPEN
    this.onopen?.({})
    this.#session = await relay.live.open({ ...visit, token, origins: [origin] }, this.#line())
    if (this.readyState === this.CLOSED) this.#session?.ended()
  }

  #line(): LiveLine {
    return {
      send: (message) => {
        const copy = copyBytes(message)
        this.#pass('down', copy, this.#road.down(copy, this), () => this.onmessage?.({ data: copy.buffer }))
      },
      bufferedBytes: 0,
      pause: () => undefined,
      resume: () => undefined,
      close: (code, text) => this.#pass('down', null, 1, () => this.#end(code, text, true)),
      drop: () => this.break(),
    }
  }

  /** In order on each way; the ways do not wait for each other. */
  #pass(way: 'up' | 'down', message: Bytes | null, fate: Fate, deliver: () => void): void {
    const before = this.#ways[way]
    this.#ways[way] = before.then(async () => {
      await this.#road.wait()
      if (this.readyState === this.CLOSED) return
      if (fate === 'break') this.break()
      else for (let left = message ? fate : 1; left > 0; left--) deliver()
    })
  }

  #end(code: number, reason: string, isTold: boolean): void {
    if (this.readyState === this.CLOSED) return
    this.readyState = this.CLOSED
    this.#session?.ended()
    if (!isTold) return
    if (code === 1006) this.onerror?.({})
    this.onclose?.({ code, reason })
  }
}

/** Sockets of phones over this road, for `EngineParts.socket`. */
export const socketOver = (road: () => SocketRoad): typeof WebSocket => {
  class Socket extends RelaySocket {
    constructor(url: string, protocols: readonly string[]) {
      super(road(), url, protocols)
    }
  }
  return Socket as unknown as typeof WebSocket
}

/** On which nothing happens but what was sent. */
export const straightRoad = (relay: () => Relay, origin: string): SocketRoad => ({
  get relay() {
    return relay()
  },
  origin,
  isOpen: true,
  up: () => 1,
  down: () => 1,
  wait: async () => undefined,
  onSocket: () => undefined,
})

export const noRoad: SocketRoad = {
  get relay(): Relay {
    throw new Error('nobody is at the other end')
  },
  origin: '',
  isOpen: false,
  up: () => 0,
  down: () => 0,
  wait: async () => undefined,
  onSocket: () => undefined,
}
