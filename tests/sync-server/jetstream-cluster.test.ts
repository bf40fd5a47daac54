/** Three nats-servers, three relay processes, phones on all of them; the leading server and a relay die in the middle. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { jetstreamManager } from '@nats-io/jetstream'
import { connect } from '@nats-io/transport-node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { monthRoom, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { root } from '../../tools/root.ts'
import { TestList } from '../support/entries.ts'
import { LiveClient } from '../support/live-client.ts'
import { type NatsServers, startNatsServers } from '../support/nats-server.ts'
import { foundNetwork, type TestNetwork } from '../support/network.ts'
import {
  digestOf,
  encodeRaw,
  entriesIn,
  type RawAnswer,
  type RawRequest,
  readAnswer,
} from '../support/raw-client.ts'

interface RelayProcess {
  child: ChildProcess
  origin: string
  relayId: string
}

const month = monthRoom(Date.now())
const phones = 12
let servers: NatsServers
let network: TestNetwork
let relays: RelayProcess[] = []

const startRelay = async (): Promise<RelayProcess> => {
  const settings = { PORT: '0', TADAMUN_STORE: servers.url, TADAMUN_STATIC: '/nowhere', TADAMUN_PROXY: '1' }
  const env = { ...process.env, ...settings }
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const child = spawn(process.execPath, [join(root, 'sync-server', 'main.ts')], { env, stdio: [...stdio] })
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { msg, port, relayId } = JSON.parse(line) as { msg: string; port: number; relayId: string }
    if (msg === 'listening') return { child, origin: `http://127.0.0.1:${port}`, relayId }
  }
  throw new Error('the relay ended before it listened')
}

const kill = async ({ child }: RelayProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Two minutes for servers that choose leaders on a busy machine. */
beforeAll(async () => {
  servers = await startNatsServers(3)
  relays = await Promise.all([startRelay(), startRelay(), startRelay()])
  network = await foundNetwork()
}, 120_000)
afterAll(async () => {
  await Promise.all(relays.map(kill))
  await servers.stop()
})

/** One exchange of a phone with an address of its own. */
const exchange = async (
  { origin }: RelayProcess,
  address: string,
  rooms: RawRequest['rooms'] = [],
): Promise<RawAnswer> => {
  const { id, founder: device } = network
  const expiresS = Math.floor(Date.now() / 1000) + 300
  const relayId = relays[0]?.relayId ?? ''
  const body = await encodeRaw(origin, { network: id, device, expiresS, relayId, rooms })
  const headers = { 'x-forwarded-for': address }
  const signal = AbortSignal.timeout(20_000)
  const response = await fetch(`${origin}/v1/sync`, { method: 'POST', body, headers, signal })
  const bytes = new Uint8Array(await response.arrayBuffer())
  return readAnswer(
    bytes,
    response.status,
    rooms.map(({ room }) => room),
  )
}

interface Phone {
  list: TestList
  address: string
  /** which relay it asks */
  at: number
  acknowledged: number
  cursor: number
  /** exchanges that a relay answered */
  answered: number
}

const newPhone = (number: number): Phone => ({
  list: new TestList(network.id, month, network.founder, number),
  address: `10.0.0.${number}`,
  at: number,
  acknowledged: 0,
  cursor: 0,
  answered: 0,
})

/** Writes one entry and brings what is not acknowledged; without an answer the next relay is asked from then on. */
const work = async (phone: Phone): Promise<void> => {
  const { list, address, acknowledged: from } = phone
  await list.append()
  const relay = relays[phone.at % relays.length] as RelayProcess
  const digest = await digestOf(list)
  const room = { room: month, cursor: phone.cursor, digest, updates: [list.update(from)] }
  const answer = await exchange(relay, address, [room]).catch(() => null)
  const result = answer?.isWhole ? answer.results.get(month) : undefined
  if (!result) {
    phone.at++
    return
  }
  // no relay has asked for anything that another one acknowledged
  expect(result.needs).toEqual([])
  expect(result.refused).toEqual([])
  phone.acknowledged = result.durable.find(({ client }) => client === list.client)?.length ?? 0
  phone.cursor = result.cursor
  phone.answered++
}

