/** The JetStream store against the contract, and what only several relays over servers can do: share, drop, lose them. */

import { cpSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { randomBytes, toBase64url } from '../../sync-server/protocol/bytes.ts'
import {
  boardRoom,
  type DeviceId,
  type ListName,
  listNameOf,
  type NetworkId,
  rosterRoom,
} from '../../sync-server/protocol/ids.ts'
import { type JetStreamOptions, openJetStreamStore } from '../../sync-server/storage/jetstream-store.ts'
import type { Growth, HeadedEntry, Store } from '../../sync-server/storage/store.ts'
import { type NatsServers, startNatsServers } from '../support/nats-server.ts'
import { describeBlobs } from './blobs.ts'
import { describeStore } from './store.ts'

let servers: NatsServers
let opened: Store[] = []
beforeAll(async () => {
  servers = await startNatsServers(1)
})
afterAll(() => servers.stop())
afterEach(async () => {
  await Promise.all(opened.map((store) => store.close()))
  opened = []
})

const open = async (options: JetStreamOptions = {}, at = servers): Promise<Store> => {
  const result = await openJetStreamStore(at.address, { replicas: 1, shards: 2, ...options })
  if (!result.ok) throw new Error(result.error)
  opened.push(result.value)
  return result.value
}

const setUp = async () => {
  let store = await open()
  return {
    store,
    reopen: async () => {
      store = await open()
      return store
    },
    tearDown: async () => undefined,
  }
}
describeStore('JetStream store', setUp)
describeBlobs('JetStream store', setUp)

describeStore('JetStream store that has no memory to spare', async () => ({
  store: await open({ cacheBytes: 0, maxMessages: 1 }),
  tearDown: async () => undefined,
}))

const someNetwork = (): NetworkId => toBase64url(randomBytes(16)) as NetworkId
const someList = (): ListName =>
  listNameOf({ device: toBase64url(randomBytes(16)) as DeviceId, generation: 3 })
const entryOf = (length = 40): HeadedEntry => ({ entry: randomBytes(length), head: randomBytes(32) })
const everything = 1e9

const lengthOf = async (store: Store, network: NetworkId, list: ListName): Promise<number> => {
  const { lists } = await store.lengths(network, boardRoom)
  return lists.find((each) => each.list === list)?.length ?? 0
}

/** Resolves once a listener of the store hears of a network's growth that makes `isSo` true. */
const heard = (store: Store, network: NetworkId, isSo: () => Promise<boolean>): Promise<void> =>
  new Promise((resolve, refuse) => {
    const leave = store.subscribe((of) => {
      if (of !== network) return
      isSo().then((so) => {
        if (!so) return
        leave()
        resolve()
      }, refuse)
    })
  })

describe('relays that share a JetStream store', () => {
  it('are one relay, and each hears and reads what another took', async () => {
    const [here, there] = [await open(), await open()]
    expect(there.relayId).toBe(here.relayId)
    const network = someNetwork()
    const list = someList()
    expect(await there.rooms(network)).toEqual([])
    const known = heard(there, network, async () => (await lengthOf(there, network, list)) === 2)
    const appended = await here.append(network, boardRoom, list, 0, [entryOf(), entryOf()])
    await known
    expect(await there.readSince(network, boardRoom, 0, everything)).toEqual(
      await here.readSince(network, boardRoom, 0, everything),
    )
    expect(await there.rooms(network)).toEqual([{ room: boardRoom, seq: appended.ok && appended.value.seq }])
    expect(await there.bytes(network)).toBe(80)
  })

  it('[R20] are given the rows that another one wrote, so that nobody reads them again', async () => {
    const [here, there] = [await open(), await open()]
    const network = someNetwork()
    const [list, other] = [someList(), someList()]
    await here.append(network, boardRoom, list, 0, [entryOf()])
    // from now on it follows this network
    expect(await lengthOf(there, network, list)).toBe(1)
    const before = (await there.lengths(network, boardRoom)).seq
    const told: (Growth | undefined)[] = []
    there.subscribe((of, _room, _seq, growth) => of === network && told.push(growth))
    const known = heard(there, network, async () => (await lengthOf(there, network, other)) === 2)
    await here.append(network, boardRoom, list, 1, [entryOf()])
    await here.append(network, boardRoom, other, 0, [entryOf(), entryOf()])
    await known
    const { entries } = await there.readSince(network, boardRoom, before, everything)
    expect(told.flatMap((growth) => growth?.rows ?? [])).toEqual(entries)
    expect(told.map((growth) => growth?.afterSeq)).toEqual([before, entries[0]?.seq])
    await there.drop(network, boardRoom)
    expect(told.slice(2)).toEqual([undefined])
  })

  it('[R10] give cursors that each of them understands', async () => {
    const [here, there] = [await open(), await open()]
    const network = someNetwork()
    const list = someList()
    for (let i = 0; i < 5; i++) await here.append(network, boardRoom, list, i * 2, [entryOf(), entryOf()])
    const { entries } = await here.readSince(network, boardRoom, 0, everything)
    const middle = entries[4]?.seq ?? 0
    const after = await there.readSince(network, boardRoom, middle, everything)
    expect(after.entries).toEqual(entries.slice(5))
  })

  it('[R13] take an entry once, whichever of them gets it first, and only one of two histories', async () => {
    const stores = [await open(), await open(), await open()]
    const network = someNetwork()
    for (let round = 0; round < 15; round++) {
      const list = someList()
      const same = [entryOf(), entryOf()]
      const results = await Promise.all(
        stores.map((store) => store.append(network, boardRoom, list, 0, same)),
      )
      expect(results.map(({ ok }) => ok)).toEqual([true, true, true])
      const forks = stores.map(() => [entryOf()])
      const outcomes = await Promise.all(
        stores.map((store, i) => store.append(network, boardRoom, list, 2, forks[i] ?? [])),
      )
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
      for (const outcome of outcomes)
        if (!outcome.ok) expect(outcome.error).toEqual({ code: 'conflict', index: 2, length: 3 })
      const winner = forks[outcomes.findIndex(({ ok }) => ok)] ?? []
      const fresh = await open()
      expect(await fresh.readList(network, boardRoom, list, 0, everything)).toEqual({
        entries: [...same, ...winner],
        more: false,
      })
    }
    const { entries } = await (await open()).readSince(network, boardRoom, 0, everything)
    expect(entries).toHaveLength(15 * 3)
  })

  it('[R13] let only one of two devices with the same Yjs client id in', async () => {
    const stores = [await open(), await open()]
    const network = someNetwork()
    const device = toBase64url(randomBytes(16))
    const twin = `${device.slice(0, 8)}${toBase64url(randomBytes(16)).slice(8)}`
    const lists = [device, twin].map((each) => listNameOf({ device: each as DeviceId, generation: 1 }))
    const outcomes = await Promise.all(
      stores.map((store, i) => store.append(network, boardRoom, lists[i] as ListName, 0, [entryOf()])),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'clientTaken' } })
  })

  it('[R11] lose nothing when all write to one room at once', async () => {
    const stores = [await open(), await open(), await open()]
    const network = someNetwork()
    const lists = stores.flatMap((store) => Array.from({ length: 10 }, () => ({ store, list: someList() })))
    await Promise.all(
      lists.map(async ({ store, list }) => {
        for (let index = 0; index < 10; index++) {
          const result = await store.append(network, boardRoom, list, index, [entryOf()])
          expect(result).toMatchObject({ ok: true, value: { length: index + 1, added: 1 } })
        }
      }),
    )
    const fresh = await open()
    const { entries } = await fresh.readSince(network, boardRoom, 0, everything)
    expect(new Set(entries.map(({ seq }) => seq)).size).toBe(300)
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map(({ seq }) => seq).toSorted((a, b) => a - b))
    for (const { list } of lists) expect(await lengthOf(fresh, network, list)).toBe(10)
  })

  it('[R33] forget a room together, and none of them writes behind its end', async () => {
    const [here, there] = [await open(), await open()]
    const network = someNetwork()
    const list = someList()
    await here.append(network, rosterRoom, list, 0, [entryOf()])
    await here.append(network, boardRoom, list, 0, [entryOf(), entryOf()])
    const before = (await there.lengths(network, boardRoom)).seq
    const known = heard(there, network, async () => (await lengthOf(there, network, list)) === 0)
    await here.drop(network, boardRoom)
    await known
    expect(await there.bytes(network)).toBe(40)
    expect(await there.append(network, boardRoom, list, 2, [entryOf()])).toEqual({
      ok: false,
      error: { code: 'gap', length: 0 },
    })
    await there.append(network, boardRoom, list, 0, [entryOf()])
    const fresh = await open()
    const { entries } = await fresh.readSince(network, boardRoom, 0, everything)
    expect(entries).toHaveLength(1)
    expect(entries[0]?.seq).toBeGreaterThan(before)
    expect((await fresh.rooms(network)).map(({ room }) => room).sort()).toEqual([boardRoom, rosterRoom])
  })
})

