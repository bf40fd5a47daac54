/** Short codes at the relay: who may lay a box down, who gets it, for how long, and what guessing costs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Bytes, randomBytes } from '../../sync-server/protocol/bytes.ts'
import { encodeCodeRequest } from '../../sync-server/protocol/code-request.ts'
import { type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { createToken } from '../../sync-server/protocol/token.ts'
import type { TestList } from '../support/entries.ts'
import type { TestDevice } from '../support/keys.ts'
import { deviceOf, keyPairOf } from '../support/keys.ts'
import {
  appendStatement,
  foundNetwork,
  invite,
  joinerAsk,
  type TestInvite,
  type TestNetwork,
  testTimeS,
} from '../support/network.ts'
import { sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay } from '../support/test-relay.ts'

let relay: TestRelay
let network: TestNetwork
let made: TestInvite
const id = randomBytes(16)
const box = randomBytes(592)

const bring = (device: TestDevice, roster: TestList) =>
  sync(relay.origin, {
    network: network.id,
    device,
    expiresS: Math.floor(relay.clock.ms / 1000) + 300,
    rooms: [{ room: rosterRoom, updates: [roster.update()] }],
  })

const tokenOf = (device: TestDevice, expiresS: number, origin = relay.origin): Promise<Bytes> =>
  createToken({ network: network.id, device: device.id, expiresS, origin }, device.signing.sign)

const post = (body: Uint8Array<ArrayBuffer>): Promise<Response> =>
  fetch(`${relay.origin}/v1/code`, { method: 'POST', body })

interface PutWishes {
  device?: TestDevice
  inviteKey?: Bytes
  id?: Bytes
  box?: Bytes
  token?: Bytes
}

/** The status of laying a box down, as the invite's maker and rightly unless said otherwise. */
const put = async (wishes: PutWishes = {}): Promise<number> => {
  const { device = network.founder, inviteKey = made.key.raw } = wishes
  const token = wishes.token ?? (await tokenOf(device, Math.floor(relay.clock.ms / 1000) + 300))
  const request = { type: 'put', id: wishes.id ?? id, token, inviteKey, box: wishes.box ?? box } as const
  return (await post(encodeCodeRequest(request))).status
}

const find = async (wanted = id): Promise<{ status: number; box: Bytes }> => {
  const response = await post(encodeCodeRequest({ type: 'find', id: wanted }))
  return { status: response.status, box: new Uint8Array(await response.arrayBuffer()) }
}

const nothing = new Uint8Array()

beforeEach(async () => {
  relay = await startTestRelay()
  network = await foundNetwork()
  made = await invite(network, 'by code', { codeId: id, uses: 2 })
  await bring(network.founder, network.roster)
})
afterEach(async () => {
  await relay.stop()
  expect(relay.errors).toEqual([])
})

