/** Finds this machine's nats-server and runs real ones on loopback, alone or as a cluster, for the JetStream store. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { type ClusterAddress, parseClusterAddress } from '../../sync-server/storage/jetstream-address.ts'
import { root } from '../../tools/root.ts'

/** Where tools/test.ts unpacks Debian's package when the machine has no nats-server. */
export const natsCacheFolder = join(root, 'node_modules', '.cache', 'nats-server')

/** The program's path: NATS_SERVER if it is set, else the first known place that holds one. */
export const findNatsServer = (): string | undefined => {
  const chosen = process.env.NATS_SERVER
  if (chosen) return existsSync(chosen) ? chosen : undefined
  const folders = ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const all = [...folders, ...onPath, join(natsCacheFolder, 'usr', 'sbin')]
  return all.map((folder) => join(folder, 'nats-server')).find((path) => existsSync(path))
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server.close()
  await once(server, 'close')
  return port
}

export interface NatsServers {
  /** as TADAMUN_STORE takes it */
  readonly url: string
  readonly address: ClusterAddress
  /** ends one of them without warning */
  kill: (number: number) => Promise<void>
  /** starts it again on what it had on its disk */
  restart: (number: number) => void
  /** where a server keeps its streams */
  folderOf: (number: number) => string
  stop: () => Promise<void>
}

const configOf = (folder: string, number: number, ports: number[], routes: number[]): string => {
  const cluster = `cluster {
  name: tadamun, listen: "127.0.0.1:${routes[number]}"
  routes: [${routes.map((port) => `"nats://127.0.0.1:${port}"`).join(', ')}]
}`
  return `listen: "127.0.0.1:${ports[number]}"
server_name: nats-${number}
max_payload: 2MB
jetstream { store_dir: "${join(folder, `nats-${number}`)}" }
${ports.length > 1 ? cluster : ''}
`
}

const start = (folder: string, number: number): ChildProcess => {
  const path = findNatsServer()
  if (!path)
    throw new Error('nats-server was not found: run npm test once, or install it and set NATS_SERVER')
  return spawn(path, ['-c', join(folder, `nats-${number}.conf`)], { stdio: 'ignore' })
}

/** They are not ready yet: whoever connects tries until they are. */
export const startNatsServers = async (count: number): Promise<NatsServers> => {
  const folder = mkdtempSync(join(tmpdir(), 'tadamun-nats-'))
  const numbers = Array.from({ length: count }, (_, number) => number)
  const ports = await Promise.all(numbers.map(freePort))
  const routes = await Promise.all(numbers.map(freePort))
  for (const number of numbers) {
    mkdirSync(join(folder, `nats-${number}`))
    writeFileSync(join(folder, `nats-${number}.conf`), configOf(folder, number, ports, routes))
  }
  const children = numbers.map((number) => start(folder, number))
  const kill = async (number: number): Promise<void> => {
    const child = children[number]
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
  }
  const url = ports.map((port) => `nats://127.0.0.1:${port}`).join(',')
  const address = parseClusterAddress(url)
  if (!address.ok) throw new Error(address.error)
  return {
    url,
    address: address.value,
    kill,
    restart(number) {
      children[number] = start(folder, number)
    },
    folderOf: (number) => join(folder, `nats-${number}`),
    async stop() {
      await Promise.all(numbers.map(kill))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
