/** The relay on the network: files of the app, headers, and whatever anybody may send to a port. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { randomBytes } from '../../sync-server/protocol/bytes.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { foundNetwork } from '../support/network.ts'
import { post, readAnswer, sync } from '../support/raw-client.ts'
import { startTestRelay, type TestRelay, type TestRelayOptions } from '../support/test-relay.ts'

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; font-src 'self'; " +
  "img-src 'self' blob: data:; media-src blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; " +
  'trusted-types tadamun'
const script = `console.log(${JSON.stringify('a'.repeat(5000))})`

let folder: string
let relay: TestRelay

const start = async (options: TestRelayOptions = {}): Promise<void> => {
  relay = await startTestRelay({ staticFolder: join(folder, 'dist'), ...options })
}

/** Sends the path as it is: fetch would tidy it up. */
const get = (path: string, options: RequestOptions = {}): Promise<IncomingMessage & { body: Buffer }> =>
  new Promise((resolve, refuse) => {
    const request = httpRequest({ host: '127.0.0.1', port: relay.port, path, agent: false, ...options })
    request.on('error', refuse).on('response', (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('end', () => resolve(Object.assign(response, { body: Buffer.concat(pieces) })))
    })
    request.end()
  })

/** What the relay says to bytes on a bare socket, until it hangs up. */
const say = (bytes: string | Uint8Array): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(relay.port, '127.0.0.1', () => socket.write(bytes))
    let said = ''
    socket.on('data', (piece) => (said += piece.toString('latin1')))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(said))
  })

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadamun-server-'))
  mkdirSync(join(folder, 'dist', 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'outside')
  const files = {
    'index.html': `<!doctype html><title>تضامن</title>${'<p>'.repeat(500)}`,
    'sw.js': 'self.addEventListener("fetch", () => {})',
    'manifest.webmanifest': '{}',
    'assets/app-abc123.js': script,
    'assets/font-abc123.woff2': 'wOF2',
    'assets/argon2-abc123.wasm': 'asm',
    'icons.svg': '<svg/>',
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'dist', name), text)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => start())
afterEach(async () => {
  await relay.stop()
  expect(relay.errors).toEqual([])
})

