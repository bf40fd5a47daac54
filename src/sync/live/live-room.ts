/**
 * The live socket of one room, once: y-websocket's own provider, with every message read within bounds before it
 * touches anything, and no part in reconnecting. What comes is handed on as it is; the document changes elsewhere.
 */

import { WebsocketProvider } from 'y-websocket'
import type { Bytes } from '../../../sync-server/protocol/bytes.ts'
import {
  encodeSync,
  type LiveMessage,
  type LiveReceipt,
  liveCloseCodes,
  parseLiveMessage,
} from '../../../sync-server/protocol/live.ts'
import type { DocumentChannel, LiveDocument } from './live-document.ts'

export interface LiveRoomParts {
  /** address without the room, `wss://…` */
  server: string
  room: string
  protocols: readonly string[]
  socket: typeof WebSocket
  document: LiveDocument
  /** resolves when the update is durable in the inbox and was taken, or was found to be nothing new */
  onUpdate(update: Bytes): Promise<void>
  onReceipt(receipt: LiveReceipt): void
  /** something of ours was not taken, or something before it is lacking: an exchange says why */
  onRefusals(): void
  /** once; the code is 0 where this side gave up */
  onFallen(code: number, reason: string): void
}

/** y-websocket's own pause before a reconnect, which never happens: reconnecting is ours (live-schedule.ts). */
const maxBackoffMs = 60_000
const passedOver = () => undefined
const [sync, awareness, auth, awarenessQuery, receipt, refusals] = [0, 1, 2, 3, 120, 121] as const

export class LiveRoom implements DocumentChannel {
  readonly #parts: LiveRoomParts
  readonly #provider: WebsocketProvider
  /** read within bounds, on its way through the provider */
  #message: LiveMessage | null = null
  #hasAnswered = false
  #isOver = false

  constructor(parts: LiveRoomParts) {
    this.#parts = parts
    const provider = new WebsocketProvider(parts.server, parts.room, parts.document.doc, {
      connect: false,
      disableBc: true,
      protocols: [...parts.protocols],
      maxBackoffTime: maxBackoffMs,
      WebSocketPolyfill: parts.socket,
      shouldReconnect: () => false,
    })
    this.#provider = provider
    provider.awareness.setLocalState(null)
    for (const number of [awareness, auth, awarenessQuery]) provider.messageHandlers[number] = passedOver
    for (const number of [sync, receipt, refusals])
      provider.messageHandlers[number] = () => this.#message && this.#take(this.#message)
    provider.on('status', ({ status }) => {
      if (status === 'connecting') this.#guard(provider.ws)
    })
    provider.on('connection-close', (event) => this.#fall(event?.code ?? 0, event?.reason ?? ''))
    provider.connect()
  }

  get origin(): unknown {
    return this.#provider
  }

  /** Closes without a word to {@link LiveRoomParts.onFallen}. */
  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#end()
  }

  detach(): void {
    this.#fall(0, 'detached')
  }

  /** y-websocket lets what it cannot read escape as an exception out of the socket's event: here it ends the socket. */
  #guard(ws: WebSocket | null): void {
    const take = ws?.onmessage
    if (!ws || !take) return
    ws.onmessage = (event) => {
      // a text frame has no bytes, and nothing is no message
      const message = parseLiveMessage(new Uint8Array(event.data))
      if (!message.ok) {
        this.#fall(liveCloseCodes.malformed, message.error)
        return
      }
      // what later versions add: y-websocket would complain of it in the console
      if (message.value.type === 'passed' && !this.#provider.messageHandlers[message.value.number]) return
      this.#message = message.value
      take.call(ws, event)
    }
  }

  /** Replies go out from here: the reply that y-websocket would send stays empty. */
  #take(message: LiveMessage): void {
    const { document, onUpdate, onReceipt, onRefusals } = this.#parts
    switch (message.type) {
      case 'step1':
        // once is what an honest relay asks: more would have all that was ever written sent again and again
        if (this.#hasAnswered) return
        this.#hasAnswered = true
        for (const update of document.ownBeyond(message.lengths))
          this.#provider.ws?.send(encodeSync('step2', update))
        return
      case 'step2': {
        const { ws } = this.#provider
        void onUpdate(message.update).then(() => {
          if (this.#provider.ws === ws && !this.#isOver) this.#provider.synced = true
        })
        return
      }
      case 'update':
        void onUpdate(message.update)
        return
      case 'receipt':
        onReceipt(message)
        return
      case 'refusals':
        onRefusals()
        return
    }
  }

  #fall(code: number, reason: string): void {
    if (this.#isOver) return
    this.#isOver = true
    // the provider tells in the middle of its own closing: it has to come to the end of that first
    this.#provider.shouldConnect = false
    queueMicrotask(() => this.#end())
    this.#parts.onFallen(code, reason)
  }

  #end(): void {
    this.#provider.destroy()
    // its timer belongs to nobody else
    this.#provider.awareness.destroy()
  }
}
