/** The relay's benchmark of one server: idle visitors, who catches up, who left; edits at two paces; `kill -9`. */
import { setTimeout as sleep } from 'node:timers/promises'
import { connectAll } from '../live/connect.ts'
import { Deliveries } from '../live/deliveries.ts'
import { type LiveFigures, measureLoad, sendEdits } from '../live/load.ts'
import { percentile } from '../live/percentile.ts'
import type { Contestant } from './contestant.ts'
import type { RelaySize } from './sizes.ts'

export interface IdleFigures {
  /** memory before anybody came, with all of them there, and ten seconds after all have left */
  freshMb: number
  rssMb: number
  leftMb: number
  /** processor seconds until all were in, and while they said nothing */
  connectCpuS: number
  idleCpuS: number
  /** what the server keeps of one room */
  roomKb: number
  catchUp: CatchUpFigures
}

interface CatchUpFigures {
  p50Ms: number
  p99Ms: number
  cpuS: number
  /** memory right afterwards */
  rssMb: number
  /** that one phone fetched */
  kb: number
}

export interface KillFigures {
  /** entries that the server had acknowledged, or, where it acknowledges nothing, that somebody else had seen */
  acknowledged: number
  /** of them, those that it did not have after its restart */
  lost: number
}

const round = (value: number): number => Math.round(value * 10) / 10

const measureCatchUps = async (
  usage: () => Promise<{ cpuS: number; rssMb: number }>,
  catchUps: readonly (() => Promise<number>)[],
): Promise<CatchUpFigures> => {
  const before = await usage()
  const startMs = performance.now()
  const done = await Promise.all(
    catchUps.map(async (catchUp) => ({ bytes: await catchUp(), ms: performance.now() - startMs })),
  )
  const after = await usage()
  const sorted = done.map(({ ms }) => ms).toSorted((a, b) => a - b)
  return {
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    cpuS: round(after.cpuS - before.cpuS),
    rssMb: round(after.rssMb),
    kb: round((done[0]?.bytes ?? 0) / 1024),
  }
}

export const measureIdle = async (contestant: Contestant, size: RelaySize): Promise<IdleFigures> => {
  const { server, roomBytes, visitors, catchUps } = await contestant.openFilled(size)
  const fresh = await server.usage()
  const all = await connectAll(visitors, () => undefined)
  const connected = await server.usage()
  await sleep(size.idle.settleMs)
  const settled = await server.usage()
  await sleep(size.idle.seconds * 1000)
  const idle = await server.usage()
  const catchUp = await measureCatchUps(server.usage, catchUps)
  for (const { socket } of all) socket.close()
  await sleep(size.idle.settleMs)
  const left = await server.usage()
  await server.stop()
  return {
    freshMb: round(fresh.rssMb),
    rssMb: round(idle.rssMb),
    leftMb: round(left.rssMb),
    connectCpuS: round(connected.cpuS - fresh.cpuS),
    idleCpuS: Math.round((idle.cpuS - settled.cpuS) * 100) / 100,
    roomKb: round(roomBytes / 1024),
    catchUp,
  }
}

export const measurePace = async (
  contestant: Contestant,
  { load }: RelaySize,
  editsPerSecond: number,
): Promise<LiveFigures> => {
  const fleetSize = { ...load, editsPerSecond }
  const { server, fleet } = await contestant.openDriven(fleetSize, editsPerSecond * load.seconds)
  const figures = await measureLoad(server, fleet, fleetSize)
  await server.stop()
  return figures
}

export const measureKill = async (contestant: Contestant, { kill }: RelaySize): Promise<KillFigures> => {
  const edits = Math.ceil((kill.editsPerSecond * kill.afterMs) / 1000) * 2
  const { server, fleet, restart } = await contestant.openDriven(kill, edits)
  const deliveries = new Deliveries()
  const all = await connectAll(fleet, (client, message) => deliveries.came(client, message))
  const closed = Promise.all(all.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve))))
  let isKilled = false
  const sending = sendEdits(all, kill, deliveries, () => isKilled)
  await sleep(kill.afterMs)
  await server.stop()
  isKilled = true
  await Promise.all([sending, closed])
  const { server: again, heldByWriter } = await restart()
  await again.stop()
  const { durableByWriter, seenByWriter } = deliveries
  const promised = durableByWriter.size > 0 ? durableByWriter : seenByWriter
  let [acknowledged, lost] = [0, 0]
  for (const [writer, length] of promised) {
    acknowledged += length
    lost += Math.max(0, length - (heldByWriter.get(writer) ?? 0))
  }
  return { acknowledged, lost }
}