describe('a JetStream store', () => {
  it('[R2] takes as much at once as an update can hold, and gives it in pieces', async () => {
    const store = await open({ cacheBytes: 0 })
    const network = someNetwork()
    const list = someList()
    const entries = Array.from({ length: 2000 }, () => entryOf(524))
    expect(await store.append(network, boardRoom, list, 0, entries)).toMatchObject({ ok: true })
    let read = await store.readList(network, boardRoom, list, 0, 256 * 1024)
    expect(read.more).toBe(true)
    const all = [...read.entries]
    while (read.more) {
      read = await store.readList(network, boardRoom, list, all.length, 256 * 1024)
      all.push(...read.entries)
    }
    expect(all).toEqual(entries)
  })

  it('reads a long room that it has forgotten again', async () => {
    const network = someNetwork()
    const writer = await open()
    const lists = Array.from({ length: 4 }, someList)
    for (let i = 0; i < 100; i++)
      await writer.append(network, boardRoom, lists[i % 4] as ListName, Math.floor(i / 4), [entryOf()])
    const reader = await open({ cacheBytes: 0 })
    const { entries, more } = await reader.readSince(network, boardRoom, 0, everything)
    expect([entries.length, more]).toEqual([100, false])
    for (const list of lists)
      expect((await reader.readList(network, boardRoom, list, 5, everything)).entries).toHaveLength(20)
  })

  it('[R11] acknowledges nothing while its servers are gone, answers nothing old, and goes on when they are back', async () => {
    const own = await startNatsServers(1)
    try {
      const store = await open({ patienceMs: 5000 }, own)
      const hasty = await open({ patienceMs: 1 }, own)
      const network = someNetwork()
      const list = someList()
      const [first, second] = [entryOf(), entryOf()]
      await store.append(network, boardRoom, list, 0, [first])
      expect(await lengthOf(hasty, network, list)).toBe(1)
      await own.kill(0)
      expect(await hasty.append(network, boardRoom, someList(), 0, [entryOf()])).toMatchObject({
        ok: false,
        error: { code: 'unavailable' },
      })
      await expect
        .poll(
          () =>
            hasty.rooms(network).then(
              () => 'answered',
              () => 'refused',
            ),
          { timeout: 4000 },
        )
        .toBe('refused')
      const waiting = store.append(network, boardRoom, list, 1, [second])
      own.restart(0)
      expect(await waiting).toMatchObject({ ok: true, value: { length: 2 } })
      await expect.poll(() => lengthOf(hasty, network, list).catch(() => 0), { timeout: 8000 }).toBe(2)
      const { entries } = await hasty.readList(network, boardRoom, list, 0, everything)
      expect(entries).toEqual([first, second])
    } finally {
      await Promise.all(opened.splice(-2).map((store) => store.close()))
      await own.stop()
    }
  })

  it('[R16] says when its servers were given an older copy: what it remembers is not what they hold', async () => {
    const own = await startNatsServers(1)
    const copy = `${own.folderOf(0)}-copy`
    try {
      let isSetBack = false
      const store = await open({ onSetBack: () => (isSetBack = true) }, own)
      const network = someNetwork()
      const list = someList()
      await store.append(network, boardRoom, list, 0, [entryOf()])
      await own.kill(0)
      cpSync(own.folderOf(0), copy, { recursive: true })
      own.restart(0)
      expect(await store.append(network, boardRoom, list, 1, [entryOf()])).toMatchObject({ ok: true })
      expect(isSetBack).toBe(false)
      await own.kill(0)
      rmSync(own.folderOf(0), { recursive: true })
      cpSync(copy, own.folderOf(0), { recursive: true })
      own.restart(0)
      await expect.poll(() => isSetBack, { timeout: 10_000 }).toBe(true)
      const anew = await open({}, own)
      expect(anew.relayId).toBe(store.relayId)
      expect(await lengthOf(anew, network, list)).toBe(1)
    } finally {
      await Promise.all(opened.splice(-2).map((store) => store.close()))
      await own.stop()
    }
  })

  it('[R11] refuses what its streams have no room for, and goes on', async () => {
    const own = await startNatsServers(1)
    try {
      const store = await open({ shards: 1, maxBytes: 100_000 }, own)
      const network = someNetwork()
      const big = Array.from({ length: 20 }, () => entryOf(16_000))
      expect(await store.append(network, boardRoom, someList(), 0, big)).toEqual({
        ok: false,
        error: { code: 'full' },
      })
      expect(await store.append(network, boardRoom, someList(), 0, [entryOf()])).toMatchObject({ ok: true })
      expect((await store.lengths(network, boardRoom)).lists).toHaveLength(1)
    } finally {
      await Promise.all(opened.splice(-1).map((store) => store.close()))
      await own.stop()
    }
  })

  it('says which servers it does not reach', async () => {
    const nobody = { servers: ['127.0.0.1:1'], isEncrypted: false }
    const result = await openJetStreamStore(nobody, { patienceMs: 1 })
    expect(result).toMatchObject({ ok: false, error: expect.stringContaining('127.0.0.1:1') })
  })
})
