/** Bounds that an operator set lower than usual: each is crossed, and whoever stays within is served. Others: limits.test.ts. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { randomBytes } from '../../sync-server/protocol/bytes.ts'
import { boardRoom } from '../../sync-server/protocol/ids.ts'
import { type LiveQuarter, liveQuarter } from '../support/live-quarter.ts'
import { post } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay, type TestRelayOptions } from '../support/test-relay.ts'

let relay: TestRelay
let quarter: LiveQuarter | null = null
let sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  sockets = []
  await quarter?.hangUp()
  quarter = null
  await relay.stop()
  expect(relay.errors).toEqual([])
})

const start = async (options: TestRelayOptions): Promise<void> => {
  relay = await startTestRelay(options)
}

/** A connection that says these bytes and waits; what it hears until it ends. */
const hold = async (bytes: string): Promise<{ heard: Promise<string>; socket: Socket }> => {
  const socket = connect(relay.port, '127.0.0.1')
  sockets.push(socket)
  let said = ''
  socket.on('data', (piece) => (said += piece.toString('latin1')))
  socket.on('error', () => undefined)
  const heard = once(socket, 'close').then(() => said)
  await once(socket, 'connect')
  socket.write(bytes)
  return { heard, socket }
}

/** A POST that never brings its second half. */
const half = 'POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab'

describe('[R23] live', () => {
  it('sockets of one device', async () => {
    await start({ sessionsOfDevice: 1 })
    quarter = await liveQuarter(relay.origin)
    const first = await quarter.open(quarter.member)
    await first.greet().next('receipt')
    const other = await quarter.open(quarter.founder)
    const second = await quarter.open(quarter.member)
    await second.greet().next('receipt')
    expect((await first.closed).text).toBe('replaced')
    await other.greet().next('receipt')
  })

  it('messages of one socket', async () => {
    await start({ messagesPerSecond: 1, messageBurst: 3 })
    quarter = await liveQuarter(relay.origin)
    const client = await quarter.open(quarter.member)
    await client.greet().next('receipt')
    for (let i = 0; i < 3; i++) client.socket.ping()
    expect((await client.closed).text).toBe('tooFast 10')
  })
})

describe('over HTTP', () => {
  it('exchanges at once', async () => {
    await start({ server: { maxExchanges: 1 } })
    const { socket, heard } = await hold(half)
    // another request of the same connection would wait: it is under way when others are told to come back
    let status = 0
    while (status !== 429) status = (await post(relay.origin, randomBytes(9))).status
    socket.write('cd')
    socket.end()
    expect(await heard).toMatch(/^HTTP\/1\.1 400/)
    expect((await post(relay.origin, randomBytes(9))).status).toBe(400)
  })

  it('connections', async () => {
    await start({ server: { maxConnections: 1 } })
    const first = await hold('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    await once(first.socket, 'data')
    const second = await hold('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(await second.heard).toBe('')
    first.socket.end()
    await first.heard
    const third = await hold('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    expect(await third.heard).toMatch(/^HTTP\/1\.1 200/)
  })

  it('one request as a whole, however steadily it comes', async () => {
    await start({ server: { requestTimeoutMs: 150 } })
    const { heard } = await hold(half)
    expect(await heard).toMatch(/^$|^HTTP\/1\.1 4/)
    expect((await post(relay.origin, randomBytes(9))).status).toBe(400)
  })

  it('the time that what is under way may take when the relay stops', async () => {
    await start({})
    const { heard } = await hold(half)
    await post(relay.origin, randomBytes(9))
    await relay.stop(50)
    expect(await heard).toBe('')
  })
})

it('rooms of a quarter are served within all of them', async () => {
  await start({ sessionsOfDevice: 3, messageBurst: 50, server: { maxExchanges: 10, maxConnections: 50 } })
  quarter = await liveQuarter(relay.origin)
  const client = await quarter.open(quarter.member, { room: boardRoom })
  expect(await client.greet().next('receipt')).toMatchObject({ type: 'receipt' })
})
