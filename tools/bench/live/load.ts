/** Drives a fleet for some seconds and says how long edits took from one socket to the others of the room. */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { ServerProcess } from '../servers/server-process.ts'
import { type LiveClient, size } from './fleet.ts'

export interface LiveFigures {
  /** from `send` here to the message at another client, ms */
  p50Ms: number
  p99Ms: number
  /** processor seconds of the server while edits were under way */
  cpuS: number
  /** deliveries that did not come within {@link patienceMs} after the last one */
  lost: number
}

const patienceMs = 5000
const connectedAtOnce = 20

interface Connected {
  client: LiveClient
  socket: WebSocket
}

/** When each edit was sent, and what has come of it. */
class Deliveries {
  readonly latenciesMs: number[] = []
  lastAt = 0
  readonly #sentAt = new Map<number, number[]>()
  readonly #heard = new Set<string>()

  sent(writer: number): void {
    const times = this.#sentAt.get(writer) ?? []
    times.push(performance.now())
    this.#sentAt.set(writer, times)
  }

  /** Once for each reader and edit: a server may say a thing twice, or send it back to its writer. */
  came(reader: LiveClient, message: Uint8Array): void {
    const at = performance.now()
    for (const { writer, index, length } of reader.broughtBy(message))
      for (let edit = index; edit < index + length; edit++) {
        const sentAt = this.#sentAt.get(writer)?.[edit]
        const key = `${reader.writer} ${writer} ${edit}`
        if (sentAt === undefined || writer === reader.writer || this.#heard.has(key)) continue
        this.#heard.add(key)
        this.latenciesMs.push(at - sentAt)
        this.lastAt = at
      }
  }
}

const connect = async (client: LiveClient, deliveries: Deliveries): Promise<Connected> => {
  const { url, protocols, headers } = client
  const socket = new WebSocket(url, protocols, { headers, perMessageDeflate: false })
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  socket.on('error', reject)
  socket.on('close', (code, reason) => reject(new Error(`the server closed: ${code} ${reason}`)))
  socket.on('message', (data: Buffer) => {
    if (client.isReady(data)) resolve()
    deliveries.came(client, data)
  })
  await once(socket, 'open')
  for (const message of client.hello) socket.send(message)
  await ready
  return { client, socket }
}

const connectAll = async (fleet: readonly LiveClient[], deliveries: Deliveries): Promise<Connected[]> => {
  const all: Connected[] = []
  for (let from = 0; from < fleet.length; from += connectedAtOnce) {
    const group = fleet.slice(from, from + connectedAtOnce)
    all.push(...(await Promise.all(group.map((client) => connect(client, deliveries)))))
  }
  return all
}

/** Each client at its own moment, so that the load is even. */
const sendEdits = async (all: readonly Connected[], deliveries: Deliveries): Promise<void> => {
  const stepMs = 1000 / size.editsPerSecond / all.length
  const count = all.reduce((sum, { client }) => sum + client.edits.length, 0)
  const beganAt = performance.now()
  for (let n = 0; n < count; n++) {
    const { client, socket } = all[n % all.length] as Connected
    const waitMs = beganAt + n * stepMs - performance.now()
    if (waitMs > 0) await sleep(waitMs)
    deliveries.sent(client.writer)
    socket.send(client.edits[Math.floor(n / all.length)] as Uint8Array)
  }
}

const percentile = (sorted: readonly number[], part: number): number => {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
  return Math.round(value * 10) / 10
}

export const measureLoad = async (
  server: ServerProcess,
  fleet: readonly LiveClient[],
): Promise<LiveFigures> => {
  const deliveries = new Deliveries()
  const all = await connectAll(fleet, deliveries)
  const cpuBefore = await server.cpuS()
  await sendEdits(all, deliveries)
  const sentAt = performance.now()
  const edits = fleet.reduce((sum, { edits }) => sum + edits.length, 0)
  const expected = edits * (size.clientsInRoom - 1)
  while (
    deliveries.latenciesMs.length < expected &&
    performance.now() - Math.max(sentAt, deliveries.lastAt) < patienceMs
  )
    await sleep(20)
  const cpuS = Math.round(((await server.cpuS()) - cpuBefore) * 10) / 10
  for (const { socket } of all) socket.terminate()
  const sorted = deliveries.latenciesMs.toSorted((a, b) => a - b)
  const lost = expected - sorted.length
  return { p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99), cpuS, lost }
}
