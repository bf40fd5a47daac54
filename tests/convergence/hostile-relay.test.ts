/** A relay that gives what it should not: the phone is unharmed, counts it, and goes on. */

import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeOperations, newRecordId } from '../../src/records/operation-codec.ts'
import { encodeAny } from '../../sync-server/protocol/any.ts'
import { type Bytes, copyBytes, fromBase64url } from '../../sync-server/protocol/bytes.ts'
import { entryKind } from '../../sync-server/protocol/entry.ts'
import { encodeMessage } from '../../sync-server/protocol/exchange.ts'
import { type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { buildUpdate } from '../../sync-server/protocol/update.ts'
import { createRelay, type Relay } from '../../sync-server/relay.ts'
import { type MemoryStore, openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { TestList } from '../support/entries.ts'
import { withOtherS } from '../support/keys.ts'
import { foundNetwork, invite, type TestNetwork, testTimeS } from '../support/network.ts'
import { type Line, lineTo, Phone, testOrigin } from '../support/phone.ts'
import { encodeRaw } from '../support/raw-client.ts'

const month = '2026-11' as RoomName
let time: { ms: number }
let store: MemoryStore
let relay: Relay
let network: TestNetwork
let phone: Phone
/** the founder's needs, none of which the relay has been given */
let list: TestList

const bring = async (some: TestList): Promise<void> => {
  const rooms = [{ room: some.room, updates: [some.update()] }]
  const body = await encodeRaw(testOrigin, { network: network.id, device: network.founder, rooms })
  for await (const _ of (await relay.exchange(body, [testOrigin])).messages);
}

const appendNeed = async (to: TestList, title: string, type = 'need'): Promise<void> => {
  const { id, nonce } = await newRecordId(network.founder.id)
  const fields = { category: 'food', title, urgency: 'week', quantity: 1 }
  const operation = { at: [0, time.ms] as [number, number], op: 'create' as const, type, id, nonce, fields }
  await to.append({ plaintext: encodeOperations([operation]), key: network.keys.members })
}

/** Answers every request with these updates for one room and nothing else. */
const giving = (...updates: Bytes[]): Line => ({
  async post() {
    const relayId = fromBase64url(store.relayId) as Bytes
    async function* answer() {
      yield encodeMessage({ type: 'hello', relayId, timeMs: time.ms })
      // named by itself: the phone may ask for its rooms in any order
      yield encodeMessage({ type: 'room', room: month })
      for (const update of updates) yield encodeMessage({ type: 'frame', roomRef: rooms, cursor: 0, update })
      yield encodeMessage({ type: 'end' })
    }
    const rooms = await namedRooms()
    return { ok: true, value: answer() }
  },
})
/** Rooms that the phone's request names: those that the answer names come after them. */
const namedRooms = async (): Promise<number> => {
  const lists = await phone.local.database.lists.toArray()
  const cursors = await phone.local.database.cursors.toArray()
  return new Set(['roster', 'board', month, ...[...lists, ...cursors].map(({ room }) => room)]).size
}

const titles = async (): Promise<unknown[]> => (await phone.rows('needs')).map(({ title }) => title).sort()

beforeEach(async () => {
  time = { ms: (testTimeS + 600) * 1000 }
  store = openMemoryStore()
  relay = createRelay({ store, now: () => time.ms })
  network = await foundNetwork()
  const { link } = await invite(network, 'one', { uses: 5, origin: testOrigin })
  await bring(network.roster)
  phone = await Phone.start('أحمد', time, lineTo(relay))
  await phone.join(link)
  await phone.exchange()
  list = new TestList(network.id, month, network.founder)
  for (const title of ['خبز', 'ماء', 'دواء']) await appendNeed(list, title)
})

const flip = (bytes: Bytes, at: number): Bytes => {
  const flipped = copyBytes(bytes)
  flipped[at] = (flipped[at] as number) ^ 1
  return flipped
}
const withEntry = (index: number, entry: Bytes): Bytes => {
  const run = list.run()
  return buildUpdate([{ ...run, entries: run.entries.map((held, i) => (i === index ? entry : held)) }])
}

describe('what is refused for good', () => {
  const cases: [string, () => Promise<Bytes>][] = [
    [
      '[R4] a forged signature',
      async () => withEntry(1, flip(list.entries[1] as Bytes, -1 + (list.entries[1]?.length ?? 0))),
    ],
    ['[R4] a changed ciphertext', async () => withEntry(1, flip(list.entries[1] as Bytes, 40))],
    ['[R4] an entry moved to another place', async () => withEntry(1, list.entries[2] as Bytes)],
    [
      '[R4] a signature with the higher s',
      async () => {
        const entry = list.entries[1] as Bytes
        const other = copyBytes(entry)
        other.set(withOtherS(copyBytes(entry.subarray(-64))), entry.length - 64)
        return withEntry(1, other)
      },
    ],
  ]
  test.each(cases)(
    '%s ends its list there, what was good before it is kept, and the honest relay goes on',
    async (_, make) => {
      phone.line = giving(await make())
      await phone.exchange()
      expect(await titles()).toEqual(['خبز'])
      expect(phone.local.replica.refusedCount).toBeGreaterThan(0)
      await bring(list)
      phone.line = lineTo(relay)
      await phone.exchange()
      expect(await titles()).toEqual(['خبز', 'ماء', 'دواء'].sort())
    },
  )

  test('[R1] [R2] V2 bytes, deletions and nonsense change nothing', async () => {
    const doc = new Y.Doc()
    doc.getArray(list.name).push([list.entries[0]])
    const v2 = copyBytes(Y.encodeStateAsUpdateV2(doc))
    const deletes = copyBytes(list.update())
    deletes[deletes.length - 1] = 1
    phone.line = giving(v2, deletes, new Uint8Array([255, 255, 255, 255, 15]))
    await phone.exchange()
    expect(await titles()).toEqual([])
    expect(phone.local.replica.refusedCount).toBe(3)
    await phone.addNeed('حليب')
    expect(await titles()).toEqual(['حليب'])
  })

  test('[R6] a second history of a list is refused, the first stays', async () => {
    const branch = list.fork(1)
    await appendNeed(branch, 'شيء آخر')
    phone.line = giving(list.update(), branch.update())
    await phone.exchange()
    expect(await titles()).toEqual(['خبز', 'ماء', 'دواء'].sort())
    expect(phone.local.replica.refusedCount).toBe(1)
  })
})

describe('what waits', () => {
  test('[R3] a run behind a gap counts when the gap is filled', async () => {
    phone.line = giving(list.update(2))
    await phone.exchange()
    expect(await titles()).toEqual([])
    expect(await phone.local.database.inbox.count()).toBe(1)
    await phone.restart()
    phone.line = giving(list.update(0, 2))
    await phone.exchange()
    expect(await titles()).toHaveLength(3)
    expect(await phone.local.database.inbox.count()).toBe(0)
  })
})

describe('what a later version writes', () => {
  test('a record of an unknown type is kept, carried on, and stops nothing', async () => {
    await appendNeed(list, 'حملة', 'campaign')
    await appendNeed(list, 'بطانية')
    phone.line = giving(list.update())
    await phone.exchange()
    expect(await titles()).toHaveLength(4)
    const kept = await phone.local.database.operations.filter(({ type }) => type === 'campaign').toArray()
    expect(kept).toMatchObject([{ fields: { title: 'حملة' } }])
    phone.line = lineTo(relay)
    await phone.exchange()
    expect((await store.lengths(network.id, month)).lists).toMatchObject([{ list: list.name, length: 5 }])
  })

  test('an unknown statement is kept and carried on, and those behind it count', async () => {
    await network.roster.append({
      kind: entryKind.statement,
      publicPart: encodeAny({ t: 'vote', a: [] }),
    })
    const { link } = await invite(network, 'two', { uses: 1, origin: testOrigin })
    await bring(network.roster)
    await phone.exchange()
    const other = await Phone.start('سلمى', time, lineTo(relay))
    await other.join(link)
    await phone.exchange()
    expect(await phone.rows('members')).toHaveLength(3)
    const held = await phone.local.database.lists.get([rosterRoom, network.roster.name])
    expect(held?.length).toBe(network.roster.length)
  })
})

describe('no answer worth the name', () => {
  test.each(['<!doctype html><title>Login</title>', '', '\u0000\u0000\u0000', 'x'.repeat(4000)])(
    'a portal that says "%.20s" loses nothing and is told to the person',
    async (text) => {
      phone.line = {
        post: async () => ({
          ok: true,
          value: (async function* () {
            yield new TextEncoder().encode(text)
          })(),
        }),
      }
      await phone.addNeed('حليب')
      expect(await phone.exchange()).toBeNull()
      expect(phone.engine.status.problem).toMatch(/^(relayNonsense|offline)$/)
      expect(await phone.unsent()).toBe(1)
      phone.line = lineTo(relay)
      await phone.exchange()
      expect(await phone.unsent()).toBe(0)
    },
  )
})
