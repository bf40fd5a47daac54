/** The real relay behind its real server on a free loopback port, with a clock that tests set. */
import { createRelay, type Relay, type RelayOptions } from '../../sync-server/relay.ts'
import { createRelayServer, type ServerOptions } from '../../sync-server/server.ts'
import { openStaticFiles } from '../../sync-server/static-files.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { testTimeS } from './network.ts'

export interface TestRelay {
  origin: string
  port: number
  relay: Relay
  store: MemoryStore
  clock: { ms: number }
  /** what was logged as an error */
  errors: unknown[]
  /** without grace, whoever is still talking is cut off */
  stop: (graceMs?: number) => Promise<void>
}

export interface TestRelayOptions extends Omit<RelayOptions, 'store' | 'now'> {
  store?: MemoryStore
  server?: Partial<Omit<ServerOptions, 'relay' | 'files' | 'log' | 'now'>>
  /** folder of a built app */
  staticFolder?: string
}

/** The relay's clock stands ten minutes after the founding of every test network. */
export const startTestRelay = async (options: TestRelayOptions = {}): Promise<TestRelay> => {
  const clock = { ms: (testTimeS + 600) * 1000 }
  const now = () => clock.ms
  const { store = openMemoryStore(), server: serverOptions, staticFolder, ...relayOptions } = options
  const errors: unknown[] = []
  const relay = createRelay({ onFault: (cause) => errors.push(cause), ...relayOptions, store, now })
  const server = createRelayServer({
    relay,
    files: openStaticFiles(staticFolder ?? '/nowhere'),
    log: { info: () => undefined, warn: () => undefined, error: (...what) => errors.push(what) },
    now,
    requestBurst: 10_000,
    random: () => 0,
    ...serverOptions,
  })
  const port = await server.listen(0, '127.0.0.1')
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    relay,
    store,
    clock,
    errors,
    stop: (graceMs = 0) => server.close(graceMs),
  }
}
