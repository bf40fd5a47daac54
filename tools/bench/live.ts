/**
 * How fast live edits travel and what they cost the server: 200 clients in 50 rooms, each with five one-field edits a
 * second, for 20 s (`--seconds`), on three servers in turn on this machine, each in a process of its own.
 *
 * Not the same work: ours parses each edit within bounds, verifies its signature, and has it on the disk (SQLite, full
 * sync) before anybody hears of it. `@y/websocket-server` and `@hocuspocus/server` run as they come: they check nothing
 * and keep documents in memory. The edits are sealed, signed and encoded beforehand; this process sends them and takes
 * the time.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from '../bench.ts'
import { usualFleet as size } from './live/fleet.ts'
import { type LiveFigures, measureLoad } from './live/load.ts'
import { loadPerCore } from './live/load-per-core.ts'
import { ourFleet, settleFleet } from './live/our-fleet.ts'
import { yjsFleet } from './live/yjs-fleets.ts'
import { startServer } from './servers/server-process.ts'

const measureOurs = async (edits: number): Promise<LiveFigures> => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'tadamun-bench-'))
  try {
    const members = await settleFleet(dataFolder, size)
    const env = { TADAMUN_DATA: dataFolder, TADAMUN_PROXY: '1', TADAMUN_LOG: 'warn' }
    const server = await startServer('ours', env)
    const figures = await measureLoad(server, await ourFleet(members, server.port, edits), size)
    await server.stop()
    return figures
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
}

const measurePeer = async (name: 'yWebsocket' | 'hocuspocus', edits: number): Promise<LiveFigures> => {
  const server = await startServer(name)
  const figures = await measureLoad(server, yjsFleet(name, server.port, size, edits), size)
  await server.stop()
  return figures
}

const secondsOf = (args: readonly string[]): number => {
  const at = args.indexOf('--seconds')
  const seconds = at === -1 ? 20 : Number(args[at + 1])
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 600)
    throw new Error('--seconds takes a whole number from 1 to 600')
  return seconds
}

export default async ({ isJson, args }: BenchOptions): Promise<void> => {
  const seconds = secondsOf(args)
  const edits = seconds * size.editsPerSecond
  const say = isJson ? () => undefined : console.log
  const clients = size.rooms * size.clientsInRoom
  say(
    `${clients} clients in ${size.rooms} rooms, ${clients * size.editsPerSecond} edits a second for ${seconds} s`,
  )
  const sayFigures = (name: string, { p50Ms, p99Ms, cpuS, lost }: LiveFigures) =>
    say(`  ${name.padEnd(40)} p50 ${p50Ms} ms, p99 ${p99Ms} ms, CPU ${cpuS} s, lost ${lost}`)
  const load = loadPerCore()
  if (load > 0.5)
    say(`  this machine is busy (${load} for each core): the times say more about it than about servers`)
  const ours = await measureOurs(edits)
  sayFigures('ours: verified, on the disk', ours)
  const yWebsocket = await measurePeer('yWebsocket', edits)
  sayFigures('@y/websocket-server: in memory', yWebsocket)
  const hocuspocus = await measurePeer('hocuspocus', edits)
  sayFigures('@hocuspocus/server: in memory', hocuspocus)
  console.log(JSON.stringify({ name: 'live', ours, yWebsocket, hocuspocus, loadPerCore: load }))
}