describe('laying down and asking', () => {
  it('[R34] a box is given to whoever names its id, byte for byte, and to nobody else', async () => {
    expect(await find()).toEqual({ status: 404, box: nothing })
    expect(await put()).toBe(200)
    expect(await find()).toEqual({ status: 200, box })
    expect(await find(randomBytes(16))).toEqual({ status: 404, box: nothing })
  })

  it('[R34] the same box again is no fault, another one does not take its place', async () => {
    expect(await put()).toBe(200)
    expect(await put()).toBe(200)
    expect(await put({ box: randomBytes(592) })).toBe(409)
    expect((await find()).box).toEqual(box)
  })

  it('[R34] what was acknowledged is there for another relay over the same store', async () => {
    await put()
    const second = await startTestRelay({ store: relay.store })
    const request = encodeCodeRequest({ type: 'find', id })
    const answer = await fetch(`${second.origin}/v1/code`, { method: 'POST', body: request })
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(box)
    await second.stop()
  })

  it('[R34] boxes are in no room of their network: nobody is answered with one', async () => {
    await put()
    const answer = await sync(relay.origin, { network: network.id, device: network.founder })
    expect(answer.rooms).toEqual([rosterRoom])
  })

  it('an ordinary page may ask without a preflight', async () => {
    await put()
    const response = await post(encodeCodeRequest({ type: 'find', id }))
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})

describe('how long', () => {
  it('[R34] when the invite is over its box is not given any more, and the day after it is forgotten', async () => {
    await put()
    relay.clock.ms = made.expiresS * 1000 - 1
    expect((await find()).status).toBe(200)
    relay.clock.ms = made.expiresS * 1000
    expect(await find()).toEqual({ status: 410, box: nothing })
    const kept = async () => (await relay.store.monthsBefore('2099-01' as RoomName)).length
    expect(await kept()).toBe(1)
    relay.clock.ms += 24 * 3600_000
    expect(await find()).toEqual({ status: 404, box: nothing })
    expect(await kept()).toBe(0)
  })

  it('[R34] a cancelled invite gives its box to nobody', async () => {
    await put()
    await appendStatement(network.roster, { type: 'cancel', after: [], key: made.key.raw })
    await bring(network.founder, network.roster)
    expect(await find()).toEqual({ status: 410, box: nothing })
    expect(await put()).toBe(403)
  })

  it('[R34] an invite that is used up gives its box to nobody', async () => {
    await put()
    for (const name of ['one', 'two']) {
      expect((await find()).status).toBe(200)
      const { device, roster } = await joinerAsk(network, made, name)
      await bring(device, roster)
    }
    expect((await find()).status).toBe(410)
  })
})

describe('who means harm', () => {
  it('[R34] a forged token, one for another relay, and one that is over lay nothing down', async () => {
    const soonS = testTimeS + 900
    const stranger = await deviceOf('stranger')
    const forged = createToken(
      { network: network.id, device: network.founder.id, expiresS: soonS, origin: relay.origin },
      stranger.signing.sign,
    )
    expect(await put({ token: await forged })).toBe(401)
    expect(await put({ token: await tokenOf(network.founder, soonS, 'https://other.example') })).toBe(401)
    expect(await put({ token: await tokenOf(network.founder, testTimeS) })).toBe(401)
    expect(await put({ device: stranger })).toBe(403)
    expect((await find()).status).toBe(404)
  })

  it('[R34] nobody lays down a box for an invite of another, or under an id that his invite does not name', async () => {
    const { device, roster } = await joinerAsk(network, made, 'member')
    await bring(device, roster)
    expect(await put({ device })).toBe(403)
    expect(await put({ id: randomBytes(16) })).toBe(403)
    expect(await put({ inviteKey: (await keyPairOf('nobody')).raw })).toBe(403)
    expect((await find()).status).toBe(404)
  })

  it('[R34] an invite that names the id of another one does not get at its place', async () => {
    await put()
    const joined = await joinerAsk(network, made, 'twin')
    await bring(joined.device, joined.roster)
    await appendStatement(network.roster, {
      type: 'role',
      after: [[joined.roster.name, 1]],
      device: joined.device.id,
      role: 'coordinator',
    })
    await bring(network.founder, network.roster)
    const after = [[network.roster.name, network.roster.entries.length]] as const
    const twin = await invite(network, 'twin', { codeId: id, by: joined.roster, after })
    await bring(joined.device, joined.roster)
    expect(await put({ device: joined.device, inviteKey: twin.key.raw, box: randomBytes(592) })).toBe(409)
    expect((await find()).box).toEqual(box)
  })

  it('[R34] a network has 200 codes at a time, and none that lasts for longer than a month', async () => {
    const long = { codeId: randomBytes(16), expiresS: testTimeS + limits.codeLifetimeS * 2 }
    const lasting = await invite(network, 'for ever', long)
    expect((await bring(network.founder, network.roster)).refusal).toBeNull()
    expect(await put({ id: long.codeId, inviteKey: lasting.key.raw })).toBe(403)
    for (let i = 2; i < limits.codesOfNetwork; i++)
      await invite(network, `code ${i}`, { codeId: randomBytes(16), approval: true })
    await bring(network.founder, network.roster)
    expect(await put()).toBe(200)
    const one = { codeId: randomBytes(16), approval: true }
    const tooMany = await invite(network, 'one too many', one)
    await bring(network.founder, network.roster)
    expect(await put({ id: one.codeId, inviteKey: tooMany.key.raw })).toBe(409)
  })

  it('[R34] an address looks up ten codes, then one every six seconds; saving is not held up by that', async () => {
    await put()
    for (let i = 0; i < limits.codeFindsPerMinute; i++) expect((await find(randomBytes(16))).status).toBe(404)
    expect((await find()).status).toBe(429)
    expect(await put()).toBe(200)
    expect((await bring(network.founder, network.roster)).refusal).toBeNull()
    relay.clock.ms += 6000
    expect((await find()).status).toBe(200)
    expect((await find()).status).toBe(429)
  })

  it('[R34] look-ups count with the requests of an address as well', async () => {
    const narrow = await startTestRelay({ server: { requestBurst: 2 } })
    const body = encodeCodeRequest({ type: 'find', id })
    const ask = async () => (await fetch(`${narrow.origin}/v1/code`, { method: 'POST', body })).status
    expect([await ask(), await ask(), await ask()]).toEqual([404, 404, 429])
    await narrow.stop()
  })

  it('[R34] what is no request, or too long, is refused before anything is done for it', async () => {
    expect((await post(new Uint8Array())).status).toBe(400)
    expect((await post(randomBytes(64))).status).toBe(400)
    expect(await put({ box: randomBytes(limits.codeBoxBytes + 1) })).toBe(400)
    expect((await post(randomBytes(limits.codeRequestBytes + 1))).status).toBe(413)
    expect((await fetch(`${relay.origin}/v1/code`)).status).toBe(405)
  })
})
