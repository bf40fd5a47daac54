/** The store of many relay processes: rooms as subjects in the streams of a NATS cluster, nothing kept here. */

import { isNetworkId, type NetworkId, type RoomName } from '../protocol/ids.ts'
import { ok, type Result } from '../protocol/result.ts'
import type { ClusterAddress } from './jetstream-address.ts'
import { JetStreamBlobs } from './jetstream-blobs.ts'
import { createMessageCache } from './jetstream-cache.ts'
import { type Cluster, openCluster } from './jetstream-cluster.ts'
import { readList, readSince, type ShardRoom } from './jetstream-log.ts'
import { monthsBefore } from './jetstream-months.ts'
import { Shard } from './jetstream-shard.ts'
import { failureOf, RoomWriter } from './jetstream-writer.ts'
import type { RoomListener, Store } from './store.ts'

export interface JetStreamOptions {
  /** servers that keep each message: 1, 3 or 5; three unless said otherwise */
  readonly replicas?: number
  /** streams of a new store; an existing one keeps its number */
  readonly shards?: number
  /** most bytes in all streams together; beyond it appends fail as `full` */
  readonly maxBytes?: number
  /** how long servers may take to choose a leader before something fails */
  readonly patienceMs?: number
  /** messages lately used that are kept in memory */
  readonly cacheBytes?: number
  /** places of messages that are kept in memory, about 80 bytes each */
  readonly maxMessages?: number
  /**
   * The servers lost what they had acknowledged, or were given an older copy. This process must end and begin anew:
   * what it remembers is not what they hold. Phones bring back what is missing [R16].
   */
  readonly onSetBack?: () => void
  /** something that an operator should know */
  readonly onNotice?: (notice: string) => void
}

/** Each stream has a leader of its own, so that three servers share the work. */
const usualShards = 8
/** nats-server chooses a new leader within 4 to 9 s of silence: minElectionTimeout, maxElectionTimeout in raft.go. */
const usualPatienceMs = 15_000

const openShards = async (
  cluster: Cluster,
  options: JetStreamOptions,
  onGrown: RoomListener,
): Promise<Shard[]> => {
  const { patienceMs = usualPatienceMs, maxMessages = 3_000_000 } = options
  const { onNotice = () => undefined, onSetBack = () => undefined } = options
  const cache = createMessageCache(options.cacheBytes ?? 64 * 1024 * 1024)
  const shards = cluster.streams.map((stream, shard) => {
    const most = Math.ceil(maxMessages / cluster.streams.length)
    const told = { onGrown, onSetBack, onNotice }
    return new Shard({ cluster, shard, stream, cache, patienceMs, maxMessages: most, ...told })
  })
  await Promise.all(shards.map((shard) => shard.open()))
  return shards
}

/** A network is in one stream as a whole, by the first bytes of its id: a hash, so they are even. */
const shardOf = (network: NetworkId, shards: readonly Shard[]): Shard => {
  if (!isNetworkId(network)) throw new Error('a network id is checked at the edge')
  const number = Buffer.from(network.slice(0, 8), 'base64url').readUIntBE(0, 6)
  return shards[number % shards.length] as Shard
}

const storeOver = (
  cluster: Cluster,
  shards: readonly Shard[],
  listeners: Set<RoomListener>,
  patienceMs: number,
): Store => {
  const writerByRoom = new Map<string, RoomWriter>()
  const roomOf = (network: NetworkId, name: RoomName): ShardRoom => ({
    shard: shardOf(network, shards),
    network,
    name,
  })
  const indexOf = (network: NetworkId) => shardOf(network, shards).network(network)

  /** One writer for a room at a time: its appends take turns and share messages. */
  const write = async <Value>(
    network: NetworkId,
    name: RoomName,
    work: (writer: RoomWriter) => Promise<Value>,
  ): Promise<Value> => {
    const key = `${network}/${name}`
    const writer = writerByRoom.get(key) ?? new RoomWriter(cluster, roomOf(network, name), patienceMs)
    writerByRoom.set(key, writer)
    try {
      return await work(writer)
    } finally {
      if (writer.isIdle && writerByRoom.get(key) === writer) writerByRoom.delete(key)
    }
  }

  return {
    relayId: cluster.relayId,
    blobs: new JetStreamBlobs(cluster, patienceMs, failureOf),
    append: (network, room, list, fromIndex, entries) =>
      write(network, room, (writer) => writer.append({ list, fromIndex, entries })),
    readSince: (network, room, cursor, maxBytes) => readSince(roomOf(network, room), cursor, maxBytes),
    readList: (network, room, list, fromIndex, maxBytes) =>
      readList(roomOf(network, room), list, fromIndex, maxBytes),
    async lengths(network, name) {
      const room = (await indexOf(network)).room(name)
      return { seq: room?.seq ?? 0, lists: room?.lists() ?? [] }
    },
    rooms: async (network) => (await indexOf(network)).rooms(),
    monthsBefore: (month) => monthsBefore(cluster, shards, month, patienceMs),
    bytes: async (network, device) => (await indexOf(network)).bytes(device),
    drop: (network, room) => write(network, room, (writer) => writer.drop()),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      await Promise.all(Array.from(writerByRoom.values(), (writer) => writer.idle()))
      listeners.clear()
      for (const shard of shards) shard.close()
      await cluster.connection.close()
    },
  }
}

/** The store in the streams of a NATS cluster, made if missing. The failure is a sentence for the operator. */
export const openJetStreamStore = async (
  address: ClusterAddress,
  options: JetStreamOptions = {},
): Promise<Result<Store, string>> => {
  const { replicas = 3, shards = usualShards, maxBytes = null, patienceMs = usualPatienceMs } = options
  // servers that were started together take a moment longer
  const opened = await openCluster(address, { replicas, shards, maxBytes, patienceMs: patienceMs * 2 })
  if (!opened.ok) return opened
  const listeners = new Set<RoomListener>()
  const onGrown: RoomListener = (...news) => {
    for (const listener of listeners) listener(...news)
  }
  const tails = await openShards(opened.value, options, onGrown)
  return ok(storeOver(opened.value, tails, listeners, patienceMs))
}
