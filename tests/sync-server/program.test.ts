/** The relay's program in an operator's hands: settings, stopping, a lost disk and its copy, a full disk, and what it logs. */
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { toBase64url } from '../../sync-server/protocol/bytes.ts'
import { boardRoom, monthRoom, type RoomName, rosterRoom } from '../../sync-server/protocol/ids.ts'
import { backUpSqliteStore } from '../../sync-server/storage/sqlite-backup.ts'
import { restoreSqliteStore } from '../../sync-server/storage/sqlite-restore.ts'
import { openSqliteStore } from '../../sync-server/storage/sqlite-store.ts'
import { TestList } from '../support/entries.ts'
import { LiveClient, liveToken } from '../support/live-client.ts'
import { foundNetwork } from '../support/network.ts'
import { digestOf, entriesIn, type RawRequest, sync } from '../support/raw-client.ts'
import { RelayProgram, runProgram } from '../support/relay-program.ts'

// each starts processes, and a busy machine takes seconds for one
vi.setConfig({ testTimeout: 60_000 })

let folder: string
let programs: RelayProgram[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadamun-program-'))
  programs = []
})
afterEach(async () => {
  for (const program of programs) await program.end('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

const start = async (settings: Record<string, string> = {}): Promise<RelayProgram> => {
  const program = await RelayProgram.start({ TADAMUN_DATA: folder, ...settings })
  programs.push(program)
  return program
}

/** The program runs by the machine's clock. */
const month = monthRoom(Date.now())
const storeFile = () => join(folder, 'relay.sqlite')

const founded = async ({ origin }: RelayProgram) => {
  const network = await foundNetwork()
  const expiresS = Math.floor(Date.now() / 1000) + 300
  const request = { network: network.id, device: network.founder, expiresS }
  const ask = (rooms: NonNullable<RawRequest['rooms']> = [], at = origin) => sync(at, { ...request, rooms })
  await ask([{ room: rosterRoom, updates: [network.roster.update()] }])
  return { network, request, ask }
}

describe('settings', () => {
  it('come from the file that the command line names', async () => {
    const path = join(folder, 'relay.json')
    writeFileSync(path, JSON.stringify({ TADAMUN_OPEN: 'perhaps', PORT: true, TADAMUN_LIMIT: 1 }))
    const { code, complaint } = await runProgram(['--config', path], { PORT: '' })
    expect(code).toBe(1)
    expect(complaint.trim().split('\n')).toEqual([
      expect.stringMatching(/^TADAMUN_LIMIT in .*relay\.json is no setting/),
    ])
    writeFileSync(path, JSON.stringify({ TADAMUN_OPEN: 'perhaps', PORT: -1 }))
    const wrong = await runProgram(['--config', path], { PORT: '' })
    expect(wrong.complaint.trim().split('\n')).toEqual([
      expect.stringMatching(/^PORT is "-1"/),
      expect.stringMatching(/^TADAMUN_OPEN is "perhaps"/),
    ])
  })

  it('are not guessed at: words that mean nothing are answered with what does', async () => {
    const run = (...words: string[]) => runProgram(words, { TADAMUN_DATA: folder })
    const answers = await Promise.all([run('--port', '1'), run('toString', 'x')])
    for (const { code, complaint } of answers)
      expect([code, complaint]).toEqual([1, expect.stringMatching(/^Usage:/)])
    expect(existsSync(storeFile())).toBe(false)
  })
})

describe('stopping', () => {
  it('lets a request finish that has begun, and takes no other', async () => {
    const program = await start()
    const socket = connect(program.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.write('POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\nab')
    // the head has been read once the health page, asked later, was answered
    await fetch(`${program.origin}/healthz`)
    program.signal('SIGTERM')
    await program.says('"msg":"stopping"')
    await expect(fetch(`${program.origin}/healthz`)).rejects.toThrow()
    socket.write('cd')
    const pieces: Buffer[] = []
    socket.on('data', (piece) => pieces.push(piece))
    await once(socket, 'close')
    expect(Buffer.concat(pieces).toString('latin1')).toMatch(/^HTTP\/1\.1 400/)
    expect(await program.end('SIGCONT')).toBe(0)
  })

  it('is at once with a second signal', async () => {
    const program = await start({ TADAMUN_DRAIN_SECONDS: '600' })
    const socket = connect(program.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.on('error', () => undefined)
    socket.write('POST /v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab')
    await fetch(`${program.origin}/healthz`)
    program.signal('SIGTERM')
    await program.says('"msg":"stopping"')
    expect(await program.end('SIGINT')).toBe(1)
  })
})

describe('a copy', () => {
  it('[R16] put in the place of a lost disk is the same relay, and phones bring what it lacks', async () => {
    const first = await start()
    const { network, ask } = await founded(first)
    const list = new TestList(network.id, month, network.founder)
    await list.append()
    await ask([{ room: month, updates: [list.update()] }])
    const copy = join(folder, 'copy.sqlite')
    expect((await runProgram(['backup', copy], { TADAMUN_DATA: folder })).code).toBe(0)
    await list.append()
    const before = await ask([{ room: month, updates: [list.update(1)] }])
    await first.end('SIGKILL')

    const moved = join(folder, 'new-disk')
    const settings = { TADAMUN_DATA: moved }
    const restored = await runProgram(['restore', copy], settings)
    expect([restored.code, restored.complaint]).toEqual([0, ''])
    expect(restored.said).toMatch(/holds \d+ entries and is relay [\w-]{22}, as before\. Start it: phones/)
    const second = await start(settings)
    const cursor = before.results.get(month)?.cursor ?? 0
    const relayId = /"relayId":"([\w-]+)"/.exec(first.log)?.[1] as string
    expect(second.log).toContain(relayId)
    const asked = [{ room: month, cursor, digest: await digestOf(list) }]
    const answer = await sync(second.origin, {
      network: network.id,
      device: network.founder,
      expiresS: Math.floor(Date.now() / 1000) + 300,
      relayId,
      rooms: asked,
    })
    expect(answer.results.get(month)?.differs).toMatchObject([{ client: list.client, length: 1 }])
    const healed = await ask([{ room: month, updates: [list.update(1)] }], second.origin)
    expect(healed.results.get(month)?.durable).toMatchObject([{ length: 2 }])
    expect(entriesIn(await ask([], second.origin), month, list)).toEqual(list.entries)
  })

  it('never takes the place of a store, and a damaged one none at all', async () => {
    const opened = openSqliteStore(storeFile())
    if (!opened.ok) throw new Error(opened.error.message)
    await opened.value.close()
    const copy = join(folder, 'copy.sqlite')
    expect(backUpSqliteStore(storeFile(), copy)).toMatchObject({ ok: true })
    // left by a copying that was killed: it is no copy, and in nobody's way
    writeFileSync(`${copy}-2.unfinished`, 'half')
    expect(backUpSqliteStore(storeFile(), `${copy}-2`)).toMatchObject({ ok: true })
    expect(existsSync(`${copy}-2.unfinished`)).toBe(false)
    const inTheWay = expect.stringContaining('is in the way: stop the relay')
    expect(restoreSqliteStore(copy, storeFile())).toEqual({ ok: false, error: inTheWay })
    const target = join(folder, 'elsewhere', 'relay.sqlite')
    const wrong: [name: string, make: (path: string) => void, words: RegExp][] = [
      ['gone', () => undefined, /There is no copy/],
      ['text', (path) => writeFileSync(path, 'no database at all, but long'), /not a database/],
      ['empty', (path) => writeFileSync(path, ''), /has format 0/],
      [
        'cut',
        (path) => {
          writeFileSync(path, readFileSync(copy))
          truncateSync(path, statSync(path).size / 2)
        },
        /malformed|damaged/,
      ],
    ]
    for (const [name, make, words] of wrong) {
      const path = join(folder, `${name}.sqlite`)
      make(path)
      const restored = restoreSqliteStore(path, target)
      expect([name, restored]).toEqual([name, { ok: false, error: expect.stringMatching(words) }])
      expect([name, existsSync(target), existsSync(`${target}.unfinished`)]).toEqual([name, false, false])
    }
  })
})

describe('[R11] a full disk', () => {
  it('refuses what comes with a reason, goes on being read, and takes entries again when there is room', async () => {
    // an old month that is dropped at the next start makes the room
    const opened = openSqliteStore(storeFile())
    if (!opened.ok) throw new Error(opened.error.message)
    const settings = { TADAMUN_MAX_BYTES: '200000', TADAMUN_RETENTION_MONTHS: '24' }
    const network = await foundNetwork()
    const old = new TestList(network.id, '2019-01' as RoomName, network.founder)
    for (let i = 0; i < 8; i++) await old.append({ kind: 9, publicPart: new Uint8Array(12_000) })
    const rows = old.entries.map((entry, i) => ({ entry, head: old.heads[i] as (typeof old.heads)[0] }))
    await opened.value.append(network.id, old.room, old.name, 0, rows)
    await opened.value.close()

    // kept for now: the retention is longer
    const full = await start({ ...settings, TADAMUN_RETENTION_MONTHS: '1200' })
    const expiresS = Math.floor(Date.now() / 1000) + 300
    const ask = (program: RelayProgram, rooms: NonNullable<RawRequest['rooms']> = []) =>
      sync(program.origin, { network: network.id, device: network.founder, expiresS, rooms })
    await ask(full, [{ room: rosterRoom, updates: [network.roster.update()] }])
    const list = new TestList(network.id, boardRoom, network.founder)
    for (let i = 0; i < 9; i++) await list.append({ kind: 9, publicPart: new Uint8Array(12_000) })
    const refused = await ask(full, [{ room: boardRoom, updates: [list.update()] }])
    expect(refused).toMatchObject({ status: 507, refusal: 'diskFull', messages: [{ retryAfterS: 60 }] })
    expect(await (await fetch(`${full.origin}/readyz`)).text()).toBe('ready\n')
    expect(entriesIn(await ask(full), rosterRoom, network.roster)).toEqual(network.roster.entries)
    expect(await (await fetch(`${full.origin}/metrics`)).text()).toContain(
      'tadamun_store_failures_total{reason="full"} 1',
    )
    expect(await full.end('SIGTERM')).toBe(0)

    const roomy = await start(settings)
    await roomy.says('old months dropped')
    const taken = await ask(roomy, [{ room: boardRoom, updates: [list.update()] }])
    expect(taken.results.get(boardRoom)).toMatchObject({ refused: [], durable: [{ length: 9 }] })
    expect(statSync(storeFile()).size).toBeLessThanOrEqual(200_000)
  })
})

describe('the log', () => {
  it('of a busy relay holds nobody: no id, no token, no address, no content', async () => {
    const visitor = '203.0.113.77'
    const metricsToken = 'needle-of-the-operator'
    const program = await start({
      TADAMUN_LOG: 'trace',
      TADAMUN_PROXY: '1',
      TADAMUN_MAX_BYTES: '150000',
      TADAMUN_METRICS_TOKEN: metricsToken,
    })
    const { network, request, ask } = await founded(program)
    const list = new TestList(network.id, month, network.founder)
    for (let i = 0; i < 14; i++) await list.append({ kind: 9, publicPart: new Uint8Array(12_000) })
    await ask([{ room: month, updates: [list.update(0, 1)] }])
    const full = await ask([{ room: month, updates: [list.update(1)] }])
    expect(full.refusal).toBe('diskFull')
    const stranger = await foundNetwork()
    await sync(program.origin, { ...request, device: stranger.founder })
    await sync(program.origin, { ...request, origin: 'https://other.example' })
    const live = await LiveClient.open(program.origin, { ...request, room: month })
    await live.greet().next('receipt')
    live.socket.send('words of a neighbour')
    for (const path of ['/healthz', `/j/${network.id}`, '/metrics?words-of-a-neighbour'])
      await fetch(program.origin + path, {
        headers: { 'x-forwarded-for': visitor, authorization: metricsToken },
      })
    const socket = connect(program.port, '127.0.0.1')
    socket.end('words of a neighbour\r\n\r\n')
    await once(socket.resume(), 'close')
    const token = toBase64url(await liveToken(program.origin, { ...request, room: month }))
    await live.hangUp()
    expect(await program.end('SIGTERM')).toBe(0)
    expect(program.log).toContain('the store took nothing')
    const lines = program.log.split('\n').filter((line) => !line.includes('"msg":"listening"'))
    const needles = [
      network.id,
      network.founder.id,
      stranger.founder.id,
      list.name,
      token.slice(0, 40),
      metricsToken,
      visitor,
      '127.0.0.1',
      'neighbour',
      month,
      'relay.sqlite',
    ]
    for (const needle of needles)
      expect([needle, lines.filter((line) => line.includes(needle))]).toEqual([needle, []])
    for (const line of lines.filter((each) => each !== '')) expect(() => JSON.parse(line)).not.toThrow()
  })
})
