/** Sealed pictures and voice notes at the relay: who may bring and fetch them, in what pieces, and what is thrown away. */

import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  type BlobRequest,
  encodeBlobRequest,
  parseBlobRefused,
  parsePiece,
  parseProgress,
} from '../../sync-server/protocol/blob-request.ts'
import { type Bytes, concatBytes, randomBytes, sha256 } from '../../sync-server/protocol/bytes.ts'
import { rosterRoom } from '../../sync-server/protocol/ids.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { createToken } from '../../sync-server/protocol/token.ts'
import { deviceOf, type TestDevice } from '../support/keys.ts'
import { fillBytes } from '../support/mutations.ts'
import { foundNetwork, invite, joinerAsk, type TestNetwork } from '../support/network.ts'
import { sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay, type TestRelayOptions } from '../support/test-relay.ts'

let relay: TestRelay
let network: TestNetwork
let member: TestDevice
let errors = 0
let made = 0

const start = async (options: TestRelayOptions = {}): Promise<void> => {
  relay = await startTestRelay({ onStoreFailure: () => errors++, ...options })
  network = await foundNetwork()
  const joiner = await joinerAsk(network, await invite(network, 'open'), 'joiner')
  member = joiner.device
  const expiresS = Math.floor(relay.clock.ms / 1000) + 300
  const updates = [network.roster.update(), joiner.roster.update()]
  const asked = { network: network.id, device: member, expiresS, rooms: [{ room: rosterRoom, updates }] }
  await sync(relay.origin, asked)
}
beforeEach(() => start())
afterEach(async () => {
  await relay.stop()
  expect(relay.errors).toEqual([])
})

const tokenOf = (device: TestDevice, expiresS = relay.clock.ms / 1000 + 300): Promise<Bytes> =>
  createToken(
    { network: network.id, device: device.id, expiresS: Math.floor(expiresS), origin: relay.origin },
    device.signing.sign,
  )

type Wish = BlobRequest extends infer Each ? (Each extends unknown ? Omit<Each, 'token'> : never) : never

const post = async (body: Bytes): Promise<{ status: number; body: Bytes }> => {
  const response = await fetch(`${relay.origin}/v1/blob`, { method: 'POST', body })
  return { status: response.status, body: new Uint8Array(await response.arrayBuffer()) }
}
const say = async (wish: Wish, device = member, token?: Bytes) =>
  post(encodeBlobRequest({ ...wish, token: token ?? (await tokenOf(device)) } as BlobRequest))

const put = (blob: Bytes, id: Bytes, offset: number, end: number, device = member) =>
  say({ type: 'put', id, length: blob.length, offset, part: blob.slice(offset, end) }, device)

const progressOf = async (id: Bytes, device = member) => {
  const parsed = parseProgress((await say({ type: 'ask', ids: [id] }, device)).body, 1)
  return parsed.ok ? parsed.value[0] : null
}
const fetched = async (id: Bytes, offset = 0, maxBytes = 0, device = member) => {
  const { status, body } = await say({ type: 'get', id, offset, maxBytes }, device)
  const piece = parsePiece(body)
  return status === 200 && piece.ok ? piece.value : status
}
const refusalOf = ({ body }: { body: Bytes }) => {
  const parsed = parseBlobRefused(body)
  return parsed.ok ? [parsed.value.reason, parsed.value.bytes] : null
}
const some = async (length: number): Promise<{ blob: Bytes; id: Bytes }> => {
  const blob = fillBytes(length, ++made)
  return { blob, id: await sha256(blob) }
}

