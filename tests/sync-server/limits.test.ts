/** Quotas and budgets of the relay: over them a request is refused with a reason, and nothing is lost. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { maxAskers } from '../../sync-server/opening.ts'
import type { Bytes } from '../../sync-server/protocol/bytes.ts'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import { createRelay } from '../../sync-server/relay.ts'
import { openSqliteStore } from '../../sync-server/storage/sqlite-store.ts'
import { createTokenBuckets } from '../../sync-server/token-buckets.ts'
import { TestList } from '../support/entries.ts'
import { foundNetwork, invite, joinerAsk, testTimeS } from '../support/network.ts'
import { testMonth } from '../support/quarter.ts'
import { encodeRaw, readAnswer, sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay, type TestRelayOptions } from '../support/test-relay.ts'

let relay: TestRelay | null = null
afterEach(async () => {
  await relay?.stop()
  relay = null
})

const bytesOf = (list: TestList): number => list.entries.reduce((sum, entry) => sum + entry.length, 0)

/** What a founding and the first five entries of {@link startWith} take. */
const fiveEntries = async (): Promise<number> => {
  const network = await foundNetwork()
  const list = new TestList(network.id, testMonth, network.founder)
  for (let i = 0; i < 5; i++) await list.append()
  return bytesOf(network.roster) + bytesOf(list)
}

const startWith = async (options: TestRelayOptions) => {
  const started = await startTestRelay(options)
  relay = started
  const { origin, clock, store } = started
  const network = await foundNetwork()
  const list = new TestList(network.id, testMonth, network.founder)
  for (let i = 0; i < 10; i++) await list.append()
  const request = { network: network.id, device: network.founder }
  await sync(origin, { ...request, rooms: [{ room: rosterRoom, updates: [network.roster.update()] }] })
  const bringUpdates = async (updates: Bytes[]) => {
    const answer = await sync(origin, {
      ...request,
      expiresS: clock.ms / 1000 + 300,
      rooms: [{ room: testMonth, updates }],
    })
    return answer.results.get(testMonth)
  }
  const bring = (from: number, to: number) => bringUpdates([list.update(from, to)])
  return { network, list, bring, bringUpdates, clock, store }
}

describe('[R32] quotas', () => {
  it('of a network', async () => {
    const networkBytes = await fiveEntries()
    const { bring, store, network } = await startWith({ networkBytes })
    expect(await bring(0, 4)).toMatchObject({ refused: [], durable: [{ length: 4 }] })
    expect(await bring(4, 10)).toMatchObject({ refused: [{ index: 4, reason: 'quota' }] })
    expect(await store.bytes(network.id)).toBeLessThanOrEqual(networkBytes)
    expect(await bring(0, 5)).toMatchObject({ refused: [], durable: [{ length: 5 }] })
  })

  it('of one device of it', async () => {
    const { bring } = await startWith({ deviceBytes: await fiveEntries() })
    expect(await bring(0, 4)).toMatchObject({ refused: [] })
    expect(await bring(4, 10)).toMatchObject({
      refused: [{ index: 4, reason: 'quota' }],
      durable: [{ length: 4 }],
    })
  })
})

it('[R5] at most 200 askers wait in a network', async () => {
  relay = await startTestRelay()
  const network = await foundNetwork()
  const open = await invite(network, 'many', { approval: true, uses: 300 })
  const asks = await Promise.all(
    Array.from({ length: maxAskers + 1 }, (_, n) => joinerAsk(network, open, `asker/${n}`)),
  )
  const request = { network: network.id, device: network.founder }
  await sync(relay.origin, { ...request, rooms: [{ room: rosterRoom, updates: [network.roster.update()] }] })
  const bring = async (from: number, to: number) => {
    const updates = asks.slice(from, to).map(({ roster }) => roster.update())
    const { results } = await sync(relay?.origin ?? '', {
      ...request,
      rooms: [{ room: rosterRoom, updates }],
    })
    return results.get(rosterRoom)?.refused
  }
  expect(await bring(0, maxAskers)).toEqual([])
  expect(await bring(maxAskers, maxAskers + 1)).toMatchObject([{ index: 0, reason: 'notAllowed' }])
})

