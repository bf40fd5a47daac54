/** Who is turned away at the door, and that nothing of theirs stays. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bytes, randomBytes } from '../../sync-server/protocol/bytes.ts'
import { listNameOf, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { TestList } from '../support/entries.ts'
import { deviceOf, keyPairOf, type TestDevice } from '../support/keys.ts'
import {
  appendStatement,
  foundNetwork,
  invite,
  joinerAsk,
  type TestNetwork,
  testTimeS,
} from '../support/network.ts'
import { type Quarter, startQuarter, testMonth } from '../support/quarter.ts'
import { digestOf, encodeRaw, post } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay } from '../support/test-relay.ts'

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
let outsider: TestDevice

beforeEach(async () => {
  quarter = await startQuarter()
  ;({ relay, network, founder, member, memberRoster, list, ask, bring: bringBytes, held } = quarter)
  outsider = await deviceOf('outsider')
})
afterEach(async () => {
  await quarter.relay.stop()
  expect(quarter.relay.errors).toEqual([])
})

describe('outsiders', () => {
  it('reads nothing and writes nothing without membership', async () => {
    const before = await held()
    const own = new TestList(network.id, month, outsider)
    await own.append()
    const answer = await ask({ device: outsider, rooms: [{ room: month, updates: [own.update()] }] })
    expect(answer).toMatchObject({ status: 403, refusal: 'notMember', messages: [{ type: 'refused' }] })
    expect(await held()).toEqual(before)
  })

  it('[R5] an ask by an invite that nobody made opens nothing', async () => {
    const before = await held()
    const invented = { key: await keyPairOf('invented') }
    const joiner = await joinerAsk(network, invented, 'outsider')
    const answer = await ask({
      device: joiner.device,
      rooms: [{ room: rosterRoom, updates: [joiner.roster.update()] }],
    })
    expect(answer).toMatchObject({ status: 403, refusal: 'notMember', messages: [{ type: 'refused' }] })
    expect(await held()).toEqual(before)
  })

  it('[R5] an ask whose proof is for other keys opens nothing', async () => {
    const link = await invite(network, 'two')
    await bringBytes(rosterRoom, network.roster.update(), founder)
    const honest = await joinerAsk(network, link, 'honest')
    const stolen = honest.roster.entries[0] as Bytes
    const thief = new TestList(network.id, rosterRoom, outsider)
    const before = await held()
    await thief.appendUnsigned(stolen.slice(0, -64))
    const answer = await ask({ device: outsider, rooms: [{ room: rosterRoom, updates: [thief.update()] }] })
    expect(answer.refusal).toBe('notMember')
    expect(await held()).toEqual(before)
  })

  it('[R5] somebody who waits for approval cannot admit himself by a second ask without a proof', async () => {
    const slow = await invite(network, 'slow', { approval: true })
    const quick = await invite(network, 'quick')
    await bringBytes(rosterRoom, network.roster.update(), founder)
    const joiner = await joinerAsk(network, slow, 'outsider')
    await appendStatement(joiner.roster, {
      type: 'ask',
      signKey: joiner.device.signing.raw,
      receiveKey: joiner.device.receiving.raw,
      inviteKey: quick.key.raw,
      proof: new Uint8Array(64),
      atS: testTimeS,
    })
    const answer = await bringBytes(rosterRoom, joiner.roster.update(), joiner.device)
    expect(answer.results.get(rosterRoom)).toMatchObject({
      durable: [{ length: 1 }],
      refused: [{ index: 1, reason: 'notAllowed' }],
    })
    expect(answer.rooms).toEqual([rosterRoom])
  })

  it('cannot found the network anew', async () => {
    const before = await held()
    const other = await foundNetwork('other')
    const fake = new TestList(network.id, rosterRoom, other.founder)
    await fake.appendUnsigned((other.roster.entries[0] as Bytes).slice(0, -64))
    const answer = await ask({
      device: other.founder,
      rooms: [{ room: rosterRoom, updates: [fake.update()] }],
    })
    expect(answer.refusal).toBe('notMember')
    expect(await held()).toEqual(before)
  })

  it('a network that is not here is said to be unknown', async () => {
    const other = await foundNetwork('other')
    const answer = await ask({ device: other.founder, network: other.id })
    expect(answer).toMatchObject({ status: 404, refusal: 'unknownNetwork' })
  })
})

describe('tokens', () => {
  it('a token that another key signed is refused', async () => {
    const thief = { ...member, signing: outsider.signing }
    expect(await ask({ device: thief })).toMatchObject({ status: 401, refusal: 'token' })
  })

  it('a token for another relay is refused', async () => {
    expect(await ask({ origin: 'https://other.example' })).toMatchObject({ status: 401, refusal: 'token' })
  })

  it('a token is tied to the origins that the operator names', async () => {
    await relay.stop()
    quarter.relay = await startTestRelay({
      store: relay.store,
      server: { origins: ['https://tadamun.example', 'https://second.example'] },
    })
    expect((await ask()).refusal).toBe('token')
    expect((await ask({ origin: 'https://second.example' })).refusal).toBe(null)
  })

  it('a token that has expired, or lasts too long, gives the relay’s time', async () => {
    const clock = { status: 401, refusal: 'clock', messages: [{ timeMs: relay.clock.ms }] }
    expect(await ask({ expiresS: testTimeS + 599 })).toMatchObject(clock)
    expect(await ask({ expiresS: testTimeS + 5 * 24 * 3600 })).toMatchObject(clock)
    expect(await ask({ expiresS: testTimeS + 601 })).toMatchObject({ status: 200 })
  })

  it('rubbish instead of a token is refused', async () => {
    for (const token of [new Uint8Array(), randomBytes(40), randomBytes(500)])
      expect(await ask({ token })).toMatchObject({ status: 401, refusal: 'token' })
  })
})

describe('what the relay shows', () => {
  it('an outsider’s answer has the same bytes whatever the network holds', async () => {
    const body = await encodeRaw(relay.origin, { device: outsider, network: network.id })
    const first = new Uint8Array(await (await post(relay.origin, body)).arrayBuffer())
    await list.append()
    await bringBytes(month, list.update(3))
    expect(new Uint8Array(await (await post(relay.origin, body)).arrayBuffer())).toEqual(first)
  })

  it('a member sees every list with its digest, as written', async () => {
    const answer = await ask()
    expect(answer.results.get(month)?.digest).toEqual(await digestOf(list))
    expect(answer.results.get(rosterRoom)?.digest).toEqual(await digestOf(network.roster, memberRoster))
    expect(answer.runsOf(month)[0]?.list).toBe(listNameOf(list.key))
  })
})
