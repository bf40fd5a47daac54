/** Relays over servers that let everything in, as nats-server 2.9 in a cluster does with what comes at once. */

import type { ConsumerAPI, JetStreamClient, JetStreamManager } from '@nats-io/jetstream'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { randomBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  boardRoom,
  type DeviceId,
  type ListName,
  listNameOf,
  type NetworkId,
} from '../../sync-server/protocol/ids.ts'
import { createMessageCache } from '../../sync-server/storage/jetstream-cache.ts'
import { type Cluster, openCluster } from '../../sync-server/storage/jetstream-cluster.ts'
import { readList, readSince, type ShardRoom } from '../../sync-server/storage/jetstream-log.ts'
import { Shard } from '../../sync-server/storage/jetstream-shard.ts'
import { RoomWriter } from '../../sync-server/storage/jetstream-writer.ts'
import type { HeadedEntry } from '../../sync-server/storage/store.ts'
import { type NatsServers, startNatsServers } from '../support/nats-server.ts'

const patienceMs = 10_000
let servers: NatsServers
let clusters: Cluster[] = []
let shards: Shard[] = []
let network: NetworkId
beforeAll(async () => {
  servers = await startNatsServers(1)
})
afterAll(() => servers.stop())
beforeEach(() => {
  network = toBase64url(randomBytes(16)) as NetworkId
})
afterEach(async () => {
  for (const shard of shards) shard.close()
  await Promise.all(clusters.map(({ connection }) => connection.close()))
  clusters = []
  shards = []
})

/** Leaves out what a message expects of the stream. */
const credulous = (client: JetStreamClient): JetStreamClient =>
  new Proxy(client, {
    get: (target, name) =>
      name === 'publish'
        ? (...[subject, bytes, options]: Parameters<JetStreamClient['publish']>) =>
            target.publish(subject, bytes, { ...options, expect: {} })
        : Reflect.get(target, name),
  })

/** Reads the first time as a server would that has not got the last `behind` messages of the stream yet. */
const lagging = (manager: JetStreamManager, behind: number): JetStreamManager => {
  let isBehind = true
  const add: ConsumerAPI['add'] = async (stream, config, options) => {
    const info = await manager.consumers.add(stream, config, options)
    if (!isBehind || config.deliver_subject) return info
    isBehind = false
    return { ...info, num_pending: info.num_pending - behind }
  }
  const consumers = new Proxy(manager.consumers, {
    get: (target, name) => (name === 'add' ? add : Reflect.get(target, name).bind(target)),
  })
  return new Proxy(manager, {
    get: (target, name) => (name === 'consumers' ? consumers : Reflect.get(target, name)),
  })
}

const openRelay = async (behind = 0): Promise<{ room: ShardRoom; writer: RoomWriter }> => {
  const options = { replicas: 1, shards: 1, maxBytes: null, patienceMs }
  const opened = await openCluster(servers.address, options)
  if (!opened.ok) throw new Error(opened.error)
  const { client, manager } = opened.value
  const cluster = { ...opened.value, client: credulous(client), manager: lagging(manager, behind) }
  const shard = new Shard({
    cluster,
    shard: 0,
    stream: cluster.streams[0] ?? '',
    cache: createMessageCache(1e6),
    patienceMs,
    maxMessages: 1000,
    onGrown: () => undefined,
    onSetBack: () => undefined,
    onNotice: () => undefined,
  })
  clusters.push(cluster)
  shards.push(shard)
  await shard.open()
  const room = { shard, network, name: boardRoom }
  return { room, writer: new RoomWriter(cluster, room, patienceMs) }
}

const entryOf = (): HeadedEntry => ({ entry: randomBytes(40), head: randomBytes(32) })
const listOf = (device: string): ListName => listNameOf({ device: device as DeviceId, generation: 0 })
const someId = (): string => toBase64url(randomBytes(16))

it('[R13] keep one of two histories: the one whose message came first', async () => {
  const relays = [await openRelay(), await openRelay(), await openRelay()]
  for (let round = 0; round < 20; round++) {
    const list = listOf(someId())
    const forks = relays.map(() => [entryOf(), entryOf()])
    const outcomes = await Promise.all(
      relays.map(({ writer }, i) => writer.append({ list, fromIndex: 0, entries: forks[i] ?? [] })),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const winner = forks[outcomes.findIndex(({ ok }) => ok)]
    for (const { room } of [...relays, await openRelay()])
      await expect.poll(async () => (await readList(room, list, 0, 1e6)).entries).toEqual(winner)
  }
})

it('[R13] let one of two devices with the same Yjs client id in', async () => {
  const relays = [await openRelay(), await openRelay()]
  for (let round = 0; round < 10; round++) {
    const device = someId()
    const lists = [listOf(device), listOf(`${device.slice(0, 8)}${someId().slice(8)}`)]
    const outcomes = await Promise.all(
      relays.map(({ writer }, i) =>
        writer.append({ list: lists[i] as ListName, fromIndex: 0, entries: [entryOf()] }),
      ),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  }
})

it('[R11] acknowledge what came too late for its place only once it has another', async () => {
  const relays = [await openRelay(), await openRelay(), await openRelay()]
  const lists = relays.map(() => listOf(someId()))
  for (let index = 0; index < 30; index++) {
    const appends = relays.map(({ writer }, i) =>
      writer.append({ list: lists[i] as ListName, fromIndex: index, entries: [entryOf()] }),
    )
    for (const outcome of await Promise.all(appends))
      expect(outcome).toMatchObject({ ok: true, value: { length: index + 1, added: 1 } })
  }
  const { room } = await openRelay()
  const { entries } = await readSince(room, 0, 1e6)
  for (const list of lists) expect(entries.filter((entry) => entry.list === list)).toHaveLength(30)
  expect(entries).toHaveLength(90)
})

it('[R33] drop a room once, and nothing that was written into it meanwhile comes back', async () => {
  const [here, there] = [await openRelay(), await openRelay()]
  const list = listOf(someId())
  await here.writer.append({ list, fromIndex: 0, entries: [entryOf()] })
  await Promise.all([
    here.writer.drop(),
    there.writer.drop(),
    there.writer.append({ list, fromIndex: 1, entries: [entryOf()] }),
  ])
  await there.writer.drop()
  const { room } = await openRelay()
  expect((await readSince(room, 0, 1e6)).entries).toEqual([])
})

it('[R10] do not take the word of a server that lags behind', async () => {
  const { writer } = await openRelay()
  const list = listOf(someId())
  for (let index = 0; index < 5; index++)
    await writer.append({ list, fromIndex: index, entries: [entryOf()] })
  const { room } = await openRelay(2)
  expect((await readSince(room, 0, 1e6)).entries).toHaveLength(5)
})
