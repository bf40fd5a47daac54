/** Starts a relay: chooses the implementations, and nothing else. With a word, `backup FILE` or `restore FILE`, that instead. */

import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import { commands } from './commands.ts'
import { readConfig } from './config.ts'
import type { Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createRelay } from './relay.ts'
import { createRetention } from './retention.ts'
import { createRelayServer } from './server.ts'
import type { Config } from './settings.ts'
import { openStaticFiles } from './static-files.ts'
import { measureStore } from './storage/measured-store.ts'
import { openSqliteStore } from './storage/sqlite-store.ts'
import type { Store } from './storage/store.ts'

const fail = (...sentences: string[]): never => {
  for (const sentence of sentences) console.error(sentence)
  process.exit(1)
}

const storePath = (config: Config): string => join(config.dataFolder, 'relay.sqlite')

const openStore = async (config: Config, log: Log): Promise<Store> => {
  const { cluster, maxFileBytes } = config
  if (!cluster) {
    const opened = openSqliteStore(storePath(config), maxFileBytes === null ? {} : { maxFileBytes })
    return opened.ok ? opened.value : fail(opened.error.message)
  }
  // its packages are loaded only by whoever has such servers
  const { openJetStreamStore } = await import('./storage/jetstream-store.ts')
  const onNotice = (notice: string) => log.warn({ notice }, 'the store')
  const onSetBack = () =>
    fail('The NATS servers hold less than they had acknowledged: start this relay again.')
  const options = { replicas: Number(config.replicas), onNotice, onSetBack }
  const opened = await openJetStreamStore(cluster, {
    ...options,
    ...(maxFileBytes !== null && { maxBytes: maxFileBytes }),
  })
  return opened.ok ? opened.value : fail(opened.error)
}

/** The first signal lets what is under way finish; the second one ends it. */
const onSignals = (stop: (signal: string) => Promise<void>): void => {
  let isStopping = false
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.on(signal, () => {
      if (isStopping) process.exit(1)
      isStopping = true
      void stop(signal)
    })
}

const start = async (config: Config): Promise<void> => {
  const log = pino({ level: config.logLevel, base: null })
  const metrics = createMetrics()
  const store = measureStore(await openStore(config, log), metrics)
  const retention = createRetention({ store, log, retentionMonths: config.retentionMonths })
  const relay = createRelay({
    ...config,
    store,
    onVerified: metrics.verified,
    onRefused: metrics.refused,
    onBlobKept: metrics.blobKept,
    onStoreFailure: ({ failure }) => {
      metrics.storeFailed(failure.code)
      log.error({ ...failure }, 'the store took nothing')
    },
    onFault: (cause) =>
      log.error({ error: cause instanceof Error ? cause.message : 'unknown' }, 'live session failed'),
  })
  const files = openStaticFiles(config.staticFolder)
  const server = createRelayServer({ ...config, relay, files, log, metrics })

  onSignals(async (signal) => {
    log.info({ signal }, 'stopping')
    retention.stop()
    await server.close(config.drainMs)
    await store.close()
    process.exit(0)
  })

  try {
    const port = await server.listen(config.port, config.host)
    log.info({ port, host: config.host, app: files.hasApp, relayId: relay.relayId }, 'listening')
  } catch (cause) {
    await store.close()
    fail(
      `Nobody can listen on ${config.host}:${config.port}: ${cause instanceof Error ? cause.message : cause}`,
    )
  }
  await Promise.all([files.warm(), retention.start()])
}

const usage =
  'Usage: node sync-server/main.ts [--config FILE], or with backup FILE or restore FILE behind it.'

const readArguments = () => {
  try {
    return parseArgs({ options: { config: { type: 'string' } }, allowPositionals: true })
  } catch {
    // an option that is none
    return fail(usage)
  }
}

const { values, positionals } = readArguments()
const config = readConfig(process.env, values.config)
const [word, file, ...rest] = positionals
if (!config.ok) fail(...config.error)
else if (word === undefined) await start(config.value)
else {
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined
  if (!command || file === undefined || rest.length > 0) fail(usage)
  else if (config.value.cluster)
    fail(
      'A store in NATS is copied by its own tools, while it runs: nats account backup, nats account restore.',
    )
  else {
    const done = command(storePath(config.value), file)
    if (done.ok) console.log(done.value)
    else fail(done.error)
  }
}