const workUntil = async (phone: Phone, answered: number): Promise<void> => {
  while (phone.answered < answered) await work(phone)
}

/** The number of the server that leads the stream of our network: whoever is killed, it hurts most. */
const leaderOfNetwork = async (): Promise<number> => {
  const connection = await connect({ servers: [...servers.address.servers] })
  try {
    const manager = await jetstreamManager(connection)
    for await (const { config } of manager.streams.list()) {
      const subjects_filter = `tadamun.rooms.*.${network.id}.*`
      const { state, cluster } = await manager.streams.info(config.name, { subjects_filter })
      if (state.subjects && Object.keys(state.subjects).length > 0) return Number(cluster?.leader?.slice(-1))
    }
    throw new Error('no stream holds the network')
  } finally {
    await connection.close()
  }
}

/** A live socket that is behind, as a phone's after a fall, gets all that it lacks. */
const listenAt = async ({ origin }: RelayProcess): Promise<LiveClient> => {
  const expiresS = Math.floor(Date.now() / 1000) + 300
  const { id, founder: device } = network
  return (await LiveClient.open(origin, { network: id, room: month, device, expiresS })).greet()
}

it('[R20] whoever listens at one relay hears what came to another', async () => {
  const [first, second, third] = relays as [RelayProcess, RelayProcess, RelayProcess]
  await exchange(first, '10.0.1.0', [{ room: rosterRoom, updates: [network.roster.update()] }])
  const list = new TestList(network.id, month, network.founder, 200)
  const listener = await listenAt(third)
  await listener.next('receipt')
  for (const [i, relay] of [first, second, third].entries()) {
    await list.append()
    await exchange(relay, '10.0.1.0', [{ room: month, updates: [list.update(i)] }])
    expect(await listener.hears(list, i + 1)).toEqual(list.entries)
  }
  await listener.durable(list, 3)
  await listener.hangUp()
}, 30_000)

it('[R11] a relay and the leading server killed in the middle lose nothing that was acknowledged', async () => {
  const [first, second, third] = relays as [RelayProcess, RelayProcess, RelayProcess]
  expect(new Set(relays.map(({ relayId }) => relayId)).size).toBe(1)
  await exchange(first, '10.0.1.1', [{ room: rosterRoom, updates: [network.roster.update()] }])
  const listener = await listenAt(second)
  const all = Array.from({ length: phones }, (_, number) => newPhone(number))
  await Promise.all(all.map((phone) => workUntil(phone, 15)))
  const early = await exchange(first, '10.0.1.1')
  const cursor = early.results.get(month)?.cursor ?? 0
  const counts = all.map(({ list }) => entriesIn(early, month, list).length)

  let isKilled = false
  const during = all.map(async (phone) => {
    while (!isKilled) await work(phone)
  })
  const slowest = () => Math.min(...all.map(({ answered }) => answered))
  await expect.poll(slowest, { timeout: 20_000 }).toBeGreaterThan(20)
  await Promise.all([servers.kill(await leaderOfNetwork()), kill(first)])
  isKilled = true
  await Promise.all(during)
  // whoever was with the killed relay moves on, and nobody needs anything but time
  await Promise.all(all.map((phone) => workUntil(phone, phone.answered + 15)))
  expect(all.filter(({ at }) => at % relays.length === 0)).toEqual([])

  for (const { list, acknowledged } of all)
    expect(await listener.hears(list, acknowledged)).toEqual(
      list.entries.slice(0, listener.entriesOf(list).length),
    )
  await listener.hangUp()

  for (const relay of [second, third]) {
    const answer = await exchange(relay, '10.0.1.2')
    for (const { list, acknowledged } of all) {
      const held = entriesIn(answer, month, list)
      expect(held.length).toBeGreaterThanOrEqual(acknowledged)
      expect(held).toEqual(list.entries.slice(0, held.length))
    }
    // a cursor of the killed relay: exactly what came after it
    const later = await exchange(relay, '10.0.1.3', [{ room: month, cursor }])
    for (const [i, { list }] of all.entries())
      expect(entriesIn(later, month, list)).toEqual(entriesIn(answer, month, list).slice(counts[i]))
  }
  const ended = once(second.child, 'exit')
  second.child.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
}, 60_000)
