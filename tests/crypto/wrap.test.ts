/** Wrapped keys reach those they are for; the key of an invite opens its wraps. */
import { describe, expect, test } from 'vitest'
import { createInviteKey, importInviteKeys, invitePublic } from '../../src/crypto/invite-keys.ts'
import { unwrapKey, wrapKey } from '../../src/crypto/wrap.ts'
import type { NetworkId } from '../../sync-server/protocol/ids.ts'
import type { Wraps } from '../../sync-server/protocol/wraps.ts'
import { audienceKeyOf, deviceOf, keyPairOf } from '../support/keys.ts'

const [mine, other, stranger] = await Promise.all(['mine', 'other', 'stranger'].map(keyPairOf))
const network = (await deviceOf('wrap')).id as string as NetworkId
const key = await audienceKeyOf('wrap')
type Pair = Awaited<ReturnType<typeof keyPairOf>>
const oursOf = (pair: Pair | undefined) => {
  if (!pair) throw new Error('three pairs are made above')
  return { receiveKey: pair.receiveKey, receivePublic: pair.raw }
}
const receivers = [oursOf(mine), oursOf(other)].map(({ receivePublic }) => receivePublic)
const wraps = await wrapKey(network, key, receivers)

describe('wrapped keys', () => {
  test('are opened by each receiver, and by nobody else', async () => {
    expect(await unwrapKey(network, wraps, oursOf(mine))).toEqual(key)
    expect(await unwrapKey(network, wraps, oursOf(other))).toEqual(key)
    expect(await unwrapKey(network, wraps, oursOf(stranger))).toBe(null)
  })

  test('are not opened for another network, under another name or by what was made for another', async () => {
    const [first, second] = wraps.wraps
    if (!first || !second) throw new Error('two wraps are made above')
    const elsewhere = (await deviceOf('elsewhere')).id as string as NetworkId
    expect(await unwrapKey(elsewhere, wraps, oursOf(mine))).toBe(null)
    const changed: Wraps[] = [
      { ...wraps, keyId: new Uint8Array(8) },
      { ...wraps, ephemeral: oursOf(stranger).receivePublic },
      { ...wraps, ephemeral: new Uint8Array(65) },
      { ...wraps, wraps: [{ ...first, box: second.box }] },
      { ...wraps, wraps: [{ ...first, box: new Uint8Array(48) }] },
      { ...wraps, wraps: [] },
    ]
    for (const made of changed) expect(await unwrapKey(network, made, oursOf(mine))).toBe(null)
  })

  test('are hidden by a new key each time', async () => {
    const again = await wrapKey(network, key, receivers)
    expect(again.keyId).toEqual(wraps.keyId)
    expect(again.ephemeral).not.toEqual(wraps.ephemeral)
    expect(again.wraps[0]?.box).not.toEqual(wraps.wraps[0]?.box)
  })
})

describe('the key of an invite', () => {
  test('opens what was wrapped for its public part, from its three parts alone', async () => {
    const parts = await createInviteKey()
    const made = await wrapKey(network, key, [invitePublic(parts)])
    const keys = await importInviteKeys(parts)
    expect(keys && (await unwrapKey(network, made, keys))).toEqual(key)
  })

  test('is none when its parts do not belong together or are no point', async () => {
    const [a, b] = [await createInviteKey(), await createInviteKey()]
    expect(await importInviteKeys({ ...a, d: b.d })).toBe(null)
    expect(await importInviteKeys({ ...a, x: b.x })).toBe(null)
    expect(await importInviteKeys({ d: new Uint8Array(32), x: a.x, y: a.y })).toBe(null)
  })
})