describe('bringing and fetching', () => {
  it('[R31] what a member brought in parts is given to every member, whole and by ranges', async () => {
    const { blob, id } = await some(120_000)
    expect(await progressOf(id)).toEqual({ isWhole: false, bytes: 0 })
    for (let offset = 0; offset < blob.length; offset += 50_000)
      expect((await put(blob, id, offset, offset + 50_000)).status).toBe(200)
    expect(await progressOf(id, network.founder)).toEqual({ isWhole: true, bytes: blob.length })
    expect(await fetched(id, 0, 0, network.founder)).toEqual({ length: blob.length, bytes: blob })
    expect(await fetched(id, 60_000, 1000)).toEqual({
      length: blob.length,
      bytes: blob.slice(60_000, 61_000),
    })
    expect(await fetched(id, blob.length + 5, 9)).toEqual({ length: blob.length, bytes: new Uint8Array() })
  })

  it('[R31] is asked how far many are at once, and goes on from there whoever lost the answer', async () => {
    const [{ blob, id }, other] = [await some(9000), await some(10)]
    await put(blob, id, 0, 4000)
    const asked = await say({ type: 'ask', ids: [id, other.id] })
    expect(parseProgress(asked.body, 2)).toEqual({
      ok: true,
      value: [
        { isWhole: false, bytes: 4000 },
        { isWhole: false, bytes: 0 },
      ],
    })
    // the answer was lost: the same part again, then one that overlaps, then one that leaves a hole
    expect((await put(blob, id, 0, 4000)).status).toBe(200)
    expect((await put(blob, id, 2000, 6000)).status).toBe(200)
    const hole = await put(blob, id, 7000, 9000)
    expect([hole.status, refusalOf(hole)]).toEqual([409, ['offset', 6000]])
    expect((await put(blob, id, 6000, 9000)).status).toBe(200)
    expect(await fetched(id)).toMatchObject({ bytes: blob })
  })

  it('[R31] what was acknowledged is there for another relay over the same store', async () => {
    const { blob, id } = await some(3000)
    await put(blob, id, 0, 2000)
    await relay.stop()
    const { store } = relay
    relay = await startTestRelay({ store })
    expect(await progressOf(id)).toEqual({ isWhole: false, bytes: 2000 })
    await put(blob, id, 2000, 3000)
    expect(await fetched(id)).toMatchObject({ bytes: blob })
  })

  it('[R31] a body that was cut keeps nothing and harms nothing', async () => {
    const { blob, id } = await some(30_000)
    const part = blob.slice(0, 20_000)
    const request = { type: 'put', id, length: blob.length, offset: 0, part } as const
    const body = encodeBlobRequest({ ...request, token: await tokenOf(member) })
    const socket = connect(relay.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write(`POST /v1/blob HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`)
    await new Promise((resolve) => socket.write(body.slice(0, 9000), resolve))
    socket.destroy()
    expect(await progressOf(id)).toEqual({ isWhole: false, bytes: 0 })
    expect((await put(blob, id, 0, 30_000)).status).toBe(200)
  })

  it('[R31] brought once more by somebody else it is there already and costs nobody anything', async () => {
    const { blob, id } = await some(500)
    await put(blob, id, 0, 500)
    const again = await put(blob, id, 0, 100, network.founder)
    expect(parseProgress(again.body, 1)).toMatchObject({ value: [{ isWhole: true, bytes: 500 }] })
    expect(await relay.store.blobs.bytes(network.id, network.founder.id)).toBe(0)
  })

  it('an ordinary page may ask without a preflight, and nothing of it is kept by a browser', async () => {
    const { id } = await some(1)
    const body = encodeBlobRequest({ type: 'ask', ids: [id], token: await tokenOf(member) })
    const response = await fetch(`${relay.origin}/v1/blob`, { method: 'POST', body })
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { status } = await fetch(`${relay.origin}/v1/blob`)
    expect(status).toBe(405)
  })
})

describe('who may', () => {
  it('[R31] nobody outside of the network brings, asks or fetches', async () => {
    const { blob, id } = await some(500)
    await put(blob, id, 0, 500)
    const stranger = await deviceOf('stranger')
    expect((await put(blob, id, 0, 500, stranger)).status).toBe(403)
    expect(await fetched(id, 0, 0, stranger)).toBe(403)
    expect((await say({ type: 'ask', ids: [id] }, stranger)).status).toBe(403)
  })

  it('[R31] a token of another time, relay, device or network is none', async () => {
    const { id } = await some(500)
    const get = { type: 'get', id, offset: 0, maxBytes: 0 } as const
    const late = await say(get, member, await tokenOf(member, relay.clock.ms / 1000 - 1))
    expect([late.status, refusalOf(late)]).toEqual([401, ['clock', 0]])
    const claims = {
      network: network.id,
      device: member.id,
      expiresS: Math.floor(relay.clock.ms / 1000) + 60,
    }
    const elsewhere = await createToken({ ...claims, origin: 'https://other.example' }, member.signing.sign)
    expect(refusalOf(await say(get, member, elsewhere))).toEqual(['token', 0])
    const forged = await createToken({ ...claims, origin: relay.origin }, network.founder.signing.sign)
    expect(refusalOf(await say(get, member, forged))).toEqual(['token', 0])
    const unknown = (await foundNetwork('elsewhere')).id
    const there = await createToken(
      { ...claims, network: unknown, origin: relay.origin },
      member.signing.sign,
    )
    expect(refusalOf(await say(get, member, there))).toEqual(['unknownNetwork', 0])
  })

  it('[R31] a blob of one network is in no other', async () => {
    const { blob, id } = await some(500)
    await put(blob, id, 0, 500)
    const other = await foundNetwork('other')
    const updates = [other.roster.update()]
    const expiresS = Math.floor(relay.clock.ms / 1000) + 300
    const { founder } = other
    await sync(relay.origin, {
      network: other.id,
      device: founder,
      expiresS,
      rooms: [{ room: rosterRoom, updates }],
    })
    const claims = { network: other.id, device: founder.id, expiresS, origin: relay.origin }
    const token = await createToken(claims, founder.signing.sign)
    expect((await say({ type: 'get', id, offset: 0, maxBytes: 0 }, founder, token)).status).toBe(404)
  })
})

describe('what is not taken', () => {
  it('[R31] bytes that are not what the id says are thrown away, and the right ones are taken afterwards', async () => {
    const { blob, id } = await some(6000)
    const wrong = concatBytes(blob.slice(0, 5999), Uint8Array.of((blob[5999] ?? 0) ^ 1))
    await put(wrong, id, 0, 3000)
    const ended = await put(wrong, id, 3000, 6000)
    expect([ended.status, refusalOf(ended)]).toEqual([422, ['wrongHash', 0]])
    expect(await fetched(id)).toBe(404)
    expect(await progressOf(id)).toEqual({ isWhole: false, bytes: 0 })
    expect((await put(blob, id, 0, 6000)).status).toBe(200)
  })

  it('[R31] nobody spoils the upload of another: each builds on his own bytes', async () => {
    const { blob, id } = await some(6000)
    await put(randomBytes(6000), id, 0, 5000, network.founder)
    await put(blob, id, 0, 5000)
    expect((await put(blob, id, 5000, 6000)).status).toBe(200)
    expect(await fetched(id)).toMatchObject({ bytes: blob })
  })

  it('[R31] more than 512 KiB, and what is no request, is refused before it is kept', async () => {
    const { id } = await some(1)
    const token = await tokenOf(member)
    const large = {
      type: 'put',
      id,
      length: limits.blobBytes + 1,
      offset: 0,
      part: randomBytes(9),
      token,
    } as const
    expect((await post(encodeBlobRequest(large))).status).toBe(400)
    expect((await post(fillBytes(limits.blobRequestBytes + 1, 1))).status).toBe(413)
    expect((await post(randomBytes(300))).status).toBe(400)
    const beyond = { type: 'put', id, length: 10, offset: 8, part: randomBytes(9), token } as const
    expect((await post(encodeBlobRequest(beyond))).status).toBe(400)
    const empty = { type: 'put', id, length: 0, offset: 0, part: new Uint8Array(), token } as const
    expect((await post(encodeBlobRequest(empty))).status).toBe(400)
    expect(await relay.store.blobs.bytes(network.id)).toBe(0)
  })

  it('[R32] what passes the quota of a device or network is refused, and what is whole already is not counted', async () => {
    await relay.stop()
    await start({ deviceBlobBytes: 1000, networkBlobBytes: 1800 })
    const [first, second] = [await some(800), await some(700)]
    expect((await put(first.blob, first.id, 0, 800)).status).toBe(200)
    const over = await put(second.blob, second.id, 0, 700)
    expect([over.status, refusalOf(over)]).toEqual([507, ['quota', 0]])
    expect((await put(second.blob, second.id, 0, 700, network.founder)).status).toBe(200)
    const third = await some(10)
    expect(refusalOf(await put(third.blob, third.id, 0, 10, network.founder))).toEqual(['quota', 0])
    expect((await put(first.blob, first.id, 0, 800)).status).toBe(200)
  })

  it('[R32] uploads that never end count too: nobody fills the disk with beginnings', async () => {
    await relay.stop()
    await start({ deviceBlobBytes: 2400 })
    for (let i = 0; i < 3; i++) {
      const { blob, id } = await some(900)
      const { status } = await put(blob, id, 0, 400)
      expect(status).toBe(i < 2 ? 200 : 507)
    }
  })

  it('[R31] an upload comes in parts, not in single bytes that are all read again with each', async () => {
    const { blob, id } = await some(9000)
    expect(refusalOf(await put(blob, id, 0, 100))).toEqual(['malformed', 0])
    expect((await put(blob, id, 0, 200)).status).toBe(200)
    expect(refusalOf(await put(blob, id, 199, 201))).toEqual(['malformed', 200])
    expect((await put(blob, id, 200, 8999)).status).toBe(200)
    expect((await put(blob, id, 8999, 9000)).status).toBe(200)
    expect(await fetched(id)).toMatchObject({ bytes: blob })
  })

  it('[R31] a full disk is said, and counted', async () => {
    errors = 0
    const { blobs } = relay.store
    const { keep } = blobs
    blobs.keep = async () => ({ ok: false, error: { code: 'full' } })
    const { blob, id } = await some(50)
    expect(refusalOf(await put(blob, id, 0, 50))).toEqual(['diskFull', 0])
    expect(errors).toBe(1)
    blobs.keep = keep
    expect((await put(blob, id, 0, 50)).status).toBe(200)
  })

  it('[R32] who asks too often hears when to come back', async () => {
    await relay.stop()
    await start({ server: { requestBurst: 3, requestsPerSecond: 1 } })
    const { id } = await some(1)
    const statuses: number[] = []
    for (let i = 0; i < 4; i++) statuses.push((await say({ type: 'ask', ids: [id] })).status)
    expect(statuses).toEqual([200, 200, 429, 429])
  })
})
