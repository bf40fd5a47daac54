/** The operator's settings, and by what part of its address a visitor is counted. */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressKey } from '../../sync-server/address-key.ts'
import { readConfig } from '../../sync-server/config.ts'
import { limits } from '../../sync-server/protocol/limits.ts'
import { settings } from '../../sync-server/settings.ts'
import { root } from '../../tools/root.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadamun-config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const fileOf = (content: unknown): string => {
  const path = join(folder, `${randomUUID()}.json`)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** Rows of the table in the relay's README: name, what is usual, unit. */
const toldSettings = (): string[][] =>
  readFileSync(join(root, 'sync-server/README.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`(?:PORT|HOST|TADAMUN_[A-Z_]+)`$/.test(cells[1] ?? ''))
    .map(([, name = '', usual = '', unit = '']) => [name, usual, unit])

describe('settings', () => {
  it('are told in one table, with what is usual and its unit', () => {
    const built = Object.values(settings).map(({ name, usual, unit }) => [
      `\`${name}\``,
      usual === '' ? 'none' : `\`${usual}\``,
      unit,
    ])
    expect(toldSettings()).toEqual(built)
  })

  it('have values that work on the machine itself, those of the wire', () => {
    expect(readConfig({})).toMatchObject({
      ok: true,
      value: {
        port: 8787,
        host: '127.0.0.1',
        dataFolder: './data',
        cluster: null,
        origins: [],
        isOpen: true,
        isBehindProxy: false,
        maxFileBytes: null,
        metricsToken: null,
        networkBytes: limits.networkBytes,
        deviceBytes: limits.deviceBytes,
        verifiesPerSecond: limits.verifiesPerSecond,
        messagesPerSecond: limits.liveMessagesPerSecond,
        sessionsOfDevice: limits.liveSessions,
        requestBurst: limits.requestBurst,
        retentionMonths: limits.retentionMonths,
        idleMs: 60_000,
      },
    })
  })

  it('come from a file too, and the environment wins', () => {
    const path = fileOf({
      PORT: 9001,
      TADAMUN_ORIGIN: ['https://a.example', 'https://b.example'],
      TADAMUN_OPEN: false,
      TADAMUN_IDLE_SECONDS: '30',
    })
    const value = { origins: ['https://a.example', 'https://b.example'], isOpen: false, idleMs: 30_000 }
    expect(readConfig({ TADAMUN_CONFIG: path })).toMatchObject({ value: { ...value, port: 9001 } })
    expect(readConfig({ PORT: '9002' }, path)).toMatchObject({ value: { ...value, port: 9002 } })
    // the one that the command line names
    const other = fileOf({ PORT: 9003 })
    expect(readConfig({ TADAMUN_CONFIG: path }, other)).toMatchObject({ value: { port: 9003, isOpen: true } })
  })

  it('of a file that is none, or holds what it may not, are named with the file', () => {
    const problems = (content: unknown): string[] => {
      const path = fileOf(content)
      const read = readConfig({}, path)
      if (read.ok) return []
      return read.error.map((sentence) => sentence.replace(path, 'FILE'))
    }
    expect(problems('{')).toEqual([expect.stringContaining('FILE cannot be read as JSON')])
    expect(problems([])).toEqual(['FILE must hold one JSON object, like {"PORT": 8787}.'])
    expect(problems({ PORT: {} })).toEqual([expect.stringContaining('PORT in FILE must be a text')])
    expect(problems({ PORT: 70_000 })).toEqual([
      'PORT is "70000", but it must be a whole number from 0 to 65535.',
    ])
    expect(problems({ TADAMUN_PORTS: 1, toString: 'x' })).toEqual([
      expect.stringContaining('TADAMUN_PORTS in FILE is no setting'),
      expect.stringContaining('toString in FILE is no setting'),
    ])
    expect(readConfig({}, join(folder, 'gone.json'))).toMatchObject({
      error: [expect.stringContaining('gone.json cannot be read')],
    })
  })

  it('whose name is misspelt are not passed over', () => {
    expect(readConfig({ TADAMUN_ORIGINS: 'https://a.example', PATH: '/bin' })).toMatchObject({
      error: [expect.stringContaining('TADAMUN_ORIGINS in the environment is no setting')],
    })
  })

  it('that contradict each other are refused', () => {
    expect(readConfig({ TADAMUN_MAX_SOCKETS: '2000' })).toMatchObject({
      error: [expect.stringMatching(/TADAMUN_MAX_SOCKETS is "2000".*TADAMUN_MAX_CONNECTIONS \(2000\)/)],
    })
    expect(readConfig({ TADAMUN_NETWORK_BYTES: '2048' })).toMatchObject({
      error: [expect.stringContaining('TADAMUN_DEVICE_BYTES')],
    })
    expect(readConfig({ TADAMUN_IDLE_SECONDS: '100', TADAMUN_REQUEST_SECONDS: '99' })).toMatchObject({
      error: ['TADAMUN_IDLE_SECONDS is "100", but it must not be more than TADAMUN_REQUEST_SECONDS (99).'],
    })
  })

  it('that are secret are never repeated', () => {
    const wrong = { TADAMUN_METRICS_TOKEN: 'hunter2', TADAMUN_STORE: 'nats://relay:hunter2@one/path' }
    const read = readConfig(wrong)
    expect(read.ok ? [] : read.error).toEqual([
      expect.stringContaining('TADAMUN_STORE is something else'),
      expect.stringContaining('TADAMUN_METRICS_TOKEN is something else'),
    ])
    expect(JSON.stringify(read)).not.toContain('hunter2')
  })

  it('name the servers of a store that several relays share', () => {
    const store = 'nats://relay:p%40ss@one.example:4222, nats://two.example'
    expect(readConfig({ TADAMUN_STORE: store, TADAMUN_REPLICAS: '1' })).toMatchObject({
      value: {
        cluster: {
          servers: ['one.example:4222', 'two.example:4222'],
          user: 'relay',
          password: 'p@ss',
          isEncrypted: false,
        },
        replicas: '1',
      },
    })
    expect(readConfig({ TADAMUN_STORE: 'tls://one.example' })).toMatchObject({
      value: { cluster: { isEncrypted: true } },
    })
    for (const wrong of ['relay.sqlite', 'https://one.example', 'nats://one,tls://two', 'nats://one/path'])
      expect(readConfig({ TADAMUN_STORE: wrong })).toMatchObject({
        ok: false,
        error: [expect.stringContaining('TADAMUN_STORE')],
      })
    expect(readConfig({ TADAMUN_REPLICAS: '2' })).toMatchObject({
      error: [expect.stringContaining('TADAMUN_REPLICAS')],
    })
  })

  it('are read as they are written', () => {
    const read = readConfig({
      PORT: ' 9000 ',
      HOST: '::',
      TADAMUN_ORIGIN: 'https://tadamun.example, http://localhost:9000',
      TADAMUN_OPEN: '0',
      TADAMUN_PROXY: '1',
      TADAMUN_MAX_BYTES: '5000000',
    })
    expect(read).toMatchObject({
      value: {
        port: 9000,
        host: '::',
        origins: ['https://tadamun.example', 'http://localhost:9000'],
        isOpen: false,
        isBehindProxy: true,
        maxFileBytes: 5_000_000,
      },
    })
  })

  it('that are wrong are all named', () => {
    const wrong = {
      PORT: '70000',
      TADAMUN_ORIGIN: 'https://a.example/path,ftp://b.example',
      TADAMUN_RELAYS: "https://x.example; script-src 'unsafe-inline'",
      TADAMUN_PROXY: 'true',
      TADAMUN_MAX_BYTES: '-1',
      TADAMUN_LOG: 'loud',
    }
    const read = readConfig(wrong)
    expect(read.ok).toBe(false)
    if (read.ok) return
    expect(read.error).toHaveLength(6)
    for (const name of Object.keys(wrong))
      expect(read.error.some((sentence) => sentence.includes(name))).toBe(true)
  })
})

describe('[R32] an address', () => {
  const from = (remoteAddress: string, forwarded?: string, isBehindProxy = false): string => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    return addressKey({ headers, socket: { remoteAddress } } as unknown as IncomingMessage, isBehindProxy)
  }

  it('of IPv4 counts as it is, also when it is wrapped in IPv6', () => {
    expect(from('192.0.2.7')).toBe('192.0.2.7')
    expect(from('::ffff:192.0.2.7')).toBe('192.0.2.7')
  })

  it('of IPv6 counts by its first half, however it is spelled', () => {
    expect(from('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2')
    expect(from('2001:db8:1:2::9')).toBe('2001:db8:1:2')
    expect(from('2001:db8::9')).toBe('2001:db8:0:0')
    expect(from('::1')).toBe('0:0:0:0')
  })

  it('in X-Forwarded-For counts only behind a proxy, and there the last', () => {
    expect(from('192.0.2.7', '203.0.113.5')).toBe('192.0.2.7')
    expect(from('127.0.0.1', '198.51.100.1, 203.0.113.5', true)).toBe('203.0.113.5')
    expect(from('127.0.0.1', undefined, true)).toBe('127.0.0.1')
  })
})
