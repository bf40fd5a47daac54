/** The real relay process is killed again and again while phones write to it in both ways. */
import { expect, it } from 'vitest'
import { killRelays } from '../support/relay-chaos.ts'

const runs = 20

it('[R11] a relay killed at any moment under load has all that it acknowledged, and all that it gave to others', async () => {
  const verdict = await killRelays(runs)
  expect(verdict).toMatchObject({ runs, lost: 0 })
  // neither an idle relay nor one that was done before the kill
  expect(verdict.acknowledged).toBeGreaterThan(runs * 5)
  expect(verdict.heard).toBeGreaterThan(runs)
  expect(verdict.unanswered).toBeGreaterThan(runs)
}, 120_000)
