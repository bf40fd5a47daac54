/** Months that a relay keeps no longer: what goes, what stays, and that nobody brings it back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { createRetention, type Retention } from '../../sync-server/retention.ts'
import type { Store } from '../../sync-server/storage/store.ts'
import { TestList } from '../support/entries.ts'
import { foundNetwork, type TestNetwork, testTimeS } from '../support/network.ts'
import { digestOf, sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay } from '../support/test-relay.ts'

const dayMs = 24 * 3600 * 1000
const [older, old, kept] = ['2024-10', '2024-11', '2024-12'] as RoomName[] as [RoomName, RoomName, RoomName]

let relay: TestRelay
let network: TestNetwork
let lists: Map<RoomName, TestList>
let logged: string[]

beforeEach(async () => {
  relay = await startTestRelay()
  network = await foundNetwork()
  lists = new Map()
  logged = []
  const { store } = relay
  for (const room of [boardRoom, older, old, kept]) {
    const list = new TestList(network.id, room, network.founder)
    await list.append()
    lists.set(room, list)
    await store.append(network.id, room, list.name, 0, await headed(list))
  }
  const { roster } = network
  await store.append(network.id, rosterRoom, roster.name, 0, await headed(roster))
})
afterEach(() => relay.stop())

const headed = async (list: TestList): Promise<{ entry: Bytes; head: Bytes }[]> =>
  list.entries.map((entry, i) => ({ entry, head: list.heads[i] as Bytes }))

const listOf = (room: RoomName): TestList => lists.get(room) as TestList

/** Its clock is the relay's; its days come when a test says so. */
const retentionOver = (store: Store, retentionMonths = 24) => {
  const planned: { work: () => void; delayMs: number }[] = []
  const retention: Retention = createRetention({
    store,
    retentionMonths,
    now: () => relay.clock.ms,
    log: {
      info: (fields, event) => logged.push(`${event} ${JSON.stringify(fields)}`),
      warn: () => undefined,
      error: (fields, event) => logged.push(`${event} ${JSON.stringify(fields)}`),
    },
    schedule(work, delayMs) {
      planned.push({ work, delayMs })
      return () => planned.pop()
    },
  })
  return { retention, planned }
}

const roomsHeld = async (): Promise<string[]> =>
  (await relay.store.rooms(network.id)).map(({ room }) => room).sort()

const ask = (rooms: Parameters<typeof sync>[1]['rooms'] = []) =>
  sync(relay.origin, {
    network: network.id,
    device: network.founder,
    relayId: relay.store.relayId,
    expiresS: Math.floor(relay.clock.ms / 1000) + 300,
    rooms,
  })

describe('[R33] retention', () => {
  it('drops months that are too old when the relay starts, never the roster or the board', async () => {
    const { retention } = retentionOver(relay.store)
    await retention.start()
    expect(await roomsHeld()).toEqual([old, kept, boardRoom, rosterRoom].sort())
    expect(logged).toEqual(['old months dropped {"rooms":1,"months":24}'])
  })

  it('looks again every day, and not after it was stopped', async () => {
    const { retention, planned } = retentionOver(relay.store)
    await retention.start()
    expect(planned.map(({ delayMs }) => delayMs)).toEqual([dayMs])
    // a month later the next one is too old
    relay.clock.ms = Date.UTC(2026, 11, 1, 1)
    const dropped = Promise.withResolvers<void>()
    const leave = relay.store.subscribe(() => dropped.resolve())
    planned.shift()?.work()
    await dropped.promise
    leave()
    expect(await roomsHeld()).toEqual([kept, boardRoom, rosterRoom].sort())
    retention.stop()
    expect(planned).toEqual([])
  })

  it('goes on with the day after when the store fails', async () => {
    const failing = { ...relay.store, monthsBefore: () => Promise.reject(new Error('busy')) }
    const { retention, planned } = retentionOver(failing)
    await retention.start()
    expect(logged).toEqual(['old months were not dropped {"error":"busy"}'])
    expect(planned).toHaveLength(1)
  })

  it('says nothing of a month that is too old: no phone brings it back, or asks for it', async () => {
    const digest = await digestOf(listOf(older))
    const before = await ask([{ room: older, digest, cursor: 1 }])
    expect([before.results.has(older), before.framesOf(older)]).toEqual([false, []])
    await retentionOver(relay.store).retention.start()
    const after = await ask([{ room: older, digest, cursor: 1 }])
    expect([after.results.has(older), after.rooms.includes(old)]).toEqual([false, true])
    const brought = await ask([{ room: older, updates: [listOf(older).update()] }])
    expect(brought.results.get(older)?.refused).toMatchObject([{ reason: 'room' }])
  })

  it('[R30] is as long as the operator says, for what comes in too', async () => {
    await relay.stop()
    relay = await startTestRelay({ store: relay.store, retentionMonths: 23 })
    expect(relay.clock.ms).toBe((testTimeS + 600) * 1000)
    const brought = await ask([
      { room: old, updates: [listOf(old).update()] },
      { room: kept, updates: [listOf(kept).update()] },
    ])
    expect(brought.results.get(old)?.refused).toMatchObject([{ reason: 'room' }])
    expect(brought.results.get(kept)?.refused).toEqual([])
    await retentionOver(relay.store, 23).retention.start()
    expect(await roomsHeld()).toEqual([kept, boardRoom, rosterRoom].sort())
  })
})