describe('files of the app', () => {
  it('come with the policy and the other headers that tie the page down', async () => {
    for (const path of ['/', '/assets/app-abc123.js', '/sw.js', '/missing.js']) {
      const { headers } = await get(path)
      expect(headers).toMatchObject({
        'content-security-policy': policy,
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      })
      expect(headers['permissions-policy']).toContain('geolocation=()')
    }
  })

  it('the policy names the other relays that the operator allows', async () => {
    await relay.stop()
    await start({ server: { otherRelays: ['https://second.example'] } })
    const { headers } = await get('/')
    expect(headers['content-security-policy']).toContain(
      "connect-src 'self' https://second.example wss://second.example;",
    )
  })

  it('have their types', async () => {
    const types = {
      '/': 'text/html; charset=utf-8',
      '/sw.js': 'text/javascript; charset=utf-8',
      '/manifest.webmanifest': 'application/manifest+json; charset=utf-8',
      '/assets/font-abc123.woff2': 'font/woff2',
      '/assets/argon2-abc123.wasm': 'application/wasm',
      '/icons.svg': 'image/svg+xml',
    }
    for (const [path, type] of Object.entries(types))
      expect([path, (await get(path)).headers['content-type']]).toEqual([path, type])
  })

  it('hashed assets never change; everything else is asked for again, by its tag', async () => {
    expect((await get('/assets/app-abc123.js')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    )
    for (const path of ['/', '/sw.js', '/manifest.webmanifest', '/needs/1']) {
      const first = await get(path)
      expect(first.headers['cache-control']).toBe('no-cache')
      const again = await get(path, { headers: { 'if-none-match': first.headers.etag } })
      expect([again.statusCode, again.body.length]).toEqual([304, 0])
    }
    expect((await get('/', { headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200)
  })

  it('are compressed as the browser asks', async () => {
    const path = '/assets/app-abc123.js'
    const br = await get(path, { headers: { 'accept-encoding': 'gzip, deflate, br' } })
    expect(br.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(br.body).toString()).toBe(script)
    const gzip = await get(path, { headers: { 'accept-encoding': 'gzip, br;q=0' } })
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzip.body).toString()).toBe(script)
    const plain = await get(path)
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(plain.body.toString()).toBe(script)
    expect(plain.headers.vary).toBe('accept-encoding')
    const font = await get('/assets/font-abc123.woff2', { headers: { 'accept-encoding': 'br' } })
    expect(font.headers['content-encoding']).toBeUndefined()
  })

  it('a place in the app is the page; a missing file is missing, an asset above all', async () => {
    for (const path of ['/', '/needs/abc', '/join?x=1', '/a/b/c'])
      expect((await get(path)).body.toString()).toContain('<title>تضامن</title>')
    for (const path of ['/assets/old-999.js', '/assets/old', '/favicon.png', '/v1/other'])
      expect([path, (await get(path)).statusCode]).toEqual([path, 404])
  })

  it('no path leads out of the folder', async () => {
    const paths = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/..%5csecret.txt',
      '/..%2f..',
      '/%00',
      '/%',
      '//secret.txt',
      'http://127.0.0.1/../secret.txt',
    ]
    for (const path of paths) {
      const answer = await get(path)
      expect([path, answer.body.toString().includes('outside')]).toEqual([path, false])
      expect([path, (answer.statusCode ?? 0) < 500]).toEqual([path, true])
    }
    expect((await get('/%2e%2e/secret.txt')).statusCode).toBe(404)
  })

  it('HEAD gives the headers alone, other methods nothing', async () => {
    const head = await get('/', { method: 'HEAD' })
    expect([head.statusCode, head.body.length]).toEqual([200, 0])
    expect(Number(head.headers['content-length'])).toBeGreaterThan(1000)
    for (const method of ['POST', 'PUT', 'DELETE']) expect((await get('/', { method })).statusCode).toBe(405)
  })

  it('without them the relay is a relay still', async () => {
    await relay.stop()
    await start({ staticFolder: join(folder, 'nothing') })
    expect((await get('/')).statusCode).toBe(404)
    expect((await get('/healthz')).body.toString()).toBe('ok\n')
    const network = await foundNetwork()
    const request = { network: network.id, device: network.founder }
    expect((await sync(relay.origin, request)).refusal).toBe('unknownNetwork')
  })
})

describe('exchanges over HTTP', () => {
  it('an app of another origin may ask without a preflight, and with one', async () => {
    const answer = await post(relay.origin, randomBytes(10))
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const preflight = await get('/v1/sync', { method: 'OPTIONS' })
    expect(preflight.statusCode).toBe(204)
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
    })
    expect((await get('/v1/sync')).statusCode).toBe(405)
  })

  it('rubbish is refused in the words of the wire', async () => {
    for (const length of [0, 1, 10, 1000, 60_000]) {
      const response = await post(relay.origin, randomBytes(length))
      const bytes = new Uint8Array(await response.arrayBuffer())
      expect(readAnswer(bytes, response.status, [])).toMatchObject({ status: 400, refusal: 'malformed' })
    }
  })

  it('[R2] a body larger than the limit is refused before it is read', async () => {
    const response = await post(relay.origin, new Uint8Array(limits.requestBytes + 1))
    const bytes = new Uint8Array(await response.arrayBuffer())
    expect(readAnswer(bytes, response.status, [])).toMatchObject({ status: 413, refusal: 'tooLarge' })
  })

  it('[R2] a body that says nothing of its length is cut at the limit', async () => {
    const piece = new Uint8Array(1024 * 1024)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent++ < 8) controller.enqueue(piece)
        else controller.close()
      },
    })
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    const response = await fetch(`${relay.origin}/v1/sync`, init)
    expect(response.status).toBe(413)
  })

  it('[R32] an address that asks too often waits', async () => {
    await relay.stop()
    await start({ server: { requestsPerSecond: 1, requestBurst: 3 } })
    const statuses = []
    for (let i = 0; i < 5; i++) statuses.push((await post(relay.origin, randomBytes(9))).status)
    expect(statuses).toEqual([400, 400, 400, 429, 429])
    const response = await post(relay.origin, randomBytes(9))
    const answer = readAnswer(new Uint8Array(await response.arrayBuffer()), 429, [])
    expect(answer.messages).toMatchObject([{ type: 'refused', reason: 'tooFast', retryAfterS: 1 }])
    relay.clock.ms += 1000
    expect((await post(relay.origin, randomBytes(9))).status).toBe(400)
  })

  it('[R32] those who wait come back spread over some seconds, and the header says when', async () => {
    await relay.stop()
    await start({ server: { requestsPerSecond: 1, requestBurst: 0, random: () => 0.5 } })
    const { status, headers } = await post(relay.origin, randomBytes(9))
    expect([status, headers.get('retry-after')]).toEqual([429, '11'])
  })

  it('a sender that pauses is cut off, and others are served meanwhile', async () => {
    await relay.stop()
    await start({ server: { idleMs: 150 } })
    const slow = say('POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc')
    expect((await get('/healthz')).statusCode).toBe(200)
    expect(await slow).toBe('')
  })

  it('bytes that are no HTTP get an answer or silence, and the relay goes on', async () => {
    for (const bytes of [
      '\x16\x03\x01\x02',
      'GET\r\n\r\n',
      'GET / HTTP/1.1\r\nbad header\r\n\r\n',
      randomBytes(500),
    ])
      expect(await say(concat(bytes))).toMatch(/^$|^HTTP\/1.1 400/)
    expect((await get('/healthz')).statusCode).toBe(200)
  })

  const concat = (bytes: string | Uint8Array): string | Uint8Array =>
    typeof bytes === 'string' ? `${bytes}\r\n\r\n` : Buffer.concat([bytes, Buffer.from('\r\n\r\n')])

  it('a client that leaves in the middle disturbs nobody', async () => {
    const socket = connect(relay.port, '127.0.0.1')
    await new Promise((resolve) => socket.on('connect', resolve))
    socket.write('POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc')
    socket.resetAndDestroy()
    expect((await get('/healthz')).statusCode).toBe(200)
  })
})
