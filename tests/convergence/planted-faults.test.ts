/** The simulation can fail: faults that are planted in the harness are caught; `npm run sim -- --mutants` says by what. */

import { expect, test } from 'vitest'
import { plant } from './simulation.ts'

/** Seeds that catch soon; the tool tries thirty. */
const seeds = [3, 1, 14, 15]

test('each planted fault is caught by the simulation', async () => {
  const caught = await plant(seeds)
  expect([...caught].filter(([, by]) => by === null)).toEqual([])
})
