/** Drives a fleet for some seconds and says how long edits took from one socket to the others of the room. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServerProcess } from '../servers/server-process.ts'
import { type Connected, connectAll } from './connect.ts'
import { Deliveries } from './deliveries.ts'
import type { FleetSize, LiveClient } from './fleet.ts'
import { percentile } from './percentile.ts'

export interface LiveFigures {
  /** from `send` here to the message at another client, ms */
  p50Ms: number
  p99Ms: number
  /** processor seconds of the server while edits were under way */
  cpuS: number
  /** deliveries that did not come within {@link patienceMs} after the last one */
  lost: number
  /** clients that the server sent away, by what it said */
  sentAway: Record<string, number>
}

const patienceMs = 5000

/** Each client at its own moment, so that the load is even; ends early when `isOver` says so. */
export const sendEdits = async (
  all: readonly Connected<LiveClient>[],
  { editsPerSecond }: Pick<FleetSize, 'editsPerSecond'>,
  deliveries: Deliveries,
  isOver = (): boolean => false,
): Promise<void> => {
  const stepMs = 1000 / editsPerSecond / all.length
  const count = all.reduce((sum, { client }) => sum + client.edits.length, 0)
  const beganAt = performance.now()
  for (let n = 0; n < count && !isOver(); n++) {
    const { client, socket } = all[n % all.length] as Connected<LiveClient>
    const waitMs = beganAt + n * stepMs - performance.now()
    if (waitMs > 0) await sleep(waitMs)
    deliveries.sent(client.writer)
    socket.send(client.edits[Math.floor(n / all.length)] as Uint8Array)
  }
}

export const measureLoad = async (
  server: ServerProcess,
  fleet: readonly LiveClient[],
  size: FleetSize,
): Promise<LiveFigures> => {
  const deliveries = new Deliveries()
  const all = await connectAll(fleet, (client, message) => deliveries.came(client, message))
  const sentAway: Record<string, number> = {}
  for (const { socket } of all)
    socket.once('close', (code, reason) => {
      const word = `${code} ${reason}`.trim()
      sentAway[word] = (sentAway[word] ?? 0) + 1
    })
  const before = await server.usage()
  await sendEdits(all, size, deliveries)
  const sentAt = performance.now()
  const edits = fleet.reduce((sum, { edits }) => sum + edits.length, 0)
  const expected = edits * (size.clientsInRoom - 1)
  while (
    deliveries.latenciesMs.length < expected &&
    performance.now() - Math.max(sentAt, deliveries.lastAt) < patienceMs
  )
    await sleep(20)
  const cpuS = Math.round(((await server.usage()).cpuS - before.cpuS) * 10) / 10
  const figures = { cpuS, sentAway: { ...sentAway } }
  for (const { socket } of all) socket.terminate()
  const sorted = deliveries.latenciesMs.toSorted((a, b) => a - b)
  const lost = expected - sorted.length
  return { p50Ms: percentile(sorted, 0.5), p99Ms: percentile(sorted, 0.99), lost, ...figures }
}
