/** `POST /v1/sync` over real HTTP: founding, joining, catching up, healing. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { equalBytes } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { buildUpdate } from '../../sync-server/protocol/update.ts'
import { openMemoryStore } from '../../sync-server/storage/memory-store.ts'
import { TestList } from '../support/entries.ts'
import { deviceOf, type TestDevice } from '../support/keys.ts'
import {
  appendName,
  appendWraps,
  foundNetwork,
  invite,
  joinerAsk,
  type TestNetwork,
} from '../support/network.ts'
import { digestOf, encodeRaw, entriesIn, type RawRequest, sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay, type TestRelayOptions } from '../support/test-relay.ts'

const month = '2026-11' as RoomName
const monthBefore = '2026-10' as RoomName

let relay: TestRelay
let network: TestNetwork
let founder: TestDevice

const restart = async (options: TestRelayOptions): Promise<void> => {
  await relay.stop()
  relay = await startTestRelay(options)
}
beforeEach(async () => {
  relay = await startTestRelay()
  network = await foundNetwork()
  founder = network.founder
})
afterEach(async () => {
  await relay.stop()
  expect(relay.errors).toEqual([])
})

const ask = (wishes: Omit<RawRequest, 'network' | 'device'> & { device?: TestDevice } = {}) =>
  sync(relay.origin, { device: founder, network: network.id, relayId: relay.store.relayId, ...wishes })

const found = async () =>
  ask({
    rooms: [{ room: rosterRoom, updates: [network.roster.update()], digest: await digestOf(network.roster) }],
  })

/** A list of some entries, not sent yet. */
const written = async (room: RoomName, device: TestDevice, count: number, generation = 0) => {
  const list = new TestList(network.id, room, device, generation)
  for (let i = 0; i < count; i++) await list.append()
  return list
}

const bring = (list: TestList, from = 0, device = founder) =>
  ask({ device, rooms: [{ room: list.room, updates: [list.update(from)] }] })

