/** A server of a measurement as its own process on a free loopback port: ours, or a peer as it comes from its package. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../../root.ts'

/** `ours` keeps its file in TADAMUN_DATA; both peers keep documents in memory, as they do when nobody sets up more. */
const scripts = {
  ours: 'sync-server/main.ts',
  yWebsocket: 'node_modules/@y/websocket-server/src/server.js',
  hocuspocus: 'tools/bench/servers/hocuspocus.ts',
} as const

export type ServerName = keyof typeof scripts

export interface Usage {
  /** processor seconds since it started, user and system */
  cpuS: number
  /** resident memory now */
  rssMb: number
}

export interface ServerProcess {
  port: number
  usage(): Promise<Usage>
  /** the same after a full collection */
  collectedUsage(): Promise<Usage>
  /** `kill -9`. */
  stop(): Promise<void>
}

/** How deploy/tadamun.service starts ours: what stands before its script, and its surroundings. */
const asAnOperator = (): { flags: string[]; env: Record<string, string> } => {
  const unit = readFileSync(join(root, 'sync-server', 'deploy', 'tadamun.service'), 'utf8')
  const words = /^ExecStart=\S+ (.*?)\S+main\.ts/m.exec(unit)?.[1] ?? ''
  const env = [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ])
  return { flags: words.split(' ').filter(Boolean), env: Object.fromEntries(env) }
}

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)))
    socket.on('error', () => resolve(false))
  })

const usageOf = async (child: ChildProcess, word: 'usage' | 'collected'): Promise<Usage> => {
  child.send(word)
  const [{ user, system, rss }] = (await once(child, 'message')) as [NodeJS.CpuUsage & { rss: number }]
  return { cpuS: (user + system) / 1e6, rssMb: rss / 2 ** 20 }
}

/** Rejects when it ends before it answers. */
export const startServer = async (
  name: ServerName,
  env: Record<string, string> = {},
): Promise<ServerProcess> => {
  const port = await freePort()
  const usual = name === 'ours' ? asAnOperator() : { flags: [], env: {} }
  const child = fork(join(root, scripts[name]), {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(port), ...usual.env, ...env },
    execArgv: [...usual.flags, '--import', join(import.meta.dirname, 'report-cpu.ts')],
    // its greeting is not part of the figures
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode} before it answered`)
    await sleep(50)
  }
  return {
    port,
    usage: () => usageOf(child, 'usage'),
    collectedUsage: () => usageOf(child, 'collected'),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
