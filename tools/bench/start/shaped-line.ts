/**
 * A mobile line on loopback: so many bytes a second each way, shared fairly by all connections, and so long on their way.
 * A proxy of our own, because the browser's own shaping reaches neither workers nor service workers.
 */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface LineShape {
  kbitPerSecond: number
  /** there and back */
  roundTripMs: number
}

export interface PassedBytes {
  /** TCP payload to the browser, heads of HTTP included; from it */
  down: number
  up: number
}

export interface ShapedLine {
  /** what the browser is led to */
  origin: string
  /** null: as fast as it goes */
  shape: LineShape | null
  /** since the last visit began */
  passed(): PassedBytes
  beginVisit(): void
  /** Resolves when nothing has passed for so long. */
  isQuiet(quietMs: number): Promise<void>
  close(): void
}

/** Of a packet on Ethernet: what goes at once before another connection has its turn. */
const packetBytes = 1460
/**
 * TCP's and TLS 1.3's, once for each visit: a phone reaches a relay through HTTPS and HTTP/2, which has one connection for
 * everything, and this line stands for that (sync-server/deploy/README.md).
 */
const handshakes = 2

/** One connection's bytes in one direction. */
interface Flow {
  waiting: Buffer[]
  notBeforeMs: number
  isEnding: boolean
  to: Socket
  /** when the last packet has arrived: none overtakes another, also where the line becomes faster meanwhile */
  arrived: Promise<void>
}

const arriveAt = (atMs: number, flow: Flow, packet: Buffer): void => {
  flow.arrived = flow.arrived.then(async () => {
    const leftMs = atMs - performance.now()
    if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs))
    flow.to.write(packet)
  })
}

/** One direction of the line. */
class Lane {
  readonly #shape: () => LineShape | null
  readonly #onPassed: (bytes: number) => void
  readonly #flows: Flow[] = []
  #freeAtMs = 0
  #isMoving = false

  constructor(shape: () => LineShape | null, onPassed: (bytes: number) => void) {
    this.#shape = shape
    this.#onPassed = onPassed
  }

  carry(from: Socket, to: Socket, notBeforeMs: number): void {
    const flow: Flow = { waiting: [], notBeforeMs, isEnding: false, to, arrived: Promise.resolve() }
    this.#flows.push(flow)
    const move = () => {
      if (!this.#isMoving) this.#move()
    }
    from.on('data', (chunk) => {
      for (let at = 0; at < chunk.length; at += packetBytes)
        flow.waiting.push(chunk.subarray(at, at + packetBytes))
      move()
    })
    from.on('close', () => {
      flow.isEnding = true
      move()
    })
    // who has left gets no more, and nobody waits for it
    to.on('close', () => {
      flow.waiting = []
      from.destroy()
    })
    from.on('error', () => from.destroy())
  }

  /** The next packet of the connection that has waited longest for its turn. */
  #move(): void {
    this.#isMoving = true
    const nowMs = performance.now()
    this.#letGo()
    const at = this.#flows.findIndex(({ waiting, notBeforeMs }) => waiting.length > 0 && notBeforeMs <= nowMs)
    const [flow] = at < 0 ? [] : this.#flows.splice(at, 1)
    const packet = flow?.waiting.shift()
    if (!flow || !packet) {
      this.#waitForNext(nowMs)
      return
    }
    this.#flows.push(flow)
    const shape = this.#shape()
    this.#onPassed(packet.length)
    if (!shape) {
      arriveAt(nowMs, flow, packet)
      this.#move()
      return
    }
    // by the clock, not by timers, which are late by a millisecond each
    this.#freeAtMs = Math.max(this.#freeAtMs, nowMs) + (packet.length * 8) / shape.kbitPerSecond
    arriveAt(this.#freeAtMs + shape.roundTripMs / 2, flow, packet)
    setTimeout(() => this.#move(), Math.max(0, this.#freeAtMs - performance.now()))
  }

  #waitForNext(nowMs: number): void {
    const next = Math.min(
      ...this.#flows.filter(({ waiting }) => waiting.length > 0).map(({ notBeforeMs }) => notBeforeMs),
    )
    if (next === Number.POSITIVE_INFINITY) this.#isMoving = false
    else setTimeout(() => this.#move(), Math.ceil(next - nowMs))
  }

  /** A connection whose other end is gone ends when its last packet has arrived. */
  #letGo(): void {
    for (const flow of this.#flows.filter(({ isEnding, waiting }) => isEnding && waiting.length === 0)) {
      this.#flows.splice(this.#flows.indexOf(flow), 1)
      void flow.arrived.then(() => setTimeout(() => flow.to.destroy(), 50))
    }
  }
}

export const openShapedLine = async (targetPort: number): Promise<ShapedLine> => {
  let passed: PassedBytes = { down: 0, up: 0 }
  let movedAtMs = 0
  let openAtMs: number | null = null
  const count = (direction: keyof PassedBytes) => (bytes: number) => {
    passed[direction] += bytes
    movedAtMs = performance.now()
  }
  const down = new Lane(() => line.shape, count('down'))
  const up = new Lane(() => line.shape, count('up'))
  const listening = createServer((socket) => {
    const target = connect(targetPort, '127.0.0.1')
    openAtMs ??= performance.now() + handshakes * (line.shape?.roundTripMs ?? 0)
    up.carry(socket, target, openAtMs)
    down.carry(target, socket, 0)
  })
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const line: ShapedLine = {
    origin: `http://localhost:${(listening.address() as AddressInfo).port}`,
    shape: null,
    passed: () => ({ ...passed }),
    beginVisit: () => {
      passed = { down: 0, up: 0 }
      openAtMs = null
    },
    isQuiet: async (quietMs) => {
      while (performance.now() - movedAtMs < quietMs)
        await new Promise((resolve) => setTimeout(resolve, quietMs / 10))
    },
    close: () => listening.close(),
  }
  return line
}