describe('founding and joining', () => {
  it('[R5] a genesis founds a network, and what was brought is acknowledged', async () => {
    const answer = await found()
    expect(answer.status).toBe(200)
    expect(answer.isWhole).toBe(true)
    expect(answer.messages[0]).toMatchObject({ type: 'hello', timeMs: relay.clock.ms })
    expect(answer.results.get(rosterRoom)).toMatchObject({
      durable: [{ client: network.roster.client, length: network.roster.length }],
      refused: [],
      needs: [],
      differs: null,
      more: false,
    })
    expect(answer.framesOf(rosterRoom)).toEqual([])
  })

  it('[R5] a relay that is not open founds nothing', async () => {
    await restart({ isOpen: false })
    const answer = await found()
    expect(answer).toMatchObject({ status: 404, refusal: 'unknownNetwork' })
    expect(await relay.store.rooms(network.id)).toEqual([])
  })

  it('[R15] joining by a link and the first catch-up are one round trip', async () => {
    const link = await invite(network, 'one')
    await found()
    const list = await written(month, founder, 3)
    await bring(list)
    const joiner = await joinerAsk(network, link, 'joiner')
    const answer = await ask({
      device: joiner.device,
      relayId: '',
      rooms: [{ room: rosterRoom, updates: [joiner.roster.update()], digest: await digestOf(joiner.roster) }],
    })
    expect(answer.results.get(rosterRoom)?.durable).toMatchObject([
      { client: joiner.roster.client, length: 1 },
    ])
    expect(entriesIn(answer, rosterRoom, network.roster)).toEqual(network.roster.entries)
    expect(entriesIn(answer, month, list)).toEqual(list.entries)
    expect(answer.rooms).toEqual([rosterRoom, month])
    expect(answer.results.get(month)?.digest).toEqual(await digestOf(list))
  })

  it('[R15] a member writes in the same request in which it asks', async () => {
    const link = await invite(network, 'one')
    await found()
    const joiner = await joinerAsk(network, link, 'joiner')
    await appendName(network, joiner.roster, 'زينب')
    const list = await written(month, joiner.device, 2)
    const answer = await ask({
      device: joiner.device,
      rooms: [
        { room: month, updates: [list.update()] },
        { room: rosterRoom, updates: [joiner.roster.update()] },
      ],
    })
    expect(answer.results.get(month)?.durable).toEqual([{ client: list.client, length: 2, head: list.head }])
    expect(answer.results.get(rosterRoom)?.durable).toMatchObject([
      { client: joiner.roster.client, length: 2 },
    ])
  })

  it('[R5] an asker who waits for approval reads the roster, nothing else, and writes four entries', async () => {
    const link = await invite(network, 'slow', { approval: true })
    await found()
    const list = await written(month, founder, 1)
    await bring(list)
    const joiner = await joinerAsk(network, link, 'joiner')
    for (let i = 0; i < 5; i++) await appendName(network, joiner.roster, `زينب ${i}`)
    const own = await written(month, joiner.device, 1)
    const answer = await ask({
      device: joiner.device,
      rooms: [
        { room: rosterRoom, updates: [joiner.roster.update()] },
        { room: month, updates: [own.update()] },
      ],
    })
    expect(entriesIn(answer, rosterRoom, network.roster)).toEqual(network.roster.entries)
    expect(answer.results.get(rosterRoom)).toMatchObject({
      durable: [{ client: joiner.roster.client, length: 4 }],
      refused: [{ client: joiner.roster.client, index: 4, reason: 'notAllowed' }],
    })
    expect(answer.framesOf(month)).toEqual([])
    expect(answer.results.get(month)).toMatchObject({
      durable: [],
      refused: [{ client: own.client, index: 0, reason: 'notAllowed' }],
    })
    const again = await ask({ device: joiner.device, rooms: [] })
    expect(again.rooms).toEqual([rosterRoom])
    const other = new TestList(network.id, rosterRoom, joiner.device, 9)
    await appendName(network, other, 'اسم آخر')
    const more = await ask({
      device: joiner.device,
      rooms: [{ room: rosterRoom, updates: [other.update()] }],
    })
    expect(more.results.get(rosterRoom)?.refused).toEqual([
      { client: other.client, index: 0, reason: 'notAllowed' },
    ])
  })

  it('refuses an ask that comes after its invite has expired by the relay’s clock', async () => {
    const link = await invite(network, 'late')
    await found()
    relay.clock.ms = (link.expiresS + 60) * 1000
    const joiner = await joinerAsk(network, link, 'joiner')
    const answer = await ask({
      device: joiner.device,
      expiresS: link.expiresS + 300,
      rooms: [{ room: rosterRoom, updates: [joiner.roster.update()] }],
    })
    expect(answer).toMatchObject({ status: 403, refusal: 'notMember' })
    expect((await relay.store.lengths(network.id, rosterRoom)).lists).toHaveLength(1)
  })

  it('takes a late ask when somebody wrapped a key for the asker', async () => {
    const link = await invite(network, 'late')
    const joiner = await joinerAsk(network, link, 'joiner')
    await appendWraps(network, network.roster, 'member', joiner.device.receiving.raw)
    await found()
    relay.clock.ms = (link.expiresS + 60) * 1000
    const answer = await ask({
      device: joiner.device,
      expiresS: link.expiresS + 300,
      rooms: [{ room: rosterRoom, updates: [joiner.roster.update()] }],
    })
    expect(answer.results.get(rosterRoom)?.durable).toMatchObject([
      { client: joiner.roster.client, length: 1 },
    ])
  })

  it('keeps an ask beyond the uses of its invite, as one that waits', async () => {
    const link = await invite(network, 'once')
    await found()
    const [first, second] = [await joinerAsk(network, link, 'a'), await joinerAsk(network, link, 'b')]
    for (const { device, roster } of [first, second])
      await ask({ device, rooms: [{ room: rosterRoom, updates: [roster.update()] }] })
    const list = await written(month, second.device, 1)
    expect((await bring(list, 0, first.device)).results.get(month)?.refused).toEqual([
      { client: list.client, index: 0, reason: 'notAllowed' },
    ])
    // it is kept for a coordinator to see, and its author reads nothing
    expect((await ask({ device: second.device })).refusal).toBe('notMember')
    expect(entriesIn(await ask(), rosterRoom, second.roster)).toEqual(second.roster.entries)
  })
})

