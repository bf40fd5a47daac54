/** The simulation can fail: planted faults are caught; `npm run sim -- --mutants` says by which seed and sentence. */

import { expect, test } from 'vitest'
import { mutants } from './mutants.ts'
import { plantMutant, plantSource } from './plant.ts'
import { plantedSources } from './planted-sources.ts'

/** Seeds that catch soon; the tool tries fifty. */
const seeds = [3, 1, 14, 15]

test.each(mutants)('planted in the harness, «%s» is caught', async (mutant) => {
  expect(await plantMutant(mutant, seeds)).not.toBeNull()
})

test.each(plantedSources)('planted in $file, «$name» is caught', async (source) => {
  expect(await plantSource(source, [source.seed])).not.toBeNull()
})
