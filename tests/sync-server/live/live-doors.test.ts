/** Who comes in at a live room, who is sent away, and how many there may be. */
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { toBase64url } from '../../../sync-server/protocol/bytes.ts'
import { boardRoom, type RoomName, rosterRoom } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { liveProtocols } from '../../../sync-server/protocol/live.ts'
import { type LiveClient, liveToken } from '../../support/live-client.ts'
import { type LiveQuarter, liveMonth, liveQuarter } from '../../support/live-quarter.ts'
import { appendStatement, foundNetwork, testTimeS } from '../../support/network.ts'
import { startTestRelay, type TestRelay, type TestRelayOptions } from '../../support/test-relay.ts'

let relay: TestRelay
let quarter: LiveQuarter

const start = async (options: TestRelayOptions = {}): Promise<void> => {
  relay = await startTestRelay(options)
  quarter = await liveQuarter(relay.origin)
}
beforeEach(() => start())
afterEach(async () => {
  await quarter.hangUp()
  await relay.stop()
  expect(relay.errors).toEqual([])
})

const isIn = async (client: LiveClient): Promise<boolean> => {
  await client.greet().next('receipt')
  return true
}

/** The HTTP status of an upgrade that is refused. */
const upgradeStatus = async (path: string, protocols: string[]): Promise<number> => {
  const socket = new WebSocket(relay.origin.replace('http', 'ws') + path, protocols)
  socket.on('error', () => undefined)
  const [, response] = await once(socket, 'unexpected-response')
  socket.terminate()
  return response.statusCode
}

describe('[R23] the door', () => {
  it('lets a member into every room, and picks the first subprotocol', async () => {
    for (const room of [rosterRoom, boardRoom, liveMonth, '2024-12' as RoomName]) {
      const client = await quarter.open(quarter.member, { room })
      expect(await isIn(client)).toBe(true)
      expect(client.socket.protocol).toBe('tadamun.1')
    }
  })

  it('[R5] lets somebody who waits for approval into the roster alone', async () => {
    expect(await isIn(await quarter.open(quarter.asker, { room: rosterRoom }))).toBe(true)
    for (const room of [boardRoom, liveMonth])
      expect(await (await quarter.open(quarter.asker, { room })).closed).toMatchObject({
        code: 4403,
        reason: { reason: 'notMember' },
      })
  })

  it('says 4403 to strangers, and to everybody at a private space', async () => {
    const { member, stranger } = quarter
    expect(await (await quarter.open(stranger)).closed).toMatchObject({ code: 4403, text: 'notMember' })
    const room = `s-${quarter.network.id}-board` as RoomName
    expect(await (await quarter.open(member, { room })).closed).toMatchObject({ code: 4403 })
  })

  it('says 4404 where nothing of the network is here', async () => {
    const other = await foundNetwork('elsewhere')
    const client = await quarter.open(other.founder, { network: other.id })
    expect(await client.closed).toMatchObject({ code: 4404, text: 'unknownNetwork' })
  })

  it('says 4401 to tokens of another relay, of another network, of another key, and to rubbish', async () => {
    const { member, network, founder } = quarter
    const other = await foundNetwork('elsewhere')
    const wishes = { network: network.id, room: liveMonth, device: member }
    const tokens = [
      await liveToken('https://other.example', wishes),
      await liveToken(relay.origin, { ...wishes, network: other.id }),
      await liveToken(relay.origin, { ...wishes, device: { ...member, signing: founder.signing } }),
      new Uint8Array(40),
    ]
    for (const token of tokens)
      expect(await (await quarter.open(member, { token })).closed).toMatchObject({
        code: 4401,
        text: 'token',
      })
  })

  it('tells a phone with a wrong clock the time', async () => {
    const { closed } = await quarter.open(quarter.member, { expiresS: testTimeS })
    expect(await closed).toMatchObject({ code: 4401, reason: { reason: 'clock', amount: relay.clock.ms } })
  })

  it('answers HTTP 400 to whoever offers no token, and leaves other paths to HTTP', async () => {
    const path = `/v1/live/${quarter.network.id}/board`
    expect(await upgradeStatus(path, ['tadamun.1'])).toBe(400)
    expect(await upgradeStatus(path, ['other', 'AAAA'])).toBe(400)
    expect(await upgradeStatus('/v1/live/x/board', ['tadamun.1', 'AAAA'])).toBe(404)
    expect(await upgradeStatus('/healthz', ['tadamun.1', 'AAAA'])).toBe(200)
  })
})

it('[R23] whoever is still being let in when the relay looks for dead sockets is not taken for one', async () => {
  await relay.stop()
  await start({ server: { tickMs: 700 } })
  const { live } = relay.relay
  const [open, tick] = [live.open.bind(live), live.tick.bind(live)]
  live.open = async (...visit) => {
    const looked = Promise.withResolvers<void>()
    live.tick = () => {
      tick()
      looked.resolve()
    }
    await looked.promise
    return open(...visit)
  }
  expect(await isIn(await quarter.open(quarter.member))).toBe(true)
})

