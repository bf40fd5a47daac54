/** Signing gives what the gate takes, whatever WebCrypto gave. */
import { expect, test } from 'vitest'
import { createDeviceKeys } from '../../src/crypto/device-keys.ts'
import { sign } from '../../src/crypto/sign.ts'
import { utf8 } from '../../sync-server/protocol/bytes.ts'
import { deviceIdOfKey } from '../../sync-server/protocol/ids.ts'
import {
  importVerifyKey,
  isLowS,
  type SubtleKey,
  verifySignature,
} from '../../sync-server/protocol/verify.ts'

test('every signature has low s and is verified, though half of those that WebCrypto makes have not', async () => {
  const keys = await createDeviceKeys()
  const verifyKey = (await importVerifyKey(keys.signPublic)) as SubtleKey
  let high = 0
  for (let round = 0; round < 100; round++) {
    const text = utf8(`text ${round}`)
    const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.signKey, text)
    if (!isLowS(new Uint8Array(raw))) high++
    const signature = await sign(keys.signKey, text)
    expect(signature).toHaveLength(64)
    expect(isLowS(signature)).toBe(true)
    expect(await verifySignature(verifyKey, signature, text)).toBe(true)
  }
  expect(high).toBeGreaterThan(0)
})

test('a device has two different keys, neither of which can leave it, and is named after the one that signs', async () => {
  const keys = await createDeviceKeys()
  expect(keys.device).toBe(await deviceIdOfKey(keys.signPublic))
  expect(keys.signPublic).not.toEqual(keys.receivePublic)
  for (const key of [keys.signKey, keys.receiveKey])
    for (const format of ['jwk', 'pkcs8'] as const)
      await expect(crypto.subtle.exportKey(format, key)).rejects.toThrow()
})
