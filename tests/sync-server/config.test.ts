/** The operator's settings, and by what part of its address a visitor is counted. */
import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { addressKey } from '../../sync-server/address-key.ts'
import { readConfig } from '../../sync-server/config.ts'

describe('settings', () => {
  it('have values that work on the machine itself', () => {
    expect(readConfig({})).toEqual({
      ok: true,
      value: {
        port: 8787,
        host: '127.0.0.1',
        dataFolder: './data',
        cluster: null,
        replicas: 3,
        staticFolder: 'dist',
        origins: [],
        otherRelays: [],
        isOpen: true,
        isBehindProxy: false,
        maxFileBytes: null,
        logLevel: 'info',
      },
    })
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
        replicas: 1,
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
    expect(read.error).toHaveLength(7)
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