describe('catching up', () => {
  it('[R10] brings what came after the cursor, and only that', async () => {
    await found()
    const list = await written(month, founder, 3)
    const first = await bring(list)
    const cursor = first.results.get(month)?.cursor ?? 0
    await list.append()
    await bring(list, 3)
    const answer = await ask({ rooms: [{ room: month, cursor, digest: await digestOf(list) }] })
    expect(answer.framesOf(month)).toEqual([])
    const behind = await ask({ rooms: [{ room: month, cursor }] })
    expect(entriesIn(behind, month, list)).toEqual(list.entries.slice(3))
    expect(behind.results.get(month)).toMatchObject({ more: false, cursor: cursor + 1 })
  })

  it('[R10] a room that the request does not name counts as cursor 0, in the order of what matters', async () => {
    await found()
    for (const room of [monthBefore, month, boardRoom]) await bring(await written(room, founder, 1))
    const answer = await ask({ rooms: [{ room: monthBefore }] })
    const order = answer.messages.filter((message) => message.type === 'frame').map(({ roomRef }) => roomRef)
    expect(order.map((ref) => answer.rooms[ref])).toEqual([rosterRoom, boardRoom, month, monthBefore])
  })

  it('does not send back what the asker brought in the same request', async () => {
    await found()
    const [mine, theirs] = [await written(month, founder, 2), await written(month, founder, 2, 1)]
    await bring(theirs)
    const answer = await bring(mine)
    expect(entriesIn(answer, month, mine)).toEqual([])
    expect(entriesIn(answer, month, theirs)).toEqual(theirs.entries)
    expect(answer.results.get(month)).toMatchObject({ cursor: 4, digest: await digestOf(mine, theirs) })
  })

  it('[R12] stops at a frame when maxBytes is reached, and goes on from its cursor', async () => {
    await found()
    const list = await written(month, founder, 60)
    await bring(list)
    const seen: Uint8Array[] = []
    let cursor = 0
    let rounds = 0
    for (let more = true; more; rounds++) {
      const answer = await ask({ maxBytes: 2000, rooms: [{ room: month, cursor }, await rosterRead()] })
      expect(answer.bytes).toBeLessThan(2400)
      seen.push(...entriesIn(answer, month, list))
      const result = answer.results.get(month)
      more = result?.more ?? false
      cursor = result?.cursor ?? 0
    }
    expect(rounds).toBeGreaterThan(3)
    expect(seen).toEqual(list.entries)
  })

  const rosterRead = async () => ({
    room: rosterRoom,
    cursor: network.roster.length,
    digest: await digestOf(network.roster),
  })

  it('[R12] brings one entry even when maxBytes is smaller', async () => {
    await found()
    const list = await written(month, founder, 2)
    await bring(list)
    const answer = await ask({ maxBytes: 1, rooms: [{ room: month }, await rosterRead()] })
    expect(entriesIn(answer, month, list)).toEqual(list.entries.slice(0, 1))
    expect(answer.results.get(month)).toMatchObject({ more: true, cursor: 1 })
  })

  it('[R12] what a cut answer brought can be read', async () => {
    await found()
    const list = await written(month, founder, 300)
    await bring(list)
    const whole = await ask({})
    expect(whole.framesOf(month).length).toBeGreaterThan(1)
    for (const { update } of whole.framesOf(month)) expect(update.length).toBeLessThan(40_000)
    expect(entriesIn(whole, month, list)).toEqual(list.entries)
  })

  it('[R17] nothing new in ten rooms takes at most 600 bytes with the token', async () => {
    await found()
    const rooms = [await rosterRead()]
    for (let i = 1; i <= 9; i++) {
      const room = `2026-0${i}` as RoomName
      const list = await written(room, founder, 1)
      await bring(list)
      rooms.push({ room, cursor: 1, digest: await digestOf(list) })
    }
    const request = { device: founder, network: network.id, relayId: relay.store.relayId, rooms }
    const answer = await sync(relay.origin, request)
    expect(answer.messages.map(({ type }) => type)).toEqual(['hello', 'end'])
    expect((await encodeRaw(relay.origin, request)).length + answer.bytes).toBeLessThanOrEqual(600)
  })
})

