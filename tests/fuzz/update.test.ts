/** Updates and runs with every kind of fault: refused, or canonical and harmless. */
import { describe, expect, test } from 'vitest'
import { fuzz } from '../support/fuzz.ts'
import { gateTarget, updateTarget } from '../support/fuzz-updates.ts'

const seed = 1

describe('fuzz', () => {
  test('[R2] an update is refused, or canonical and without effect on what a document holds', async () => {
    const target = await updateTarget()
    const { accepted, inputs } = await fuzz(target, target.inputs, seed)
    expect(inputs).toBe(100_000)
    // both ways are walked: neither all refused nor all taken
    expect(accepted).toBeGreaterThan(inputs / 50)
    expect(accepted).toBeLessThan(inputs)
  })

  test('[R4] nothing is taken at the gate but what its author wrote for that place', async () => {
    const target = await gateTarget()
    const { accepted, inputs } = await fuzz(target, target.inputs, seed)
    expect(accepted).toBeGreaterThan(inputs / 100)
    expect(accepted).toBeLessThan(inputs)
  })
})