it('[R23] a socket that gives no sign of life is cut, and one that only answers pings stays', async () => {
  await relay.stop()
  await start({ server: { tickMs: 500 } })
  const [dead, quiet] = [await quarter.open(quarter.member), await quarter.open(quarter.founder)]
  const { socket } = dead as unknown as { socket: { _autoPong: boolean } }
  socket._autoPong = false
  expect(await dead.closed).toMatchObject({ code: 1006 })
  expect(await isIn(quiet)).toBe(true)
})

describe('[R23] being sent away', () => {
  it('happens at once to who is a member no more, and to nobody else', async () => {
    const { founder, member, network } = quarter
    const leaving = [await quarter.open(member), await quarter.open(member, { room: rosterRoom })]
    const staying = await quarter.open(founder)
    for (const client of [...leaving, staying]) await isIn(client)
    await appendStatement(network.roster, {
      type: 'remove',
      after: [[quarter.memberRoster.name, 1]],
      devices: [member.id],
      pins: new Map(),
      newestMonth: null,
      keys: {},
    })
    await quarter.post(network.roster)
    for (const { closed } of leaving) expect(await closed).toMatchObject({ code: 4403, text: 'notMember' })
    expect(await isIn(staying)).toBe(true)
  })

  it('happens to the oldest of more than eight sockets of one device', async () => {
    const { member, founder } = quarter
    const other = await quarter.open(founder)
    const clients: LiveClient[] = []
    for (let i = 0; i <= limits.liveSessions; i++) clients.push(await quarter.open(member))
    const [oldest, ...rest] = clients
    expect(await oldest?.closed).toMatchObject({ code: 4409, text: 'replaced' })
    for (const client of [...rest, other]) expect(await isIn(client)).toBe(true)
    expect(relay.relay.live.sessions).toBe(limits.liveSessions + 1)
  })

  it('happens to who sends more than 200 messages at once, pings counted', async () => {
    const [talker, pinger] = [await quarter.open(quarter.member), await quarter.open(quarter.founder)]
    for (let i = 0; i <= limits.liveMessageBurst; i++) talker.send(Uint8Array.of(1, 0))
    const tooFast = { code: 4429, reason: { reason: 'tooFast', amount: 10 } }
    expect(await talker.closed).toMatchObject(tooFast)
    for (let i = 0; i <= limits.liveMessageBurst; i++) {
      pinger.socket.ping()
      await Promise.race([once(pinger.socket, 'pong'), pinger.closed])
    }
    expect(await pinger.closed).toMatchObject(tooFast)
  })

  it('happens to who pings without a pause', async () => {
    const pinger = await quarter.open(quarter.founder)
    for (let i = 0; i < 10_000 && pinger.socket.readyState === WebSocket.OPEN; i++) pinger.socket.ping()
    await pinger.closed
    expect(relay.relay.live.sessions).toBe(0)
  })

  it('happens to all when the relay stops, with the seconds over which to come back', async () => {
    const clients = [await quarter.open(quarter.member), await quarter.open(quarter.founder)]
    await relay.stop(5000)
    for (const { closed } of clients)
      expect(await closed).toMatchObject({ code: 1012, reason: { reason: 'restart', amount: 30 } })
    await start()
  })
})

describe('[R32] sockets', () => {
  const offer = async (): Promise<{ path: string; protocols: string[] }> => {
    const { network, member } = quarter
    const token = await liveToken(relay.origin, { network: network.id, room: liveMonth, device: member })
    return { path: `/v1/live/${network.id}/${liveMonth}`, protocols: liveProtocols(token) }
  }

  it('of one address are so many at most, members or not, and places come free again', async () => {
    await relay.stop()
    await start({ server: { maxSocketsOfAddress: 2 } })
    const first = await quarter.open(quarter.member)
    await quarter.open(quarter.founder)
    const { path, protocols } = await offer()
    expect(await upgradeStatus(path, protocols)).toBe(429)
    await first.hangUp()
    expect(await isIn(await quarter.open(quarter.member))).toBe(true)
  })

  it('are so many at most in all', async () => {
    await relay.stop()
    await start({ server: { maxSockets: 1 } })
    await quarter.open(quarter.member)
    const { path, protocols } = await offer()
    expect(await upgradeStatus(path, protocols)).toBe(503)
  })

  it('count as requests of their address', async () => {
    const { path, protocols } = await offer()
    await relay.stop()
    relay = await startTestRelay({ server: { requestBurst: 1, requestsPerSecond: 1 } })
    expect(await upgradeStatus(path, [...protocols, toBase64url(new Uint8Array(3))])).toBe(400)
    expect(await upgradeStatus(path, protocols)).toBe(429)
  })
})