describe('healing', () => {
  it('[R16] lists of the relay come when digests differ though nothing is new', async () => {
    await found()
    const list = await written(month, founder, 3)
    const { results } = await bring(list)
    const cursor = results.get(month)?.cursor ?? 0
    const lost = list.fork(1)
    const answer = await ask({ rooms: [{ room: month, cursor, digest: await digestOf(lost) }] })
    expect(answer.results.get(month)?.differs).toEqual([{ client: list.client, length: 3, head: list.head }])
    const healed = await ask({
      rooms: [
        { room: month, cursor, digest: await digestOf(lost), want: [{ client: list.client, from: 1 }] },
      ],
    })
    expect(healed.runsOf(month)).toEqual([list.run(1)])
    expect(healed.framesOf(month).map(({ cursor }) => cursor)).toEqual([0])
    expect(healed.results.get(month)).toMatchObject({ differs: null, digest: await digestOf(list) })
  })

  it('[R14] [R16] a relay restored from an old copy is filled again by a phone', async () => {
    await found()
    const list = await written(month, founder, 2)
    await bring(list)
    const copy = relay.store.copy()
    await list.append()
    const cursor = (await bring(list, 2)).results.get(month)?.cursor ?? 0
    await restart({ store: copy })
    const answer = await ask({ rooms: [{ room: month, cursor, digest: await digestOf(list) }] })
    expect(answer.results.get(month)).toMatchObject({
      cursor: 2,
      differs: [{ client: list.client, length: 2 }],
    })
    const filled = await ask({
      rooms: [{ room: month, cursor: 2, digest: await digestOf(list), updates: [list.update(2)] }],
    })
    expect(filled.results.get(month)).toMatchObject({ differs: null, durable: [{ length: 3 }] })
  })

  it('[R14] a new disk is filled by any member, roster and other people’s lists included', async () => {
    const link = await invite(network, 'one')
    const joiner = await joinerAsk(network, link, 'joiner')
    await found()
    await ask({ device: joiner.device, rooms: [{ room: rosterRoom, updates: [joiner.roster.update()] }] })
    const [theirs, own] = [await written(month, founder, 2), await written(month, joiner.device, 2)]
    await restart({ store: openMemoryStore() })
    const lost = await ask({ device: joiner.device, rooms: [{ room: month, cursor: 7 }] })
    expect(lost).toMatchObject({ status: 404, refusal: 'unknownNetwork' })
    const answer = await ask({
      device: joiner.device,
      rooms: [
        { room: rosterRoom, updates: [buildUpdate([joiner.roster.run(), network.roster.run()])] },
        { room: month, updates: [buildUpdate([theirs.run(), own.run()])] },
      ],
    })
    expect(answer.results.get(rosterRoom)).toMatchObject({ refused: [], needs: [] })
    expect(answer.results.get(month)).toMatchObject({
      refused: [],
      needs: [],
      digest: await digestOf(theirs, own),
    })
  })

  it('[R16] a cursor of another relay is no cursor here; equal rooms need nothing', async () => {
    await found()
    const list = await written(month, founder, 2)
    await bring(list)
    const relayId = openMemoryStore().relayId
    const same = await ask({ relayId, rooms: [{ room: month, cursor: 1, digest: await digestOf(list) }] })
    expect(same.framesOf(month)).toEqual([])
    expect(same.results.get(month)).toMatchObject({ cursor: 2, differs: null })
    const other = await ask({ relayId, rooms: [{ room: month, cursor: 1 }] })
    expect(other.results.get(month)).toMatchObject({ cursor: 2, differs: [{ length: 2 }] })
  })

  it('[R13] the same entries again are acknowledged and not kept twice', async () => {
    await found()
    const list = await written(month, founder, 3)
    await bring(list)
    const again = await bring(list)
    expect(again.results.get(month)).toMatchObject({ durable: [{ length: 3 }], refused: [] })
    expect((await relay.store.readSince(network.id, month, 0, 1e6)).entries).toHaveLength(3)
  })

  it('two phones bring the same list at once', async () => {
    await found()
    const list = await written(month, founder, 20)
    const answers = await Promise.all([bring(list), bring(list), bring(list)])
    for (const { results } of answers) expect(results.get(month)?.durable).toMatchObject([{ length: 20 }])
    const { entries } = await relay.store.readSince(network.id, month, 0, 1e6)
    expect(entries.every(({ entry }, i) => equalBytes(entry, list.entries[i] as Uint8Array))).toBe(true)
    expect(entries).toHaveLength(20)
  })

  it('a device that nobody knows has no place in a room', async () => {
    await found()
    const list = await written(month, await deviceOf('stranger'), 1)
    expect((await bring(list)).results.get(month)?.refused).toEqual([
      { client: list.client, index: 0, reason: 'notAllowed' },
    ])
  })
})
