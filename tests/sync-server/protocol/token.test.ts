/** Tokens: who asks, at which relay, until when. */
import { describe, expect, test } from 'vitest'
import { type Bytes, concatBytes, copyBytes } from '../../../sync-server/protocol/bytes.ts'
import type { NetworkId } from '../../../sync-server/protocol/ids.ts'
import { limits } from '../../../sync-server/protocol/limits.ts'
import { checkToken, createToken, parseToken, type Token } from '../../../sync-server/protocol/token.ts'
import { deviceOf, withOtherS } from '../../support/keys.ts'
import { testTimeS } from '../../support/network.ts'

const device = await deviceOf('token')
const network = (await deviceOf('network')).id as string as NetworkId
const origin = 'https://relay.example'
const nowMs = testTimeS * 1000
const claims = { network, device: device.id, expiresS: testTimeS + limits.tokenLifetimeS, origin }
const bytes = await createToken(claims, device.signing.sign)

const parsed = (of: Bytes): Token => {
  const token = parseToken(of)
  if (!token.ok) throw new Error('malformed')
  return token.value
}
const check = (of: Bytes, origins = [origin], atMs = nowMs) =>
  checkToken(parsed(of), device.signing.verifyKey, origins, atMs)

describe('tokens', () => {
  test('a token says which device asks in which network, and is good at its relay', async () => {
    expect(parsed(bytes)).toMatchObject({ network, device: device.id, expiresS: claims.expiresS })
    expect(await check(bytes)).toBe('ok')
    expect(await check(bytes, ['http://localhost:8787', origin])).toBe('ok')
  })

  test('a token for another origin is refused', async () => {
    expect(await check(bytes, ['https://other.example'])).toBe('refused')
    expect(await check(bytes, ['http://relay.example'])).toBe('refused')
    expect(await check(bytes, [])).toBe('refused')
  })

  test('a token that another device signed is refused', async () => {
    const other = await deviceOf('other')
    expect(await check(await createToken(claims, other.signing.sign))).toBe('refused')
  })

  test('an expired token, and one that lasts longer than any may, are a matter of the clock', async () => {
    const until = (seconds: number) =>
      createToken({ ...claims, expiresS: testTimeS + seconds }, device.signing.sign)
    expect(await check(bytes, [origin], nowMs + limits.tokenLifetimeS * 1000)).toBe('clock')
    expect(await check(await until(0))).toBe('clock')
    expect(await check(await until(1))).toBe('ok')
    expect(await check(await until(limits.tokenLifetimeS * 2 + 1))).toBe('clock')
    expect(await check(await until(400 * 24 * 3600))).toBe('clock')
    expect(await check(await createToken({ ...claims, expiresS: 0 }, device.signing.sign))).toBe('clock')
  })

  test('no byte of a token can be changed', async () => {
    for (let at = 0; at < bytes.length; at++) {
      const changed = copyBytes(bytes)
      changed[at] = (changed[at] as number) ^ 1
      const token = parseToken(changed)
      if (token.ok)
        expect(await checkToken(token.value, device.signing.verifyKey, [origin], nowMs)).toBe('refused')
    }
  })

  test('a token cut short, or longer than it is, or with high s is not taken', async () => {
    for (let length = 0; length < bytes.length; length++)
      expect(parseToken(bytes.subarray(0, length)).ok).toBe(false)
    expect(parseToken(concatBytes(bytes, Uint8Array.of(0))).ok).toBe(false)
    const high = concatBytes(bytes.subarray(0, -64), withOtherS(bytes.slice(-64)))
    expect(await check(high)).toBe('refused')
  })
})
