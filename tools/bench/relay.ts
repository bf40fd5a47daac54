/**
 * The relay beside two stock Yjs servers, the same work in the same run, each server in a process of its own and this
 * one driving them: 2,000 who are connected and say nothing over 500 filled rooms, 500 who catch up at once, everybody
 * gone; 200 clients with 1,000 and with 4,000 edits a second; `kill -9` under that load. `--small` does a little of
 * all of it, to see whether it works; `--only idle|pace|kill` does one part.
 *
 * Not the same work in one respect, which is in the peers' favour: ours seals nothing in the clear, checks each
 * signature and has each edit on the disk (SQLite, full sync) before anybody hears of it. The peers run as they come:
 * they check nothing and keep documents in memory. Where one was killed, the y-websocket server is tried once more
 * with the LevelDB that it brings.
 */
import type { BenchOptions } from '../bench.ts'
import type { LiveFigures } from './live/load.ts'
import { loadPerCore } from './live/load-per-core.ts'
import type { Contestant } from './relay/contestant.ts'
import { type IdleFigures, type KillFigures, measureIdle, measureKill, measurePace } from './relay/measure.ts'
import { createOurs } from './relay/ours.ts'
import { createPeer } from './relay/peer.ts'
import { type RelaySize, smallSize, usualSize } from './relay/sizes.ts'

interface Figures {
  /** at the slower pace */
  p50Ms: number
  p99Ms: number
  idle: IdleFigures
  slow: LiveFigures
  fast: LiveFigures
  kill: KillFigures
}

type Part = 'idle' | 'pace' | 'kill'

const measure = async (
  contestant: Contestant,
  size: RelaySize,
  parts: readonly Part[],
  say: (sentence: string) => void,
): Promise<Partial<Figures>> => {
  const figures: Partial<Figures> = {}
  const [slowly, fast] = size.load.editsPerSecond
  if (parts.includes('idle')) {
    const idle = await measureIdle(contestant, size)
    figures.idle = idle
    say(
      `  idle: ${idle.rssMb} MB (${idle.freshMb} before, ${idle.leftMb} after), CPU ${idle.connectCpuS} s to come, ` +
        `${idle.idleCpuS} s to stay; ${idle.roomKb} KiB a room`,
    )
    const { p50Ms, p99Ms, cpuS, rssMb, kb } = idle.catchUp
    say(`  catching up: p50 ${p50Ms} ms, p99 ${p99Ms} ms, CPU ${cpuS} s, ${rssMb} MB, ${kb} KiB each`)
  }
  if (parts.includes('pace')) {
    figures.slow = await measurePace(contestant, size, slowly)
    figures.fast = await measurePace(contestant, size, fast)
    figures.p50Ms = figures.slow.p50Ms
    figures.p99Ms = figures.slow.p99Ms
    for (const [pace, { p50Ms, p99Ms, cpuS, lost }] of [
      [slowly, figures.slow],
      [fast, figures.fast],
    ] as const)
      say(
        `  ${pace * size.load.rooms * size.load.clientsInRoom} edits/s: p50 ${p50Ms} ms, p99 ${p99Ms} ms, ` +
          `CPU ${cpuS} s, lost ${lost}`,
      )
  }
  if (parts.includes('kill')) {
    figures.kill = await measureKill(contestant, size)
    say(`  killed: ${figures.kill.acknowledged} acknowledged, ${figures.kill.lost} of them lost`)
  }
  return figures
}

const ratio = (ours: number | undefined, theirs: number | undefined): number | null =>
  ours === undefined || theirs === undefined ? null : Math.round((ours / theirs) * 100) / 100

const parts: readonly Part[] = ['idle', 'pace', 'kill']

const partsOf = (args: readonly string[]): readonly Part[] => {
  const at = args.indexOf('--only')
  if (at === -1) return parts
  const chosen = parts.filter((part) => part === args[at + 1])
  if (chosen.length === 0) throw new Error(`--only takes one of ${parts.join(', ')}`)
  return chosen
}

export default async ({ isJson, args }: BenchOptions): Promise<void> => {
  const size = args.includes('--small') ? smallSize : usualSize
  const chosen = partsOf(args)
  const say = isJson ? () => undefined : console.log
  const load = loadPerCore()
  if (load > 0.5)
    say(`this machine is busy (${load} for each core): the times say more about it than about servers`)
  const run = async (contestant: Contestant, only = chosen): Promise<Partial<Figures>> => {
    say(contestant.label)
    try {
      return await measure(contestant, size, only, say)
    } finally {
      contestant.remove()
    }
  }
  const ours = await run(createOurs('ours: checked, on the disk'))
  const yWebsocket = await run(createPeer('yWebsocket', '@y/websocket-server: in memory'))
  const hocuspocus = await run(createPeer('hocuspocus', '@hocuspocus/server: in memory'))
  const onDisk = chosen.includes('kill')
    ? await run(createPeer('yWebsocket', '@y/websocket-server with its LevelDB', true), ['kill'])
    : {}
  const lighterMb = Math.min(yWebsocket.idle?.rssMb ?? Number.NaN, hocuspocus.idle?.rssMb ?? Number.NaN)
  const ratios = {
    rss: ratio(ours.idle?.rssMb, lighterMb),
    cpu: ratio(ours.fast?.cpuS, yWebsocket.fast?.cpuS),
  }
  const peers = { yWebsocket: { ...yWebsocket, killOnDisk: onDisk.kill }, hocuspocus }
  console.log(JSON.stringify({ name: 'relay', ours, ...peers, ratios }))
}
