/** Updates that a member may not bring: each list is judged alone, and what is refused leaves no trace. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Bytes, concatBytes, copyBytes, randomBytes, utf8 } from '../../sync-server/protocol/bytes.ts'
import { encodeUnsigned, entryKind } from '../../sync-server/protocol/entry.ts'
import type { ListRefusal } from '../../sync-server/protocol/exchange.ts'
import { boardRoom, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { encodeStatement } from '../../sync-server/protocol/statement-codec.ts'
import { buildUpdate } from '../../sync-server/protocol/update.ts'
import { TestList } from '../support/entries.ts'
import { keyPairOf, type TestDevice, withOtherS } from '../support/keys.ts'
import { foundNetwork, joinerAsk, type TestNetwork, testTimeS } from '../support/network.ts'
import { type Quarter, startQuarter, testMonth } from '../support/quarter.ts'
import type { TestRelay } from '../support/test-relay.ts'

const month = testMonth

let quarter: Quarter
let relay: TestRelay
let network: TestNetwork
let founder: TestDevice
let member: TestDevice
let memberRoster: TestList
let list: TestList
let ask: Quarter['ask']
let bringBytes: Quarter['bring']
let held: Quarter['held']

beforeEach(async () => {
  quarter = await startQuarter()
  ;({ relay, network, founder, member, memberRoster, list, ask, bring: bringBytes, held } = quarter)
})
afterEach(async () => {
  await quarter.relay.stop()
  expect(quarter.relay.errors).toEqual([])
})

const expectRefused = async (
  update: Bytes,
  refused: { client: number; index: number; reason: ListRefusal },
  device = member,
  room = month,
) => {
  const before = await held()
  const answer = await bringBytes(room, update, device)
  expect(answer.results.get(room)?.refused).toEqual([refused])
  expect(await held()).toEqual(before)
}

describe('updates of a member', () => {
  it('[R3] a forged entry is refused', async () => {
    const forged = list.fork(3)
    await forged.append()
    forged.entries[3] = concatBytes((forged.entries[3] as Bytes).subarray(0, -64), randomBytes(64))
    await expectRefused(forged.update(3), { client: list.client, index: 3, reason: 'signature' })
  })

  it('[R3] an entry that another member signed is refused', async () => {
    const forged = new TestList(network.id, month, { ...member, signing: founder.signing })
    await forged.append()
    const update = buildUpdate([{ ...forged.run(), fromIndex: 3, list: null }])
    await expectRefused(update, { client: list.client, index: 3, reason: 'signature' }, founder)
  })

  it('[R3] what came before a bad signature is kept', async () => {
    const longer = list.fork(3)
    for (let i = 0; i < 3; i++) await longer.append()
    longer.entries[4] = concatBytes((longer.entries[4] as Bytes).subarray(0, -64), randomBytes(64))
    const answer = await bringBytes(month, longer.update(3))
    expect(answer.results.get(month)).toMatchObject({
      durable: [{ client: list.client, length: 4 }],
      refused: [{ client: list.client, index: 4, reason: 'signature' }],
    })
  })

  it('[R3] one bad list does not hold up another', async () => {
    const forged = list.fork(3)
    await forged.append()
    forged.entries[3] = concatBytes((forged.entries[3] as Bytes).subarray(0, -64), randomBytes(64))
    const good = new TestList(network.id, month, founder)
    await good.append()
    const answer = await bringBytes(month, buildUpdate([forged.run(3), good.run()]))
    expect(answer.results.get(month)?.refused).toMatchObject([{ client: list.client }])
    const { lists } = await relay.store.lengths(network.id, month)
    expect(lists.find(({ list }) => list === good.name)?.length).toBe(1)
  })

  it('[R2] a malleated entry (high s) is refused', async () => {
    const other = list.fork(3)
    const entry = await other.append()
    other.entries[3] = concatBytes(entry.subarray(0, -64), withOtherS(entry.slice(-64)))
    await expectRefused(other.update(3), { client: list.client, index: 3, reason: 'signature' })
  })

  it('an entry moved to another room, index, list or network is refused', async () => {
    const signature = { reason: 'signature' as const }
    const entry = list.entries[0] as Bytes
    const elsewhere = { client: list.client, list: list.name, fromIndex: 0, entries: [entry] }
    await expectRefused(
      buildUpdate([elsewhere]),
      { client: list.client, index: 0, ...signature },
      member,
      boardRoom,
    )
    await expectRefused(buildUpdate([{ ...elsewhere, list: null, fromIndex: 3 }]), {
      client: list.client,
      index: 3,
      ...signature,
    })
    const second = new TestList(network.id, month, member, 1)
    await expectRefused(
      buildUpdate([{ client: second.client, list: second.name, fromIndex: 0, entries: [entry] }]),
      { client: second.client, index: 0, ...signature },
    )
    const foreign = new TestList((await foundNetwork('other')).id, month, member, 2)
    await foreign.append()
    await expectRefused(foreign.update(), { client: foreign.client, index: 0, ...signature })
  })

  it('[R3] a gap is answered with what is missing', async () => {
    const longer = list.fork(3)
    await longer.append()
    await longer.append()
    const before = await held()
    const answer = await bringBytes(month, longer.update(4))
    expect(answer.results.get(month)).toMatchObject({
      needs: [{ client: list.client, from: 3 }],
      refused: [],
    })
    const unknown = new TestList(network.id, month, member, 5)
    await unknown.append()
    await unknown.append()
    expect((await bringBytes(month, unknown.update(1))).results.get(month)).toMatchObject({
      needs: [{ client: unknown.client, from: 0 }],
    })
    expect(await held()).toEqual(before)
  })

  it('[R6] another history of the same list is refused', async () => {
    const fork = list.fork(1)
    await fork.append({ kind: 9, publicPart: utf8('something else') })
    await fork.append()
    await fork.append()
    await expectRefused(fork.update(), { client: list.client, index: 1, reason: 'fork' })
    await expectRefused(fork.update(1), { client: list.client, index: 1, reason: 'fork' })
  })

  it('[R6] bytes that anybody made up at a held index are no second history', async () => {
    const forged = list.fork(3)
    forged.entries[1] = (await list.fork(1).append({ kind: 9 })).with(-1, 0)
    await expectRefused(forged.update(), { client: list.client, index: 1, reason: 'signature' })
  })

  it('[R3] another signature over the same bytes is the same entry', async () => {
    const again = list.fork(3)
    again.entries[1] = concatBytes((again.entries[1] as Bytes).subarray(0, -64), randomBytes(64))
    const before = await held()
    expect((await bringBytes(month, again.update())).results.get(month)).toMatchObject({
      refused: [],
      durable: [{ length: 3 }],
    })
    expect(await held()).toEqual(before)
  })

  it('[R1] an update in format V2 is refused undecoded', async () => {
    const doc = new Y.Doc()
    doc.getArray(list.name).push([new Uint8Array(3)])
    const update = copyBytes(Y.encodeStateAsUpdateV2(doc))
    await expectRefused(update, { client: 0, index: 0, reason: 'malformed' })
  })

  it('[R2] deletions, other content and rubbish are refused', async () => {
    const doc = new Y.Doc()
    const array = doc.getArray(list.name)
    array.push(['text'])
    const updates = [copyBytes(Y.encodeStateAsUpdate(doc)), randomBytes(200)]
    array.delete(0, 1)
    updates.push(copyBytes(Y.encodeStateAsUpdate(doc)))
    for (const update of updates) await expectRefused(update, { client: 0, index: 0, reason: 'malformed' })
  })

  it('[R4] after three strikes nothing more of a request is judged', async () => {
    const good = new TestList(network.id, month, member, 3)
    await good.append()
    const rubbish = [randomBytes(50), randomBytes(50), randomBytes(50)]
    const answer = await ask({ rooms: [{ room: month, updates: [...rubbish, good.update()] }] })
    expect(answer.results.get(month)?.refused.map(({ reason }) => reason)).toEqual([
      'malformed',
      'malformed',
      'malformed',
      'tooFast',
    ])
    expect((await relay.store.lengths(network.id, month)).lists).toHaveLength(1)
  })

  it('[R2] a list under another client id is refused', async () => {
    const own = new TestList(network.id, month, member, 4)
    const entry = await own.append()
    const update = buildUpdate([{ client: own.client + 1, list: own.name, fromIndex: 0, entries: [entry] }])
    await expectRefused(update, { client: 0, index: 0, reason: 'malformed' })
  })

  it('an entry that is no entry is refused', async () => {
    const run = { client: list.client, list: null, fromIndex: 3, entries: [randomBytes(100)] }
    await expectRefused(buildUpdate([run]), { client: list.client, index: 3, reason: 'malformed' })
  })

  it('a roster statement that no version writes is refused', async () => {
    const own = memberRoster.fork(1)
    await own.appendUnsigned(encodeUnsigned(entryKind.statement, randomBytes(30), null))
    const refused = { client: own.client, index: 1, reason: 'notAllowed' as const }
    await expectRefused(own.update(1), refused, member, rosterRoom)
  })

  it('a statement that its author may not make is kept and changes nothing', async () => {
    const own = memberRoster.fork(1)
    const key = await keyPairOf('mine')
    const role = 'coordinator' as const
    const wishes = { after: [], key: key.raw, role, expiresS: testTimeS + 9999, uses: 5, approval: false }
    const publicPart = encodeStatement({ type: 'invite', ...wishes })
    await own.append({ kind: entryKind.statement, publicPart })
    await bringBytes(rosterRoom, own.update(1))
    const friend = await joinerAsk(network, { key }, 'friend')
    const answer = await bringBytes(rosterRoom, friend.roster.update(), friend.device)
    expect(answer.refusal).toBe('notMember')
  })

  it('a private space is nobody’s yet', async () => {
    const room = `s-${member.id}-2026-11` as RoomName
    const own = new TestList(network.id, room, member)
    await own.append()
    const answer = await bringBytes(room, own.update())
    expect(answer.results.get(room)?.refused).toEqual([
      { client: own.client, index: 0, reason: 'notAllowed' },
    ])
    expect((await relay.store.rooms(network.id)).map(({ room }) => room)).not.toContain(room)
  })

  it('[R30] a month room is open from the retention limit to two days before it begins', async () => {
    const names: [room: string, isOpen: boolean][] = [
      ['2024-10', false],
      ['2024-11', true],
      ['2026-12', false],
      ['1970-01', false],
    ]
    for (const [name, isOpen] of names) {
      const room = name as RoomName
      const own = new TestList(network.id, room, member)
      await own.append()
      const { results } = await bringBytes(room, own.update())
      expect([name, results.get(room)?.refused]).toEqual([
        name,
        isOpen ? [] : [{ client: own.client, index: 0, reason: 'room' }],
      ])
    }
    relay.clock.ms = Date.UTC(2026, 10, 29, 1)
    const room = '2026-12' as RoomName
    const own = new TestList(network.id, room, member)
    await own.append()
    const late = { expiresS: relay.clock.ms / 1000 + 300, rooms: [{ room, updates: [own.update()] }] }
    expect((await ask(late)).results.get(room)?.refused).toEqual([])
  })

  it('[R13] a device has at most sixteen lists in a room', async () => {
    const runs = []
    for (let generation = 1; generation <= limits.generations; generation++) {
      const own = new TestList(network.id, month, member, generation)
      await own.append()
      runs.push(own.run())
    }
    const answer = await bringBytes(month, buildUpdate(runs))
    expect(answer.results.get(month)?.durable).toHaveLength(limits.generations)
    expect(answer.results.get(month)?.refused).toMatchObject([{ index: 0, reason: 'quota' }])
  })
})
