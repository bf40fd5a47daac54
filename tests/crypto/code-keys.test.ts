/** Id, key and box of a short code, computed once more by other means. */
import { createDecipheriv, hkdfSync, pbkdf2Sync } from 'node:crypto'
import { expect, test } from 'vitest'
import { codeBoxLength, deriveCodeKeys, openBox, sealBox } from '../../src/crypto/code-keys.ts'
import { randomBytes, utf8 } from '../../sync-server/protocol/bytes.ts'
import { limits } from '../../sync-server/protocol/limits.ts'

const code = '0A1B2C3D4E5F'
const keys = await deriveCodeKeys(code)

test('[R34] id, key and box are what the page of the wire says', async () => {
  const seed = pbkdf2Sync(code, 'tadamun/code/1', 600_000, 32, 'sha256')
  const both = Buffer.from(hkdfSync('sha256', seed, '', 'tadamun/code/1', 48))
  expect(Buffer.from(keys.id)).toEqual(both.subarray(0, 16))
  const box = Buffer.from((await sealBox(keys, utf8('حي'))) ?? [])
  const decipher = createDecipheriv('aes-256-gcm', both.subarray(16), Buffer.alloc(12))
  decipher.setAAD(keys.id).setAuthTag(box.subarray(-16))
  const plain = Buffer.concat([decipher.update(box.subarray(0, -16)), decipher.final()])
  expect(plain).toEqual(Buffer.concat([Buffer.from([4]), Buffer.from('حي'), Buffer.alloc(571)]))
})

test('every box has one length, which the relay takes; what does not fit is sealed in none', async () => {
  for (const length of [0, 1, 300, 574])
    expect((await sealBox(keys, randomBytes(length)))?.length).toBe(codeBoxLength)
  expect(codeBoxLength).toBeLessThanOrEqual(limits.codeBoxBytes)
  expect(await sealBox(keys, randomBytes(575))).toBeNull()
})

test('a box opens under its own code only, and not when a bit of it was changed', async () => {
  const plaintext = randomBytes(260)
  const box = await sealBox(keys, plaintext)
  if (!box) throw new Error('260 bytes fit')
  expect(await openBox(keys, box)).toEqual(plaintext)
  expect(await openBox(await deriveCodeKeys('0A1B2C3D4E5G'), box)).toBeNull()
  for (const at of [0, 300, 591]) {
    const changed = new Uint8Array(box)
    changed[at] = (changed[at] as number) ^ 1
    expect(await openBox(keys, changed)).toBeNull()
  }
})
