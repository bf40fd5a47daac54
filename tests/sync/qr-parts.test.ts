/** Bytes go over as QR codes in any order, with repeats, and nothing else is taken for them. */
import fc from 'fast-check'
import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { createQrCollector, maxQrBytes, splitToQrParts } from '../../src/sync/qr-parts.ts'
import { type Bytes, copyBytes, randomBytes } from '../../sync-server/protocol/bytes.ts'

const partsOf = async (bytes: Bytes): Promise<string[]> => {
  const parts = await splitToQrParts(bytes)
  if (!parts) throw new Error('these bytes fit')
  return parts
}

const damaged = (part: string): string => {
  const last = part.at(-20) === 'A' ? 'B' : 'A'
  return `${part.slice(0, -20)}${last}${part.slice(-19)}`
}

test('whatever the order and however often, the same bytes come out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 3000 }),
      fc.infiniteStream(fc.nat()),
      async (content, chances) => {
        const bytes = copyBytes(content)
        const parts = await partsOf(bytes)
        const collector = createQrCollector()
        const shown = [...parts, ...parts].sort(() => ((chances.next().value ?? 0) % 2 === 0 ? 1 : -1))
        for (const part of shown) expect(collector.take(part)).not.toBeNull()
        expect(await collector.finish()).toEqual(bytes)
      },
    ),
    { numRuns: 60 },
  )
})

test('progress counts each part once, and nothing comes out before the last', async () => {
  const bytes = randomBytes(700)
  const [first, second, third] = await partsOf(bytes)
  const collector = createQrCollector()
  expect(await collector.finish()).toBeNull()
  expect(collector.take(String(second))).toEqual({ got: 1, count: 3 })
  expect(collector.take(String(second))).toEqual({ got: 1, count: 3 })
  expect(collector.take(String(first))).toEqual({ got: 2, count: 3 })
  expect(await collector.finish()).toBeNull()
  collector.take(` ${third}\n`)
  expect(await collector.finish()).toEqual(bytes)
})

test('another set begins anew', async () => {
  const [before] = await partsOf(randomBytes(700))
  const bytes = randomBytes(20)
  const [only] = await partsOf(bytes)
  const collector = createQrCollector()
  collector.take(String(before))
  expect(collector.take(String(only))).toEqual({ got: 1, count: 1 })
  expect(await collector.finish()).toEqual(bytes)
})

test('a part that was changed on the way is found out, and reading it again mends it', async () => {
  const bytes = randomBytes(700)
  const [first, second, third] = (await partsOf(bytes)).map(String)
  const collector = createQrCollector()
  for (const part of [first, damaged(String(second)), third]) collector.take(String(part))
  expect(await collector.finish()).toBeNull()
  for (const part of [first, second, third]) collector.take(String(part))
  expect(await collector.finish()).toEqual(bytes)
})

test.each([
  '',
  'T',
  'https://example.org/#j=abc',
  'TDM1abc',
  `TAAAAAAABAB${'A'.repeat(9)}1`,
  `TAAAAAABAABAAAA`,
  'T'.repeat(5000),
])('«%s» is no part', (text) => {
  expect(createQrCollector().take(text)).toBeNull()
})

test('each code packs tightly and stays readable: at most 65 modules for little, 85 for much', async () => {
  const modules = async (bytes: number): Promise<number> => {
    const parts = await partsOf(randomBytes(bytes))
    return Math.max(...parts.map((part) => encode(part, { ecc: 'L', border: 0 }).size))
  }
  expect(await modules(12_000)).toBeLessThanOrEqual(65)
  expect(await modules(60_000)).toBeLessThanOrEqual(85)
})

test('more than goes in a thousand codes is not begun', async () => {
  expect(await splitToQrParts(new Uint8Array(maxQrBytes + 1))).toBeNull()
  expect((await splitToQrParts(new Uint8Array(maxQrBytes)))?.length).toBe(1023)
})
