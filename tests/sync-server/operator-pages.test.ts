/** What an operator's machines ask of a relay, and who may ask it. */
import { afterEach, describe, expect, it } from 'vitest'
import { createMetrics } from '../../sync-server/metrics.ts'
import { randomBytes } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { measureStore } from '../../sync-server/storage/measured-store.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { TestList } from '../support/entries.ts'
import { LiveClient } from '../support/live-client.ts'
import { foundNetwork } from '../support/network.ts'
import { post, sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay, type TestRelayOptions } from '../support/test-relay.ts'

let relay: TestRelay | null = null
afterEach(async () => {
  await relay?.stop()
  relay = null
})

/** A relay that is counted as `main.ts` counts it. */
const start = async (server: TestRelayOptions['server'] = {}) => {
  const metrics = createMetrics()
  const memory = openMemoryStore()
  const store = { ...measureStore(memory, metrics), copy: memory.copy }
  const started = await startTestRelay({
    store,
    onVerified: metrics.verified,
    onRefused: metrics.refused,
    onStoreFailure: ({ failure }) => metrics.storeFailed(failure.code),
    server: { metrics, ...server },
  })
  relay = started
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(started.origin + path, { headers })
    return { status: response.status, text: await response.text() }
  }
  return { ...started, memory, get }
}

const countIn = (text: string, name: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')
      .at(-1),
  )

describe('/readyz', () => {
  it('says ready while the store answers, and 503 with a word when it does not', async () => {
    const { get, store } = await start()
    expect(await get('/readyz')).toEqual({ status: 200, text: 'ready\n' })
    const { relay: other } = await startOver({ ...store, lengths: () => Promise.reject(new Error('gone')) })
    expect(await other('/readyz')).toEqual({ status: 503, text: 'store\n' })
    expect(await other('/healthz')).toEqual({ status: 200, text: 'ok\n' })
  })

  it('says that the relay is going while it finishes what is under way', async () => {
    const [asking, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const lengths = () => {
      asking.resolve()
      return answer.promise.then(() => ({ seq: 0, lists: [] }))
    }
    const { relay: get, stop } = await startOver({ ...openMemoryStore(), lengths })
    const asked = get('/readyz')
    await asking.promise
    const stopped = stop(10_000)
    answer.resolve()
    expect(await asked).toEqual({ status: 503, text: 'draining\n' })
    await stopped
  })

  const startOver = async (store: TestRelay['store']) => {
    await relay?.stop()
    const started = await startTestRelay({ store })
    relay = started
    return {
      stop: started.stop,
      relay: async (path: string) => {
        const response = await fetch(started.origin + path)
        return { status: response.status, text: await response.text() }
      },
    }
  }
})

describe('/metrics', () => {
  it('counts what the relay did, and names nobody', async () => {
    const { get, origin, memory } = await start()
    const network = await foundNetwork()
    const list = new TestList(network.id, boardRoom, network.founder)
    for (let i = 0; i < 3; i++) await list.append()
    const request = { network: network.id, device: network.founder }
    await sync(origin, { ...request, rooms: [{ room: rosterRoom, updates: [network.roster.update()] }] })
    await sync(origin, { ...request, rooms: [{ room: boardRoom, updates: [list.update()] }] })
    await sync(origin, { ...request, rooms: [{ room: boardRoom, updates: [randomBytes(9)] }] })
    await post(origin, randomBytes(9))
    const live = await LiveClient.open(origin, { ...request, room: boardRoom })
    await live.greet().next('receipt')
    const { status, text } = await get('/metrics')
    await live.hangUp()
    expect(status).toBe(200)
    const { seq } = await memory.lengths(network.id, rosterRoom)
    expect(countIn(text, 'tadamun_entries_stored_total')).toBe(seq + 3)
    expect(countIn(text, 'tadamun_verifies_total')).toBeGreaterThanOrEqual(seq + 3)
    expect(countIn(text, 'tadamun_exchanges_total{result="answered"}')).toBe(3)
    expect(countIn(text, 'tadamun_exchanges_total{result="malformed"}')).toBe(1)
    expect(countIn(text, 'tadamun_refused_total{reason="malformed"}')).toBe(1)
    expect(countIn(text, 'tadamun_live_sessions')).toBe(1)
    expect(countIn(text, 'tadamun_connections')).toBeGreaterThanOrEqual(1)
    expect(countIn(text, 'tadamun_received_bytes')).toBeGreaterThan(1000)
    expect(countIn(text, 'tadamun_sent_bytes')).toBeGreaterThan(500)
    expect(countIn(text, 'tadamun_store_seconds_count{operation="append"}')).toBeGreaterThan(1)
    expect(text).toMatch(/nodejs_eventloop_lag_seconds \d/)
    expect(text).toMatch(/process_resident_memory_bytes \d/)
    for (const needle of [network.id, network.founder.id, '127.0.0.1', list.name])
      expect([needle, text.includes(needle)]).toEqual([needle, false])
  })

  it('are told to this machine alone, and not to who comes through a proxy on it', async () => {
    const { get } = await start()
    expect((await get('/metrics')).status).toBe(200)
    for (const name of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])
      expect([name, (await get('/metrics', { [name]: '127.0.0.1' })).status]).toEqual([name, 404])
  })

  it('are told to who shows the token, where there is one, and to nobody else', async () => {
    const metricsToken = 'a-long-token-of-the-operator'
    const { get } = await start({ metricsToken })
    expect((await get('/metrics')).status).toBe(404)
    for (const authorization of ['', 'Bearer ', metricsToken, `Bearer ${metricsToken}x`])
      expect((await get('/metrics', { authorization })).status).toBe(404)
    const shown = { authorization: `Bearer ${metricsToken}`, 'x-forwarded-for': '192.0.2.1' }
    expect((await get('/metrics', shown)).status).toBe(200)
  })

  it('are nothing where nothing is counted', async () => {
    relay = await startTestRelay()
    expect((await fetch(`${relay.origin}/metrics`)).status).toBe(404)
  })
})
