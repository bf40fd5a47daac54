/** Whatever a member's socket may send: the real relay goes on, others hear nothing of it, and the store stays as it was. */
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { boardRoom } from '../../../sync-server/protocol/ids.ts'
import { encodeStep1, encodeSync, livePath } from '../../../sync-server/protocol/live.ts'
import { Writer } from '../../../sync-server/protocol/writer.ts'
import { RelayProcess } from '../../browser/support/relay-process.ts'
import type { TestList } from '../../support/entries.ts'
import { attacks } from '../../support/hostile-updates.ts'
import type { LiveClient } from '../../support/live-client.ts'
import { type LiveQuarter, liveQuarter } from '../../support/live-quarter.ts'

let relay: RelayProcess
let quarter: LiveQuarter
/** the victim: two entries are held, the third was never sent */
let theirs: TestList
let listener: LiveClient
let before: Buffer

/** The store's file and its log; what readers note for one another is not content. */
const stored = (): Buffer =>
  Buffer.concat(
    ['relay.sqlite', 'relay.sqlite-wal'].map((name) => readFileSync(join(relay.dataFolder, name))),
  )

beforeAll(async () => {
  relay = await RelayProcess.start()
  quarter = await liveQuarter(relay.origin, Math.floor(Date.now() / 1000) + 300)
  theirs = await quarter.list(quarter.founder, 3, boardRoom)
  await quarter.post(theirs.fork(2))
  listener = (await quarter.open(quarter.founder, { room: boardRoom })).greet(theirs.fork(2))
  await listener.next('receipt')
  before = stored()
})
afterAll(async () => {
  await quarter.hangUp()
  await relay.remove()
})

const attacker = async (): Promise<LiveClient> => {
  const client = (await quarter.open(quarter.member, { room: boardRoom })).greet()
  await client.next('receipt')
  return client
}

/** Sends each message over sockets that are opened as often as the relay closes them. */
const sendAll = async (messages: readonly Uint8Array[]): Promise<void> => {
  for (let at = 0; at < messages.length; at += 3) {
    const client = await attacker()
    for (const message of messages.slice(at, at + 3)) client.send(message)
    // y-protocols has no answer to a message: the relay takes them in order, so an answer to this comes after them
    const seen = client.messages.length
    client.greet()
    await Promise.race([client.next('step2', seen).catch(() => null), client.closed])
    await client.hangUp()
  }
}

const updates = (...list: Uint8Array[]): Uint8Array[] =>
  list.flatMap((update) => [encodeSync('update', update), encodeSync('step2', update)])

describe('[R2] [R4] hostile frames', () => {
  it('six bytes that are no WebSocket frame end that socket', async () => {
    const client = await attacker()
    const { _socket } = client.socket as unknown as { _socket: Socket }
    _socket.write(Uint8Array.of(255, 255, 255, 255, 255, 255))
    expect(await client.closed).toMatchObject({ code: 1002 })
  })

  it.each(attacks)('$name', async ({ updatesOn }) => {
    await sendAll(updates(...updatesOn(theirs)))
  })

  it('[R22] awareness is sent on to nobody, and 20 MB of it not even read', async () => {
    const client = await attacker()
    for (let i = 0; i < 5; i++) client.send(new Uint8Array(200_000).fill(1))
    client.send(new Uint8Array(20_000_000).fill(1))
    expect(await client.closed).toMatchObject({ code: 1009, reason: { reason: 'tooLarge' } })
  })

  it('a frame of more than 256 KiB ends its socket', async () => {
    const client = await attacker()
    client.send(encodeSync('update', new Uint8Array(256 * 1024 + 20)))
    expect(await client.closed).toMatchObject({ code: 1009 })
  })

  it('a message in more than 16 pieces ends its socket', async () => {
    const client = await attacker()
    for (let i = 0; i < 20; i++) client.socket.send(Uint8Array.of(1), { fin: false })
    expect(await client.closed).toMatchObject({ code: 1008 })
  })

  it('text frames are no messages: the third ends its socket', async () => {
    const client = await attacker()
    for (let i = 0; i < 3; i++) client.socket.send('{"type":"hello"}')
    expect(await client.closed).toMatchObject({ code: 4400 })
  })

  it('state vectors that count without end are malformed', async () => {
    const lists = new Map(Array.from({ length: 50_000 }, (_, i) => [i, 1]))
    const count = new Writer()
      .varUint(0)
      .varUint(0)
      .varBytes(new Writer().varUint(2 ** 53 - 1).bytes())
    const client = await attacker()
    client.send(encodeStep1(lists)).send(encodeStep1(lists).subarray(0, 1000)).send(count.bytes())
    expect(await client.closed).toMatchObject({ code: 4400 })
  })

  it('pings without end, and messages without end, end their socket', async () => {
    for (const flood of [(c: LiveClient) => c.socket.ping(), (c: LiveClient) => c.greet()]) {
      const client = await attacker()
      for (let i = 0; i < 5000 && client.socket.readyState === client.socket.OPEN; i++) flood(client)
      expect(await client.closed).toMatchObject({ code: expect.toBeOneOf([4429, 1006]) })
    }
  })

  it('a reader that asks for everything again and again and reads nothing keeps nobody waiting', async () => {
    const client = await attacker()
    client.socket.pause()
    for (let i = 0; i < 150; i++) client.greet()
    const other = await attacker()
    const seen = other.messages.length
    other.greet()
    expect(await other.next('step2', seen)).toBeDefined()
    client.socket.terminate()
  })

  it('upgrades that are none are answered, and a hundred strangers are told to go', async () => {
    const { port } = relay
    const path = livePath(quarter.network.id, boardRoom)
    const status = await new Promise<number | undefined>((resolve) => {
      const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'short' }
      const asked = request({ host: 'localhost', port, path, headers, agent: false })
      asked.on('response', ({ statusCode }) => resolve(statusCode)).on('upgrade', () => resolve(101))
      asked.end()
    })
    expect(status).toBe(400)
    const strangers = Array.from({ length: 100 }, () => quarter.open(quarter.stranger, { room: boardRoom }))
    for (const stranger of await Promise.all(strangers))
      expect(await stranger.closed).toMatchObject({ code: expect.toBeOneOf([4403, 1006]) })
  })

  it('afterwards the store is byte for byte as before, nobody heard a thing, and the next entry arrives', async () => {
    expect(stored().equals(before)).toBe(true)
    expect(listener.runs()).toEqual([])
    const mine = await quarter.list(quarter.member, 1, boardRoom)
    const writer = await attacker()
    writer.bring(mine.update())
    await writer.durable(mine, 1)
    expect(await listener.hears(mine, 1)).toEqual(mine.entries)
    expect((await fetch(`${relay.origin}/healthz`)).status).toBe(200)
  })
})
