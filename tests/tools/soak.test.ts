/** What the soak concludes from its samples, and what it says before it begins. */
import { expect, test } from 'vitest'
import { driftPercent } from '../../tools/soak/line-through.ts'
import { whyTooFewFiles } from '../../tools/soak/open-files.ts'

const samplesOf = (value: (atS: number) => number) =>
  Array.from({ length: 101 }, (_, atS) => ({ atS, value: value(atS) }))

test('memory that stays has no drift, however it swings', () => {
  expect(driftPercent(samplesOf(() => 200))).toBe(0)
  expect(Math.abs(driftPercent(samplesOf((atS) => 200 + 30 * Math.cos((atS / 5) * Math.PI))))).toBeLessThan(1)
})

test('memory that grows by a tenth of its mean has a drift of ten percent, and what shrinks a negative one', () => {
  expect(driftPercent(samplesOf((atS) => 190 + atS / 5))).toBe(10)
  expect(driftPercent(samplesOf((atS) => 210 - atS / 5))).toBe(-10)
})

test('more sockets than the system opens files are said before anything begins', () => {
  expect(whyTooFewFiles(1)).toBeNull()
  const problem = whyTooFewFiles(100_000_000)
  // nothing is said where the system does not tell its bound
  if (problem !== null)
    expect(problem).toMatch(/100000000 sockets need 100000500 open files .* ulimit -n 100000500/)
})
