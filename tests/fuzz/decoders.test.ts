/** Every decoder with every kind of fault: no exception, no more work than bytes, and what is taken reads back. */
import { describe, expect, test } from 'vitest'
import { type FuzzTarget, fuzz } from '../support/fuzz.ts'
import { decoderTargets } from '../support/fuzz-decoders.ts'
import { liveTarget } from '../support/fuzz-live.ts'
import { packetTarget } from '../support/fuzz-packets.ts'

const seed = 1
const targets = [...(await decoderTargets()), liveTarget(), packetTarget()]

describe('fuzz', () => {
  test.each(targets)('$name: refused, or taken as what it is', async (target) => {
    const { accepted, inputs } = await fuzz(target, target.inputs, seed)
    expect(inputs).toBe(target.inputs)
    expect(accepted).toBeGreaterThan(inputs / 100)
    expect(accepted).toBeLessThan(inputs)
  })

  test('a fault is reported with the seed and the input, and the same ones find it again', async () => {
    const seen: string[] = []
    const faulty: FuzzTarget = {
      name: 'faulty',
      inputs: 1,
      corpus: [Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)],
      judge(bytes) {
        seen.push(String(bytes))
        if (bytes.length === 5) throw new RangeError('five bytes')
        return true
      },
    }
    const report = await fuzz(faulty, 10_000, 7).catch(String)
    expect(report).toMatch(/faulty: five bytes · seed 7, input \d+: [0-9a-f]{10}$/)
    const first = seen.splice(0)
    expect(await fuzz(faulty, 10_000, 7).catch(String)).toBe(report)
    expect(seen).toEqual(first)
  })
})
