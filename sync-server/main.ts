/** Starts a relay: chooses the implementations, and nothing else. `main.ts backup FILE` copies its store instead. */

import { join } from 'node:path'
import { pino } from 'pino'
import { type Config, readConfig } from './config.ts'
import type { Log } from './log.ts'
import { createRelay } from './relay.ts'
import { createRelayServer } from './server.ts'
import { openStaticFiles } from './static-files.ts'
import { backUpSqliteStore } from './storage/sqlite-backup.ts'
import { openSqliteStore } from './storage/sqlite-store.ts'
import type { Store } from './storage/store.ts'

const fail = (...sentences: string[]): never => {
  for (const sentence of sentences) console.error(sentence)
  process.exit(1)
}

const storePath = (config: Config): string => join(config.dataFolder, 'relay.sqlite')

const openStore = async (config: Config, log: Log): Promise<Store> => {
  const { cluster, maxFileBytes, replicas } = config
  if (!cluster) {
    const opened = openSqliteStore(storePath(config), maxFileBytes === null ? {} : { maxFileBytes })
    return opened.ok ? opened.value : fail(opened.error.message)
  }
  // its packages are loaded only by whoever has such servers
  const { openJetStreamStore } = await import('./storage/jetstream-store.ts')
  const onNotice = (notice: string) => log.warn({ notice }, 'the store')
  const onSetBack = () =>
    fail('The NATS servers hold less than they had acknowledged: start this relay again.')
  const options = { replicas, onNotice, onSetBack, ...(maxFileBytes !== null && { maxBytes: maxFileBytes }) }
  const opened = await openJetStreamStore(cluster, options)
  return opened.ok ? opened.value : fail(opened.error)
}

const start = async (config: Config): Promise<void> => {
  const log = pino({ level: config.logLevel, base: null })
  const store = await openStore(config, log)
  const relay = createRelay({
    store,
    isOpen: config.isOpen,
    onStoreFailure: ({ failure }) => log.error({ ...failure }, 'the store took nothing'),
    onFault: (cause) =>
      log.error({ error: cause instanceof Error ? cause.message : 'unknown' }, 'live session failed'),
  })
  const files = openStaticFiles(config.staticFolder)
  const server = createRelayServer({ ...config, relay, files, log })

  let isStopping = false
  const stop = async (signal: string): Promise<void> => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'stopping')
    await server.close()
    await store.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop('SIGTERM'))
  process.on('SIGINT', () => void stop('SIGINT'))

  try {
    const port = await server.listen(config.port, config.host)
    log.info({ port, host: config.host, app: files.hasApp, relayId: relay.relayId }, 'listening')
  } catch (cause) {
    await store.close()
    fail(
      `Nobody can listen on ${config.host}:${config.port}: ${cause instanceof Error ? cause.message : cause}`,
    )
  }
  await files.warm()
}

const config = readConfig(process.env)
const [command, target] = process.argv.slice(2)
if (!config.ok) fail(...config.error)
else if (command === undefined) await start(config.value)
else if (command === 'backup' && config.value.cluster)
  fail('A store in NATS is copied by its own tool, while it runs: nats account backup FOLDER')
else if (command === 'backup' && target) {
  const copied = backUpSqliteStore(storePath(config.value), target)
  if (!copied.ok) fail(copied.error)
} else fail('Usage: node sync-server/main.ts, or node sync-server/main.ts backup FILE')
