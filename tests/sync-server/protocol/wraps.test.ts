/** Wrapped keys: the bytes around them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concatBytes } from '../../../sync-server/protocol/bytes.ts'
import { encodeWraps, parseWraps } from '../../../sync-server/protocol/wraps.ts'
import { parseWithin } from '../../support/decoder-bounds.ts'
import { foundNetwork, wrapsOf } from '../../support/network.ts'

const bytesOf = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => new Uint8Array(bytes))
const wraps = fc.record({
  keyId: bytesOf(8),
  ephemeral: bytesOf(65),
  wraps: fc.array(fc.record({ receiver: bytesOf(8), box: bytesOf(48) }), { maxLength: 5 }),
})

test('wraps read back as they were written', () => {
  fc.assert(
    fc.property(wraps, (value) => {
      expect(parseWraps(encodeWraps(value))).toEqual({ ok: true, value })
    }),
    { seed: 2026, numRuns: 100 },
  )
})

test('wraps cut short, with more than they count, or with a count beyond their bytes are refused', async () => {
  const network = await foundNetwork()
  const bytes = await wrapsOf(network.id, network.keys.all, [network.founder.receiving.raw])
  expect(parseWraps(bytes).ok).toBe(true)
  for (let length = 0; length < bytes.length; length++)
    expect(parseWraps(bytes.subarray(0, length)).ok).toBe(false)
  expect(parseWraps(concatBytes(bytes, new Uint8Array(56))).ok).toBe(false)
  const huge = concatBytes(bytes.subarray(0, 73), Uint8Array.of(255, 255, 255, 255, 15), new Uint8Array(500))
  const { result, reads, copied } = parseWithin(huge, parseWraps)
  expect(result.ok).toBe(false)
  expect(reads).toBeLessThanOrEqual(5)
  // key id and ephemeral key, and no wrap
  expect(copied).toBe(73)
})
