/** The JetStream store against the contract, on a real nats-server. */

import { afterAll, beforeAll } from 'vitest'
import { openJetStreamStore } from '../../sync-server/storage/jetstream-store.ts'
import type { Store } from '../../sync-server/storage/store.ts'
import { type NatsServers, startNatsServers } from '../support/nats-server.ts'
import { describeStore } from './store.ts'

let servers: NatsServers
beforeAll(async () => {
  servers = await startNatsServers(1)
})
afterAll(() => servers.stop())

const open = async (): Promise<Store> => {
  const opened = await openJetStreamStore(servers.address, { replicas: 1, shards: 2 })
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}

describeStore('JetStream store', async () => {
  let store = await open()
  return {
    store,
    reopen: async () => {
      await store.close()
      store = await open()
      return store
    },
    tearDown: () => store.close(),
  }
})