describe('[R4] the verification budget', () => {
  it('keeps what fitted, and takes the rest later', async () => {
    const { bring, clock, list } = await startWith({ verifiesPerSecond: 2, verifyBurst: 12 })
    clock.ms += 3000
    expect(await bring(0, 10)).toMatchObject({ refused: [] })
    const more = await bring(0, 10)
    expect(more).toMatchObject({ refused: [] })
    for (let i = 0; i < 10; i++) await list.append()
    expect(await bring(10, 20)).toMatchObject({
      refused: [{ index: 12, reason: 'tooFast' }],
      durable: [{ length: 12 }],
      differs: null,
    })
    clock.ms += 4000
    expect(await bring(12, 20)).toMatchObject({ durable: [{ length: 20 }], refused: [] })
  })

  it('counts the check whether different bytes are a fork', async () => {
    const { bring, list, bringUpdates } = await startWith({ verifiesPerSecond: 0.001, verifyBurst: 18 })
    await bring(0, 10)
    const forks = []
    for (let i = 0; i < 4; i++) {
      const branch = list.fork(2)
      await branch.append({ kind: 9, publicPart: Uint8Array.of(i) })
      forks.push(branch.update(2))
    }
    const [first, ...later] = (await bringUpdates(forks))?.refused ?? []
    expect(first?.reason).toBe('fork')
    // nobody looks any more: the budget of the founding (5), of the entries (10) and of three checks is spent
    expect(later.at(-1)?.reason).toBe('signature')
  })

  it('is a bucket that fills with time and never overflows', () => {
    let nowMs = 0
    const buckets = createTokenBuckets(10, 50, () => nowMs)
    expect(buckets.take('a', 60)).toBe(50)
    expect(buckets.take('a', 1)).toBe(0)
    expect(buckets.take('b', 5)).toBe(5)
    nowMs += 250
    expect(buckets.take('a', 9)).toBe(2)
    expect(buckets.retryAfterS('a')).toBe(1)
    nowMs += 3_600_000
    expect(buckets.take('a', 100)).toBe(50)
    nowMs -= 7_200_000
    expect(buckets.take('a', 1)).toBe(0)
  })

  it('forgets addresses that have been quiet, and the oldest in a flood', () => {
    let nowMs = 0
    const buckets = createTokenBuckets(1, 2, () => nowMs)
    for (let i = 0; i < 10_000; i++) buckets.take(`quiet ${i}`, 1)
    nowMs += 5000
    for (let i = 0; i < 30_000; i++) buckets.take(`flood ${i}`, 2)
    expect(buckets.take('flood 29999', 1)).toBe(0)
    expect(buckets.take('flood 0', 1)).toBe(1)
  })
})

describe('[R11] a disk that is full', () => {
  it('refuses the request, acknowledges nothing of it, and is told to the operator', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tadamun-full-'))
    const opened = openSqliteStore(join(folder, 'relay.sqlite'), { maxFileBytes: 120_000 })
    if (!opened.ok) throw new Error(opened.error.message)
    const failures: string[] = []
    const now = () => (testTimeS + 600) * 1000
    const relay = createRelay({
      store: opened.value,
      now,
      onStoreFailure: ({ failure }) => failures.push(failure.code),
    })
    const network = await foundNetwork()
    const origin = 'https://tadamun.example'
    const request = { network: network.id, device: network.founder }
    const list = new TestList(network.id, testMonth, network.founder)
    for (let i = 0; i < 12; i++) await list.append({ kind: 9, publicPart: new Uint8Array(12_000) })
    const exchange = async (rooms: Parameters<typeof encodeRaw>[1]['rooms'] & object) => {
      const answer = await relay.exchange(await encodeRaw(origin, { ...request, rooms }), [origin])
      const pieces: Uint8Array[] = []
      for await (const piece of answer.messages) pieces.push(piece)
      return readAnswer(
        Buffer.concat(pieces),
        200,
        rooms.map(({ room }) => room),
      )
    }
    await exchange([{ room: rosterRoom, updates: [network.roster.update()] }])
    const full = await exchange([{ room: testMonth, updates: [list.update()] }])
    expect(full).toMatchObject({ refusal: 'diskFull', messages: [{ retryAfterS: 60 }] })
    expect(failures).toEqual(['full'])
    const less = await exchange([{ room: testMonth, updates: [list.update(0, 1)] }])
    expect(less.results.get(testMonth)).toMatchObject({ durable: [{ length: 1 }] })
    await opened.value.close()
    rmSync(folder, { recursive: true, force: true })
  })
})
