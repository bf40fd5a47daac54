/** What the JetStream store does on three nats-servers of one machine: appends, two relays in one room, first reads. */
import { randomBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  type DeviceId,
  type ListName,
  listNameOf,
  type NetworkId,
  type RoomName,
} from '../../sync-server/protocol/ids.ts'
import { openJetStreamStore } from '../../sync-server/storage/jetstream-store.ts'
import type { HeadedEntry, Store } from '../../sync-server/storage/store.ts'
import { type NatsServers, startNatsServers } from '../../tests/support/nats-server.ts'
import type { BenchOptions } from '../bench.ts'

/** A one-field change as the app seals it (PROTOCOL.md, "Entry"), and a little more. */
const entryBytes = 250
const month = '2026-11' as RoomName

const someNetwork = (): NetworkId => toBase64url(randomBytes(16)) as NetworkId
const someList = (): ListName =>
  listNameOf({ device: toBase64url(randomBytes(16)) as DeviceId, generation: 0 })
const someEntry = (): HeadedEntry => ({ entry: randomBytes(entryBytes), head: randomBytes(32) })

const round = (value: number): number => Math.round(value * 100) / 100
const percentile = (sorted: readonly number[], part: number): number =>
  round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)

const open = async (servers: NatsServers): Promise<Store> => {
  const opened = await openJetStreamStore(servers.address, { replicas: 3 })
  if (!opened.ok) throw new Error(opened.error)
  return opened.value
}

interface Writer {
  readonly store: Store
  readonly network: NetworkId
}

/** Each writer appends one entry after another to a list of its own, for so long. */
const writeFor = async (writers: readonly Writer[], ms: number) => {
  const times: number[] = []
  const startMs = performance.now()
  const write = async ({ store, network }: Writer): Promise<void> => {
    const list = someList()
    for (let index = 0; performance.now() - startMs < ms; index++) {
      const beforeMs = performance.now()
      const result = await store.append(network, month, list, index, [someEntry()])
      if (!result.ok) throw new Error(result.error.code)
      times.push(performance.now() - beforeMs)
    }
  }
  await Promise.all(writers.map(write))
  const seconds = (performance.now() - startMs) / 1000
  times.sort((a, b) => a - b)
  return {
    entriesPerS: Math.round(times.length / seconds),
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    entries: times.length,
  }
}

/** How long a relay that has just started needs for a network of so many entries. */
const readFirst = async (servers: NatsServers, writer: Store, entries: number) => {
  const network = someNetwork()
  const lists = Array.from({ length: 50 }, someList)
  // one after the other, as they come in life: each is a message of its own
  for (let i = 0; i < entries; i++)
    await writer.append(network, month, lists[i % 50] as ListName, Math.floor(i / 50), [someEntry()])
  const reader = await open(servers)
  const beforeMs = performance.now()
  await reader.rooms(network)
  const indexMs = performance.now() - beforeMs
  let cursor = 0
  for (let more = true; more; ) {
    const piece = await reader.readSince(network, month, cursor, 256 * 1024)
    cursor = piece.entries.at(-1)?.seq ?? cursor
    more = piece.more
  }
  const readMs = performance.now() - beforeMs - indexMs
  await reader.close()
  return { entries, indexMs: round(indexMs), readMs: round(readMs) }
}

const bench = async ({ isJson }: BenchOptions): Promise<void> => {
  const servers = await startNatsServers(3)
  try {
    const stores = [await open(servers), await open(servers), await open(servers)] as const
    const [one] = stores
    const alone = await writeFor([{ store: one, network: someNetwork() }], 3000)
    const networks = Array.from({ length: 200 }, someNetwork)
    const many = await writeFor(
      networks.map((network) => ({ store: one, network })),
      5000,
    )
    const shared = someNetwork()
    const everybody = Array.from({ length: 200 }, () => shared)
    const oneRoom = await writeFor(
      everybody.map((network) => ({ store: one, network })),
      5000,
    )
    const contended = await writeFor(
      Array.from({ length: 200 }, (_, i) => ({ store: stores[i % 3] as Store, network: shared })),
      5000,
    )
    const first = await readFirst(servers, one, 5000)
    const result = { name: 'jetstream', alone, many, oneRoom, contended, first }
    if (isJson) console.log(JSON.stringify(result))
    else console.log(result)
    await Promise.all(stores.map((store) => store.close()))
  } finally {
    await servers.stop()
  }
}

export default bench
